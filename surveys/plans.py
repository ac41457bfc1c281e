"""Publication at a set time. Before the minute there is a row of the plan and nothing else to be seen.

The worker carries plans out (`publish_due`); every step holds the lock of the survey, so one of them comes first.
"""

import datetime
import hashlib
import json
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.models import Edition

from .coverage import last_revision
from .models import ON_TIME, Plan, PlanState, Survey, Verb
from .notifications import tell_of_refused_plan
from .publishing import content_to_publish, publish_content
from .rehearsal import content_now
from .workflow import Refused, record

A_WEEK = datetime.timedelta(days=7)

logger = logging.getLogger(__name__)


@transaction.atomic
def plan(survey, *, at, note, by=None, after=None, confirmed=None):
    """Sets the time at which what is approved now appears; refuses what `publish` refuses, and the past."""
    if at <= timezone.now():
        raise Refused(_("公表日時は、いまより後にしてください（日本時間）。"))
    content = content_to_publish(survey, note=note, after=after, confirmed=confirmed, by=by)
    last = last_revision(content.survey)
    planned = Plan.objects.create(
        survey=content.survey,
        at=at,
        note=note.strip(),
        after=last.name if last else "",
        checksum=seal_of(content),
        by=by,
        by_name=str(by) if by else "",
    )
    record(None, Verb.PLAN, subject=str(planned), by=by, comment=planned.note)
    return planned


@transaction.atomic
def cancel(planned, *, by=None, reason):
    """Takes the plan back; refused without a reason, and when it is no longer standing."""
    if not reason.strip():
        raise Refused(_("取り消す理由を書いてください。履歴に残ります。"))
    locked = _locked(planned)
    if locked.state != PlanState.PLANNED:
        raise Refused(
            _("この予約は、すでに「%(state)s」になっています。画面を開き直して確かめてください。")
            % {"state": locked.get_state_display()}
        )
    _ended(locked, PlanState.CANCELLED)
    record(None, Verb.CANCEL_PLAN, subject=str(locked), by=by, comment=reason.strip())
    return locked


def publish_due(now=None):
    """Carries out what is due, each in a transaction of its own; the editions that appeared.

    What fails for another reason than a refusal stays planned and is tried again.
    """
    now = now or timezone.now()
    editions = []
    for planned in Plan.objects.due(now):
        try:
            editions.append(_carried_out(planned, now))
        except Exception:
            logger.exception(
                "The publication of %s at %s failed; it will be tried again", planned.survey, planned.at
            )
    return [edition for edition in editions if edition]


def notable(survey):
    """The last plan of a survey while there is something to say of it; `None` when all is as it should be.

    A standing one; one that was refused, until something is published or planned; one published late, for a week.
    """
    return still_notable(Plan.objects.filter(survey=survey).order_by("pk").last(), survey)


def last_plans(surveys):
    """{survey's key: its last plan}, in one query."""
    return {plan.survey_id: plan for plan in Plan.objects.filter(survey__in=surveys).order_by("pk")}


def still_notable(last, survey):
    """See `notable`; `last` is the survey's last plan, or `None`."""
    if last is None or last.state == PlanState.CANCELLED:
        return None
    if last.state == PlanState.REFUSED:
        since = Edition.objects.filter(fiscal_year=survey.fiscal_year, published_at__gte=last.done_at)
        return None if since.exists() else last
    is_old = last.done_at and timezone.now() - last.done_at > A_WEEK
    return last if last.state == PlanState.PLANNED or (last.is_late and not is_old) else None


def has_drifted(planned):
    """Whether what would be published now is no longer what was planned: at its minute it would be refused."""
    return seal_of(content_now(planned.survey)) != planned.checksum


def seal_of(content):
    """SHA-256 over all that the public will see of the content, the release note aside."""
    edition = content.edition(note="")
    facts = [edition.statistics_year, str(edition.as_of), edition.is_sample]
    seal = [*facts, sorted(edition.unanswered_prefectures), edition.not_asked, edition.checksum]
    return hashlib.sha256(json.dumps(seal, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def _carried_out(planned, now):
    """The edition; `None` if somebody else was first, or if it was refused, which is written down and told."""
    locked = _locked(planned)
    if locked.state != PlanState.PLANNED:
        return None
    try:
        edition = _published(locked, now)
    except Refused as refusal:
        _refuse(locked, str(refusal))
        return None
    _ended(locked, PlanState.PUBLISHED, at=now, edition_name=edition.name)
    return edition


@transaction.atomic
def _published(planned, now):
    """In a transaction within: a refusal leaves nothing of the edition."""
    content = content_to_publish(planned.survey, note=planned.note, after=planned.after, plan=planned)
    if seal_of(content) != planned.checksum:
        raise Refused(
            _(
                "予約した後に、公表する内容が変わりました（団体の名称や人口、システムの種類、調査の日付など）。"
                "内容を確かめて、もう一度予約するか公表してください。"
            )
        )
    is_late = now - planned.at > ON_TIME
    return publish_content(
        content,
        note=planned.note,
        by=planned.by,
        at=now if is_late else planned.at,
        remark=_remark(planned, now, is_late=is_late),
    )


def _remark(planned, now, *, is_late):
    times = {"at": planned.at_in_words, "now": f"{timezone.localtime(now):%Y-%m-%d %H:%M}"}
    if is_late:
        return (
            _("（%(at)sの予約。公表の処理（worker）が動いていなかったため、遅れて%(now)sに公表しました。）")
            % times
        )
    return _("（%(at)sの予約どおりに公表しました。）") % times


def _locked(planned):
    """The plan as it is now, under the lock of its survey."""
    Survey.objects.select_for_update().get(pk=planned.survey_id)
    return Plan.objects.select_related("survey", "by").get(pk=planned.pk)


def _refuse(planned, reason):
    _ended(planned, PlanState.REFUSED, refusal=reason)
    comment = _("公表できませんでした：%(reason)s") % {"reason": reason}
    record(None, Verb.CANCEL_PLAN, subject=str(planned), comment=comment)
    tell_of_refused_plan(planned)


def _ended(planned, state, *, at=None, **facts):
    planned.state, planned.done_at = state, at or timezone.now()
    for name, value in facts.items():
        setattr(planned, name, value)
    planned.save(update_fields=["state", "done_at", *facts])
