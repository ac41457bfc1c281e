"""Standing by a value that a soft rule asks about: the reason is kept until the value changes.

A reason may be published as a footnote; then it must hold nothing that is never public.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from procurement.words import too_long

from .models import Confirmation, Verb
from .models.confirmations import REASON_LENGTH
from .questions import as_asked, not_asked_in
from .rules import (
    Stated,
    context_for,
    findings_for_entry,
    findings_for_submission,
    fingerprint_of,
    rules_about,
)
from .rules.questions import PERSONAL
from .workflow import Refused, locked_for_edit, record

PUBLIC_NAMES = {
    "case_id": "system_type",
    "name": "system_type",
    "participants": "participant_count",
    "initial_cost": "initial_cost_bracket",
    "annual_operating_cost": "annual_operating_cost_bracket",
    "specification_address": "specification",
    "specification_condition": "specification",
}
"""Under which fact of a published case a footnote about a field of an entry stands, if not its own."""
_AMOUNT = re.compile(
    r"[¥\\]\s*\d|[\d一二三四五六七八九十百千万億][\s,]*円|\d[\d,.]*\s*(?:千万|百万|億|万|千)(?!人|団体|世帯)"
    r"|(?:\d{1,3}(?:,\d{3})+|\d{5,})(?!\s*(?:人|団体|世帯))"
)


def findings_by_field(entry, context=None):
    """What the rules find in an entry by the field to go to, with what has been confirmed."""
    by_field = {}
    for finding in findings_for_entry(entry, context):
        by_field.setdefault(finding.field, []).append(finding)
    return by_field


@transaction.atomic
def confirm_finding(entry, rule_id, data, *, by):
    """Keeps the reason in `reason_<rule_id>`; with `footnote_<rule_id>` it is published. The message to announce.

    ValidationError by the name of the input if the reason cannot be taken, Refused if nothing is asked.
    """
    locked = locked_for_edit(entry.submission_id, by=by)
    finding = _asked(entry, rule_id, locked)
    complaint = complaint_about(*_sent(rule_id, data))
    if complaint:
        raise ValidationError({f"reason_{rule_id}": complaint})
    _keep(finding, *_sent(rule_id, data), submission=locked, by=by)
    return _("理由を残しました。")


@transaction.atomic
def confirm_findings(submission, data, *, by):
    """Keeps every reason written in `reason_<entry>_<rule_id>`; how many these are.

    ValidationError by the names of the inputs if one cannot be taken: then none is kept.
    """
    locked = locked_for_edit(submission.pk, by=by)
    written = {
        name_of(finding): finding
        for finding in findings_for_submission(locked)
        if finding.is_open and _sent(name_of(finding), data)[0]
    }
    complaints = {f"reason_{name}": complaint_about(*_sent(name, data)) for name in written}
    if any(complaints.values()):
        raise ValidationError({name: complaint for name, complaint in complaints.items() if complaint})
    for name, finding in written.items():
        _keep(finding, *_sent(name, data), submission=locked, by=by)
    return len(written)


@transaction.atomic
def withdraw_named(submission, name, *, by):
    """The same for a question by its `name_of`, wherever it stands in the answer."""
    locked = locked_for_edit(submission.pk, by=by)
    for (entry, rule_id), confirmation in context_for(locked).confirmations.items():
        if f"{entry or 0}_{rule_id}" == name:
            _withdraw(confirmation, submission=locked, by=by)
    return _("確認を取り消しました。")


def name_of(finding):
    """What its inputs are called where the questions of several entries stand together; 0 is the whole answer."""
    return f"{finding.entry.pk if finding.entry else 0}_{finding.rule.id}"


@transaction.atomic
def withdraw_confirmation(entry, rule_id, data, *, by):
    """Forgets a confirmation: the question is asked again."""
    locked = locked_for_edit(entry.submission_id, by=by)
    for confirmation in entry.confirmations.all():
        if confirmation.rule_id == rule_id:
            _withdraw(confirmation, submission=locked, by=by)
    return _("確認を取り消しました。")


def _sent(name, data):
    """The reason as typed, and whether it may be published."""
    return data.get(f"reason_{name}", "").replace("\0", "").strip(), bool(data.get(f"footnote_{name}"))


def _keep(finding, reason, is_footnote, *, submission, by):
    answer = {"fingerprint": finding.fingerprint, "reason": reason, "is_footnote": is_footnote}
    Confirmation.objects.update_or_create(
        entry=finding.entry,
        submission=None if finding.entry else submission,
        rule_id=finding.rule.id,
        defaults={**answer, "by": by, "by_name": str(by) if by else ""},
    )
    record(submission, Verb.CONFIRM, entry=finding.entry, by=by, comment=finding.message)


def _withdraw(confirmation, *, submission, by):
    comment = f"{_('確認を取り消しました。')}{confirmation.reason}"
    record(submission, Verb.CONFIRM, entry=confirmation.entry, by=by, comment=comment)
    confirmation.delete()


def complaint_about(reason, is_footnote):
    """Why a reason cannot be taken; "" if it can."""
    if not reason:
        return _("このままでよい理由を書いてください（例：無償の試行期間のため0円です）。")
    if len(reason) > REASON_LENGTH:
        return too_long(REASON_LENGTH, len(reason))
    return complaint_about_footnote(reason) if is_footnote else ""


def complaint_about_footnote(text):
    """What is never public must not stand in a footnote: amounts, and how to reach a person."""
    plain = unicodedata.normalize("NFKC", text)
    if PERSONAL.search(plain):
        return _(
            "電話番号やメールアドレスは公表できません。注記から消すか、「注記として公表する」を外してください。"
        )
    if _AMOUNT.search(plain):
        return _(
            "金額は公表しないため、注記に金額や大きな数を書けません。数字を使わずに書くか（例：無償の試行期間のため）、「注記として公表する」を外してください。"
        )
    return ""


def footnotes_of(entry, participants):
    """What is published with a case: [{"field": the fact it belongs to, "text"}], in the order of the table.

    Only reasons that were given to be published, of the values as they are.
    """
    left_out = not_asked_in(entry.submission.survey)
    case = Stated(as_asked(entry, left_out), tuple(participants))
    kept = {one.rule_id: one for one in entry.confirmations.all() if one.is_footnote}
    return [
        {"field": PUBLIC_NAMES.get(rule.fields[0], rule.fields[0]), "text": kept[rule.id].reason}
        for rule in rules_about(left_out)
        if rule.id in kept and kept[rule.id].fingerprint.startswith(fingerprint_of(rule, case))
    ]


def _asked(entry, rule_id, submission):
    """The warning of that rule at the stored entry."""
    stored = (
        submission.entries.select_related("submission__survey", "system_type").filter(pk=entry.pk).first()
    )
    findings = findings_for_entry(stored, context_for(submission)) if stored else ()
    for finding in findings:
        if finding.rule.id == rule_id and not finding.is_error:
            return finding
    raise Refused(_("この確認事項は、もうありません。画面を開き直してください。"))
