"""Small words for the templates of the survey and of signing in."""

from django import template
from django.conf import settings

from procurement.models import Edition

from ..models import User
from ..wording import label_of

register = template.Library()


@register.filter
def field_label(name):
    """What a field of an entry is called."""
    return label_of(name)


@register.simple_tag
def sample_logins():
    """A user name of each role where sample data is shown and its logins may be hinted at, else nothing."""
    if not settings.SAMPLE_LOGIN_HINT or not Edition.objects.filter(is_sample=True).exists():
        return []
    people = User.objects.filter(is_active=True).order_by("pk")
    roles = (people.filter(is_superuser=True), people.filter(is_staff=True, is_superuser=False))
    return [user for role in (*roles, people.exclude(prefecture_code="")) for user in role[:1]]
