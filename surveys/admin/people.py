"""Pages about people, beside Django's own list of users: the yearly rotation, and ending somebody's access."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.models import User
from surveys.people.leaving import deactivate, reactivate
from surveys.people.rotation import beginning_of_year, places
from surveys.people.second_factor import reset
from surveys.workflow import Refused

ROTATION = "admin:surveys_invitation_rotation"


@dataclass(frozen=True)
class Act:
    """Something done to one person, after it was asked whether it shall be."""

    title: str
    words: str
    button: str
    done: str
    run: Callable
    asks_reason: bool = False
    by_superuser: bool = False


ACTS = {
    "deactivate": Act(
        title=gettext_lazy("利用を止める"),
        words=gettext_lazy(
            "この人は、すぐにサインインできなくなり、開いている画面も使えなくなります。"
            "書きかけの回答、メモ、履歴の名前は、そのまま残ります。"
        ),
        button=gettext_lazy("利用を止める"),
        done=gettext_lazy("%(name)sさんの利用を止めました。"),
        run=deactivate,
        asks_reason=True,
    ),
    "reactivate": Act(
        title=gettext_lazy("利用を再開する"),
        words=gettext_lazy(
            "この人は、これまでのユーザー名とパスワードで、またサインインできるようになります。"
        ),
        button=gettext_lazy("利用を再開する"),
        done=gettext_lazy("%(name)sさんの利用を再開しました。"),
        run=reactivate,
    ),
    "reset-second-factor": Act(
        title=gettext_lazy("2要素認証をリセットする"),
        words=gettext_lazy(
            "認証アプリもリカバリーコードもなくした人のために、2要素認証の設定を消します。"
            "本人からの依頼であることを、電話などで確かめてから行ってください。本人にはメールで知らせます。"
        ),
        button=gettext_lazy("リセットする"),
        done=gettext_lazy("%(name)sさんの2要素認証をリセットしました。"),
        run=reset,
        by_superuser=True,
    ),
}


def may_do(request, act, person):
    """Superusers everything; who may invite, for the people of prefectures."""
    if request.user.is_superuser:
        return True
    is_of_a_prefecture = not person.is_staff and bool(person.prefecture_code)
    return not act.by_superuser and is_of_a_prefecture and request.user.has_perm("surveys.add_invitation")


def person_view(model_admin, request, *, pk, act):
    """Asks, then does what `ACTS` says."""
    person, act = get_object_or_404(User, pk=pk), ACTS.get(act)
    if act is None:
        raise Http404
    if not may_do(request, act, person):
        raise PermissionDenied
    if request.method == "POST":
        return _done(request, act, person)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": act.title,
        "opts": model_admin.opts,
        "act": act,
        "person": person,
        "rotation": reverse(ROTATION),
    }
    return TemplateResponse(request, "admin/surveys/invitation/person.html", context)


def _done(request, act, person):
    told = {"reason": request.POST.get("reason", "").strip()[:300]} if act.asks_reason else {}
    try:
        act.run(person, by=request.user, **told)
        messages.success(request, act.done % {"name": person})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse(ROTATION))


def rotation_view(model_admin, request):
    """Who has access, who has not signed in since a day (`?since=`), and where nobody is left."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    today = timezone.localdate()
    since, complaint = _day(request.GET.get("since", ""), default=beginning_of_year(today))
    shown = places(since=since, with_secretariat=request.user.is_superuser)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("年度替わりの引き継ぎ"),
        "opts": model_admin.opts,
        "places": shown,
        "empty": [place.prefecture for place in shown if place.prefecture and place.has_nobody],
        "since": since,
        "complaint": complaint,
        "can_invite": model_admin.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/surveys/invitation/rotation.html", context)


def _day(text, *, default):
    """(the day, what is wrong with the text)."""
    try:
        return (datetime.date.fromisoformat(text) if text else default), ""
    except ValueError:
        return default, _("日付は2026-04-01のように入力してください。")
