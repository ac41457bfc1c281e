"""Small words for the templates of the survey and of signing in."""

from django import template
from django.conf import settings
from django.urls import reverse

from procurement.models import Edition

from ..models import User
from ..people.resending import waits
from ..people.sessions import has_ended, seconds_left
from ..sample.people import LOGINS
from ..unsent import is_kept
from ..wording import SHOWN, label_of

register = template.Library()


@register.filter
def field_label(name):
    """What a field of an entry is called."""
    return label_of(name)


@register.filter
def in_form_order(values):
    """(field, value) of {field: value} in the order of the form: a database may keep another."""
    return [(name, values[name]) for name in dict.fromkeys((*SHOWN, *values)) if name in values]


@register.filter
def at_entry(open_entries, entry):
    """The colleagues who have the entry open (see `presence.open_entries`)."""
    return open_entries.get(entry.pk, ())


@register.simple_tag
def sent(data, *parts):
    """What was sent in the input of that name, or what is said about it; "" for nothing."""
    return data.get("".join(parts), "") if data else ""


@register.simple_tag
def remark_address(remark, survey):
    """Where a reason of a return stands, above its field or on top of its entry, else on the home."""
    year, entry = survey.fiscal_year, remark.entry_id
    page = reverse("surveys:entry", args=[year, entry]) if entry else reverse("surveys:home", args=[year])
    return f"{page}#remark-{remark.pk}"


@register.simple_tag(takes_context=True)
def has_kept_text(context):
    """Whether something typed waits for its author to sign in."""
    return is_kept(context["request"]) or waits(context["request"])


@register.simple_tag(takes_context=True)
def has_session_ended(context):
    """Whether this browser was signed out because its time was over."""
    return has_ended(context["request"])


@register.simple_tag(takes_context=True)
def session_seconds(context):
    """For how long one stays signed in without doing anything; 0 for nobody."""
    return seconds_left(context["request"])[0] if "request" in context else 0


@register.simple_tag
def sample_logins():
    """The people who can sign in where sample data is shown and its logins may be hinted at, else nobody."""
    if not settings.SAMPLE_LOGIN_HINT or not Edition.objects.filter(is_sample=True).exists():
        return []
    names = [login["username"] for login in LOGINS]
    return User.objects.filter(username__in=names, is_active=True).order_by("pk")
