"""What the secretariat decides about a pair: one procurement or two. Each is one transaction with its events."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from procurement.models import Edition

from ..models import Comparison, Entry, Submission, Verb, Verdict
from ..models.answers import REASON_LENGTH
from ..wording import WORDS_OF
from ..workflow import Refused, record, refuse_while_planned


class Decided(Refused):
    """Somebody has decided about the pair already."""


@transaction.atomic
def mark_distinct(one, other, *, reason, by):
    """The two entries are two procurements: they are not asked about again."""
    first, second = _locked_pair(one, other, by=by)
    _refuse_without_reason(reason)
    decided = _decided(first, second, Verdict.DISTINCT, reason=reason, by=by)
    for entry, beside in ((first, second), (second, first)):
        record(
            entry.submission,
            Verb.MARK_DISTINCT,
            entry=entry,
            by=by,
            comment=f"{told_of(beside)}\n{reason.strip()}",
        )
    return decided


@transaction.atomic
def merge(kept, other, *, reason, by):
    """One procurement: `kept` is published with the participants of both, `other` no longer on its own."""
    first, second = _locked_pair(kept, other, by=by)
    refuse_while_planned(first.submission.survey)
    _refuse_without_reason(reason)
    kept, other = (first, second) if first.pk == kept.pk else (second, first)
    if Entry.objects.filter(merged_into=other).exists():
        raise Refused(
            _(
                "「%(name)s」には、すでに別の件が統合されています。そちらを残すか、先にその統合を取り消してください。"
            )
            % {"name": other}
        )
    decided = _decided(first, second, Verdict.MERGED, reason=reason, by=by)
    Entry.objects.filter(pk=other.pk).update(merged_into=kept)
    _renew(kept, other)
    _tell_of_merging(kept, other, ["", _in_japanese(kept)], reason=reason.strip(), by=by)
    return decided


@transaction.atomic
def withdraw(comparison, *, by):
    """Takes a verdict back. A merger that has been published is history: then it is refused."""
    first, second = _locked(comparison.first_id, comparison.second_id, by=by)
    comparison = Comparison.objects.filter(pk=comparison.pk).first()
    if comparison is None:
        raise Refused(_("この判断は、すでに取り消されています。"))
    if not may_be_withdrawn(comparison, first.submission.survey):
        raise Refused(_("この統合は、すでに公表した版に入っています。取り消せるのは、公表する前だけです。"))
    if comparison.verdict == Verdict.MERGED:
        refuse_while_planned(first.submission.survey)
    comparison.delete()
    if comparison.verdict == Verdict.DISTINCT:
        for entry in (first, second):
            record(entry.submission, Verb.MARK_DISTINCT, entry=entry, by=by, comment=_("取り消しました。"))
        return
    kept, other = (first, second) if second.merged_into_id == first.pk else (second, first)
    Entry.objects.filter(pk=other.pk).update(merged_into=None)
    _renew(kept, other)
    _tell_of_merging(kept, other, [_in_japanese(kept), ""], reason=_("統合を取り消しました。"), by=by)


def may_be_withdrawn(comparison, survey):
    """Whether no edition of the year was published since with what was decided."""
    if comparison.verdict == Verdict.DISTINCT:
        return True
    editions = Edition.objects.filter(fiscal_year=survey.fiscal_year)
    return not editions.filter(published_at__gte=comparison.at).exists()


def told_of(entry):
    """Which entry it is, to somebody of another prefecture: no more than prefecture and name."""
    return _("%(prefecture)sの「%(name)s」") % {"prefecture": entry.submission.prefecture, "name": entry}


def _locked_pair(one, other, *, by):
    """Both as they now are, the smaller key first; refused where there is nothing to decide."""
    first, second = _locked(*sorted((one.pk, other.pk)), by=by)
    if first.submission.survey_id != second.submission.survey_id or (
        first.submission.prefecture_code == second.submission.prefecture_code
    ):
        raise Refused(_("同じ調査の、別の都道府県の件どうしを選んでください。"))
    if Comparison.objects.filter(first=first, second=second).exists():
        raise Decided(_("この組は、ほかの人がすでに判断しています。画面を開き直してください。"))
    if merged := next((entry for entry in (first, second) if entry.merged_into_id), None):
        raise Refused(_("「%(name)s」は、すでに別の件に統合されています。") % {"name": merged})
    return first, second


def _locked(*keys, by):
    """The entries by their keys, with both answers locked in one order, so that nobody waits for each other."""
    if not (by is None or by.is_secretariat or (by.is_superuser and by.is_active)):
        raise Refused(_("この操作をする権限がありません。"))
    answers = Submission.objects.filter(entries__in=keys).order_by("pk")
    list(Submission.objects.select_for_update().filter(pk__in=answers.values("pk")).order_by("pk"))
    found = Entry.objects.select_related("submission__survey").in_bulk(keys)
    if len(found) < len(keys):
        raise Refused(_("この件は、すでに削除されています。画面を開き直してください。"))
    return [found[key] for key in keys]


def _refuse_without_reason(reason):
    if not reason.strip():
        raise Refused(_("判断の理由を書いてください。両方の都道府県に伝わります。"))
    if len(reason) > REASON_LENGTH:
        raise Refused(_("理由は%(limit)s文字以内で書いてください。") % {"limit": f"{REASON_LENGTH:,}"})


def _decided(first, second, verdict, *, reason, by):
    return Comparison.objects.create(
        first=first,
        second=second,
        verdict=verdict,
        reason=reason.strip(),
        by=by,
        by_name=str(by) if by else "",
    )


def _renew(*entries):
    """Whoever reads either answer at this moment to approve it is told that it has changed."""
    answers = Submission.objects.filter(pk__in=[entry.submission_id for entry in entries])
    answers.update(version=F("version") + 1)


def _tell_of_merging(kept, other, before_and_after, *, reason, by):
    changes = {"merged_into": before_and_after}
    told = f"{told_of(kept)}\n{reason}"
    record(other.submission, Verb.MERGE, entry=other, by=by, comment=told, changes=changes)
    record(kept.submission, Verb.MERGE, entry=kept, by=by, comment=f"{told_of(other)}\n{reason}")


def _in_japanese(entry):
    with override(WORDS_OF):
        return told_of(entry)
