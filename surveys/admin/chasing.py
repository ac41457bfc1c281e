"""Chasing a selection of the board: a reminder now, and longer for those who asked for it."""

from django.contrib import messages
from django.template.response import TemplateResponse
from django.utils.crypto import get_random_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.extending import extend
from surveys.reminding import PRESS_LENGTH, remind, reminders_for
from surveys.workflow import Refused

from .forms import ExtendForm


def remind_page(model_admin, request, queryset):
    """Who will get what, and only then the button that sends it; `None` goes back to the board."""
    press = request.POST.get("press", "")
    if press:
        return _reminded(request, queryset, press)
    press = get_random_string(PRESS_LENGTH)
    reminders = reminders_for(queryset.select_related("survey"), press=press)
    context = {
        "title": _("選んだ都道府県に催促する"),
        "press": press,
        "reminders": [one for one in reminders if one.mails],
        "left_out": [one for one in reminders if not one.mails],
        "count": sum(len(one.mails) for one in reminders),
        "submissions": queryset,
    }
    return _page(model_admin, request, "remind_selected", context)


def _reminded(request, queryset, press):
    try:
        sent = remind(queryset, press=press, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    mails = sum(sent.values())
    if not mails:
        messages.info(request, _("送るメールはありませんでした。すでに送ったものは、もう一度は送りません。"))
        return None
    message = ngettext(
        "%(prefectures)s都道府県に、%(count)s通の催促を送りました。記録は履歴とメールの一覧に残ります。",
        "%(prefectures)s都道府県に、%(count)s通の催促を送りました。記録は履歴とメールの一覧に残ります。",
        mails,
    )
    messages.success(request, message % {"prefectures": len(sent), "count": mails})
    return None


def extend_page(model_admin, request, queryset):
    """Asks for the day and the reason on a page of its own; says for each what became of it."""
    form = ExtendForm(request.POST if "until" in request.POST else None)
    if not form.is_valid():
        context = {"title": _("選んだ都道府県の期限を延長する"), "form": form, "submissions": queryset}
        return _page(model_admin, request, "extend_selected", context)
    for submission in queryset:
        _extended(model_admin, request, submission, form.cleaned_data)
    return None


def _extended(model_admin, request, submission, data):
    words = {"prefecture": submission.prefecture, "day": date_format(data["until"], _("Y年n月j日"))}
    try:
        extend(submission, **data, by=request.user)
    except Refused as refusal:
        messages.error(request, _("%(prefecture)s：%(reason)s") % {**words, "reason": refusal})
    else:
        model_admin.log_change(request, submission, _("期限を%(day)sまで延長") % words)
        messages.success(request, _("%(prefecture)s：期限を%(day)sまで延長しました。") % words)


def _page(model_admin, request, name, context):
    context = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, **context}
    return TemplateResponse(request, f"admin/surveys/submission/{name}.html", context)
