"""Approved entries become a new revision of the year's edition, in one transaction."""

import copy
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.definitions.costs import COSTS
from procurement.manifests import write_manifest
from procurement.models import CaseText, Edition, JointProcurement, LocalGovernment, Participation, SystemType
from procurement.models.case_texts import index_of
from procurement.succession import Succession

from .checks import checklist
from .confirmations import footnotes_of
from .coverage import last_revision, previous_cases
from .merging import bodies_of_case, entries_to_publish, footnotes_of_case, with_merged
from .models import Entry, Survey, Verb
from .notifications import tell_of_publication
from .questions import as_asked, not_published_in, without_answers
from .workflow import Refused, record, refuse_while_planned

SNAPSHOT = tuple(
    field.attname for field in JointProcurement._meta.concrete_fields if field.name not in ("id", "edition")
)
"""What of a published record is copied from revision to revision."""

CHECKED = tuple(name for name in SNAPSHOT if name != "system_type_id")
"""What of it enters the checksum: everything but the database's own number of the type."""

CHECKED_WHERE_SAID = ("footnotes", "specification_address", "specification_condition")
"""What came later enters where there is any of it: editions from before keep the checksum that they have."""


class NotConfirmed(Refused):
    """Warnings of the checklist that nobody has confirmed as they are now; `findings` are these."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(
            _(
                "まだ確かめていない注意が%(count)s件あります：%(first)s それぞれの欄にチェックを入れてください。"
            )
            % {"count": len(findings), "first": findings[0].message}
        )


@dataclass(frozen=True)
class Content:
    """What the next revision of a survey holds: (record, participants) pairs, not yet saved."""

    survey: Survey
    unanswered: tuple[str, ...]
    records: list

    @cached_property
    def checksum(self):
        return checksum_of(self.records)

    @cached_property
    def texts(self):
        """What is searched in of each record, in their order."""
        return [index_of(case, parts) for case, parts in self.records]

    def edition(self, *, note, at=None):
        """The revision itself, not yet saved."""
        revisions = Edition.objects.filter(fiscal_year=self.survey.fiscal_year)
        return Edition(
            fiscal_year=self.survey.fiscal_year,
            revision=(revisions.aggregate(last=Max("revision"))["last"] or 0) + 1,
            statistics_year=self.survey.statistics_year,
            as_of=self.survey.as_of,
            published_at=at or timezone.now(),
            release_note=note.strip(),
            unanswered_prefectures=list(self.unanswered),
            not_asked=not_published_in(self.survey),
            checksum=self.checksum,
            is_sample=self.survey.is_sample,
        )


@transaction.atomic
def publish(survey, *, note, by=None, after=None, at=None, confirmed=None):
    """Writes the next revision: all approved entries, and what stood before of prefectures under correction.

    Refuses without a note, while a check finds an error, and while a publication is planned for later.
    `after` names the revision that the person saw as the last one ("" for none): refused if there is a
    newer one. `at` is when, now if not said. `confirmed` are the keys of the warnings that the person
    ticked; `None` does not ask for any. Returns the new edition.
    """
    content = content_to_publish(survey, note=note, after=after, confirmed=confirmed, by=by)
    return publish_content(content, note=note, by=by, at=at)


def content_to_publish(survey, *, note, after=None, plan=None, confirmed=None, by=None):
    """The content, with survey and answers locked until the transaction ends; refuses what `publish` refuses.

    From now on its new cases have their numbers. `plan` is the one that is being carried out.
    """
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    _lock_answers(survey)
    if plan is None:
        refuse_while_planned(survey)
    _refuse_if_published_meanwhile(survey, after)
    if not note.strip():
        raise Refused(_("更新内容を書いてください。公表ページに示します。"))
    check = checklist(survey)
    if check.blocks:
        raise Refused(" ".join(check.blocks))
    content = content_of(survey, check)
    if confirmed is not None:
        _hold_confirmed(survey, check.with_figures_of(content.records), confirmed, by=by)
    return content


def publish_content(content, *, note, by=None, at=None, remark=""):
    """Writes and tells it; the caller holds the locks (see `content_to_publish`). `remark` is for the event only."""
    edition = write_content(content, note=note, at=at)
    write_manifest(edition)
    comment = "\n".join(filter(None, [note, remark]))
    record(None, Verb.PUBLISH, subject=f"{content.survey} {edition.name}", by=by, comment=comment)
    tell_of_publication(content.survey, edition)
    return edition


def content_of(survey, coverage):
    """Its new cases get their numbers, which are written down."""
    _give_case_ids(survey)
    records = [*_records_of_approved(survey), *_records_carried(survey, coverage.carried)]
    return Content(survey, coverage.unanswered, records)


def write_content(content, *, note, at=None):
    """The edition with all of its rows; the content stays unsaved, and can be written again."""
    edition = content.edition(note=note, at=at)
    edition.save()
    _save(edition, content)
    return edition


def _lock_answers(survey):
    """Holds every answer in its state: one reopened half-way through would be missing from the edition."""
    list(survey.submissions.select_for_update().order_by("pk").values_list("pk"))


def _refuse_if_published_meanwhile(survey, after):
    last = last_revision(survey)
    if last and after not in (None, last.name):
        raise Refused(
            _("%(edition)sは、この画面を開いている間にすでに公表されています。内容を確かめてください。")
            % {"edition": last.name}
        )


def _hold_confirmed(survey, check, keys, *, by):
    """Refuses while a warning is not ticked; else writes down what was confirmed, with its fingerprint."""
    if missing := check.unconfirmed(keys):
        raise NotConfirmed(missing)
    if check.warnings:
        words = "\n".join(finding.message for finding in check.warnings)
        comment = _("%(warnings)s\n確認番号：%(fingerprint)s") % {
            "warnings": words,
            "fingerprint": check.fingerprint,
        }
        record(None, Verb.CONFIRM, subject=str(survey), by=by, comment=comment)


def _bodies(survey):
    return LocalGovernment.objects.with_figures(survey.statistics_year)


def _give_case_ids(survey):
    """Numbers the new cases of each prefecture after the highest it ever had; a number is never reused."""
    highest = _highest_case_numbers()
    new = entries_to_publish(survey).filter(case_id="").select_related("submission")
    for entry in new.order_by("submission__prefecture_code", "id"):
        code = entry.submission.prefecture_code
        highest[code] = highest.get(code, 0) + 1
        entry.case_id = f"{code}-{highest[code]:03}"
        Entry.objects.filter(pk=entry.pk).update(case_id=entry.case_id)


def _highest_case_numbers():
    """By prefecture code, over everything published and every entry that carries a number."""
    ids = {*JointProcurement.objects.values_list("case_id", flat=True)}
    ids |= {*Entry.objects.exclude(case_id="").values_list("case_id", flat=True)}
    highest = {}
    for prefecture_code, _dash, number in (case_id.partition("-") for case_id in ids):
        highest[prefecture_code] = max(highest.get(prefecture_code, 0), int(number))
    return highest


def _records_of_approved(survey):
    """(record, participants) of each approved entry; the record is not yet saved."""
    bodies = {body.code: body for body in _bodies(survey)}
    succession = Succession(survey.statistics_year)
    entries = (
        entries_to_publish(survey).order_by("case_id").select_related("submission__survey", "system_type")
    )
    for entry in with_merged(entries).prefetch_related("confirmations"):
        participants = [bodies[body.code] for body in bodies_of_case(entry)]
        yield record_for(entry, participants, succession), [Participation.of(body) for body in participants]


def record_for(entry, participants, succession):
    """The published record of an entry, not yet saved.

    Participants are annotated with their figures of the year of the `Succession`; they may be more than its
    own (see `merging`). The entry brings its confirmations along. What the survey does not ask is no data.
    """
    footnotes = [*footnotes_of(entry, entry.participants.all()), *footnotes_of_case(entry)]
    entry = as_asked(entry)
    system_type = entry.system_type or SystemType()
    return JointProcurement(
        **entry.facts(),
        case_id=entry.case_id,
        prefecture_code=entry.submission.prefecture_code,
        domain=system_type.domain,
        system_type_slug=system_type.slug,
        system_type_name=system_type.name,
        system_type_name_en=system_type.name_en,
        initial_cost_bracket=_bracket_code(entry.initial_cost),
        annual_operating_cost_bracket=_bracket_code(entry.annual_operating_cost),
        footnotes=footnotes,
        **succession.figures_for(participants).as_fields(),
    )


def _bracket_code(yen):
    bracket = COSTS.bracket_for(yen)
    return bracket and bracket.code


def _records_carried(survey, prefecture_codes):
    """(record, participants) as the last revision has them, for prefectures whose answer is being corrected."""
    left_out = not_published_in(survey)
    cases = previous_cases(survey).filter(prefecture_code__in=prefecture_codes)
    for case in cases.prefetch_related("participations"):
        participations = [_copy_of(part) for part in case.participations.all()]
        kept = JointProcurement(**{name: getattr(case, name) for name in SNAPSHOT})
        kept.footnotes = [footnote for footnote in kept.footnotes if footnote["field"] not in left_out]
        yield without_answers(kept, left_out), participations


def _copy_of(part):
    kept = ("local_government_id", "kind", "prefecture_code", "name", "name_en", "residents")
    return Participation(**{name: getattr(part, name) for name in kept})


def checksum_of(records):
    """SHA-256 over the content of all records, independent of their order and of database ids."""
    content = sorted(
        [
            record.case_id,
            _checked(record),
            sorted(map(_identity, parts)),
        ]
        for record, parts in records
    )
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _checked(record):
    values = {name: getattr(record, name) for name in CHECKED}
    return {
        name: _as_text(value) for name, value in values.items() if value or name not in CHECKED_WHERE_SAID
    }


def _as_text(value):
    """The same for what was just made and for what a database gave back, which may order keys its own way."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, list) else str(value)


def _identity(part):
    return [part.local_government_id, part.kind, part.name, part.residents]


def _save(edition, content):
    cases = [copy.copy(case) for case, _parts in content.records]
    for case in cases:
        case.edition = edition
    JointProcurement.objects.bulk_create(cases, batch_size=500)
    parts_by_case = zip(cases, (parts for _case, parts in content.records), strict=True)
    _insert_parts((case.pk, part) for case, parts in parts_by_case for part in parts)
    texts = [CaseText(case=case, **words) for case, words in zip(cases, content.texts, strict=True)]
    CaseText.objects.bulk_create(texts, batch_size=500)


def _insert_parts(parts):
    """(key of the case, participation) pairs, straight into the table: there are ten thousands of them."""
    own = [field for field in Participation._meta.concrete_fields if not field.primary_key]
    names = [field.attname for field in own]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in own)
    table, places = Participation._meta.db_table, ", ".join(["%s"] * len(own))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(table)} ({columns}) VALUES ({places})",
            [
                [case if name == "joint_procurement_id" else getattr(part, name) for name in names]
                for case, part in parts
            ],
        )
