"""Every check of an answer as one table. Errors stop a submission, warnings ask to look again.

Drafts are saved whatever these say; what cannot even be read is refused by the fields themselves.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procurement.definitions.choices import IntroductionBasis
from procurement.definitions.joint_procurement import MINIMUM_ORGANIZATIONS
from procurement.words import joined

from .models.entries import COPY_MARK

ERROR, WARNING = "error", "warning"
_PERSONAL = re.compile(r"@|\d{2,4}-\d{2,4}-\d{3,4}|\b0\d{9,10}\b")


@dataclass(frozen=True)
class Rule:
    """`check(entry)` gives a true value where the rule is broken: a dict fills the message's places.

    Rules about a whole submission take `check(submission, entries)` instead.
    """

    id: str
    severity: str
    fields: tuple[str, ...]
    message: str
    expected: str
    check: Callable
    definition: str = ""


@dataclass(frozen=True)
class Finding:
    """A broken rule at a place: `entry` is `None` where it concerns the whole submission."""

    rule: Rule
    entry: object = None
    params: dict = field(default_factory=dict)

    @property
    def message(self):
        return str(self.rule.message) % self.params if self.params else str(self.rule.message)

    @property
    def field(self):
        """The field to go to first."""
        return self.rule.fields[0] if self.rule.fields else ""

    @property
    def is_error(self):
        return self.rule.severity == ERROR


def _is_blank(name):
    return lambda entry: getattr(entry, name) in (None, "")


def _required(name, message, expected):
    return Rule(f"{name}_is_given", ERROR, (name,), message, expected, _is_blank(name))


def _participants(entry):
    return entry.participants.all()


def _abolished_before_introduction(entry):
    """The first participant that no longer existed in the introduction month, with its successor."""
    for body in _participants(entry):
        if body.abolished_on and entry.introduced_on and body.abolished_on <= entry.introduced_on:
            return {"body": body.name, "day": body.abolished_on, "successor": body.successor or "－"}
    return None


def _unknown_case(entry):
    known = not entry.case_id or entry.case_id in entry.submission.published_case_ids
    return None if known else {"case_id": entry.case_id}


def _without_municipality(entry):
    bodies = _participants(entry)
    return bodies and not any(body.is_municipality for body in bodies)


def _outsiders_only(entry):
    bodies = _participants(entry)
    own = entry.submission.prefecture_code
    return bodies and all(body.prefecture_code != own for body in bodies)


def _introduced_in_future(entry):
    """A delivery deadline may well lie ahead."""
    is_deadline = entry.introduction_basis == IntroductionBasis.DELIVERY_DEADLINE
    return entry.introduced_on and entry.introduced_on > timezone.localdate() and not is_deadline


def _names_a_person(entry):
    """What looks like a mail address or a telephone number where only a department belongs."""
    return bool(_PERSONAL.search(unicodedata.normalize("NFKC", entry.contact_department)))


def _is_marked_as_copy(entry):
    return entry.name.endswith((COPY_MARK.ja, COPY_MARK.en))


ENTRY_RULES = (
    _required("system_type", _("システムの種類を選んでください。"), _("一覧にある種類の1つ（例：電子申請）")),
    _required("name", _("案件名を書いてください。"), _("例：電子申請システム共同利用")),
    _required(
        "single_specification",
        _("単一の仕様書によるかどうかを答えてください。"),
        _("「有」＝参加団体が合意した1つの仕様書による"),
    ),
    _required(
        "single_operator",
        _("単一の事業者によるかどうかを答えてください。"),
        _("「有」＝1つの事業者から調達した"),
    ),
    Rule(
        "one_specification",
        ERROR,
        ("single_specification",),
        _(
            "仕様書が単一でないものは、定義1-1の共同調達に当たらないため提出できません。この件を削除するか、回答を確かめてください。"
        ),
        _("「有」"),
        lambda entry: entry.single_specification is False,
        "1-1",
    ),
    Rule(
        "one_operator",
        ERROR,
        ("single_operator",),
        _(
            "事業者が単一でないものは、定義1-1の共同調達に当たらないため提出できません。この件を削除するか、回答を確かめてください。"
        ),
        _("「有」"),
        lambda entry: entry.single_operator is False,
        "1-1",
    ),
    Rule(
        "two_organizations",
        ERROR,
        ("participants",),
        _(
            "参加団体が2団体に満たないものは、定義1-1の共同調達に当たらないため提出できません。参加団体をすべて選んでください。"
        ),
        _("2つ以上の団体（都道府県を含む）"),
        lambda entry: len(_participants(entry)) < MINIMUM_ORGANIZATIONS,
        "1-1",
    ),
    _required(
        "introduced_on",
        _(
            "導入年月を書いてください。分からないときは、入札関係書類などの納入期限の年月を書きます（定義4-1）。"
        ),
        _("例：2021-05、令和3年5月"),
    ),
    _required(
        "introduction_basis",
        _("導入年月の根拠（導入実績か納入期限か）を選んでください。"),
        _("「導入実績」か「納入期限」"),
    ),
    Rule(
        "participants_existed",
        ERROR,
        ("participants",),
        _("「%(body)s」は%(day)sに廃止されています。承継した団体（%(successor)s）を選んでください。"),
        _("導入年月に存在した団体"),
        _abolished_before_introduction,
    ),
    Rule(
        "case_is_known",
        ERROR,
        ("case_id",),
        _(
            "事例番号「%(case_id)s」は、この都道府県の公表済みの事例にありません。新しい事例では空欄にしてください。"
        ),
        _("公表済みの事例の番号、または空欄"),
        _unknown_case,
    ),
    Rule(
        "subsidy_name_needs_subsidy",
        ERROR,
        ("subsidy_used", "subsidy_name"),
        _("補助金の名称が書かれていますが、補助金の活用が「有」になっていません。どちらかを直してください。"),
        _("「有」、または名称を空欄"),
        lambda entry: entry.subsidy_name and entry.subsidy_used is not True,
        "4-3",
    ),
    Rule(
        "municipality_takes_part",
        WARNING,
        ("participants",),
        _("参加団体に市区町村がありません。参加自治体数は0と公表されます（定義3-1）。"),
        _("市区町村を1つ以上"),
        _without_municipality,
        "3-1",
    ),
    Rule(
        "own_bodies_take_part",
        WARNING,
        ("participants",),
        _("参加団体に、自分の都道府県の団体がありません。"),
        _("都道府県または県内の団体を1つ以上"),
        _outsiders_only,
    ),
    Rule(
        "introduced_already",
        WARNING,
        ("introduced_on",),
        _("導入年月が今日より先です。納入期限の年月であれば、根拠を「納入期限」にしてください。"),
        _("今日までの年月"),
        _introduced_in_future,
        "4-1",
    ),
    Rule(
        "contact_is_a_department",
        WARNING,
        ("contact_department",),
        _(
            "担当部署に、電話番号かメールアドレスのようなものがあります。部署の名称だけを書いてください。公表されます。"
        ),
        _("部署の名称（例：デジタル推進課）"),
        _names_a_person,
    ),
    Rule(
        "name_is_its_own",
        WARNING,
        ("name",),
        _("案件名が「（コピー）」で終わっています。コピーした件の内容と案件名を確かめてください。"),
        _("この件だけの案件名"),
        _is_marked_as_copy,
    ),
    Rule(
        "initial_cost_is_not_zero",
        WARNING,
        ("initial_cost",),
        _("初期費用が0円です。費用が分からないときは、0ではなく空欄にしてください。"),
        _("1円以上、または空欄"),
        lambda entry: entry.initial_cost == 0,
        "3-4",
    ),
    Rule(
        "annual_operating_cost_is_not_zero",
        WARNING,
        ("annual_operating_cost",),
        _("年間運用費用が0円です。費用が分からないときは、0ではなく空欄にしてください。"),
        _("1円以上、または空欄"),
        lambda entry: entry.annual_operating_cost == 0,
        "3-4",
    ),
)


def _repeated(submission, entries):
    """The first name that two entries of the same system type share."""
    seen = set()
    for entry in entries:
        key = (entry.system_type_id, entry.name)
        if entry.name and key in seen:
            return {"name": entry.name}
        seen.add(key)
    return None


def _earlier_cases_missing(submission, entries):
    """The cases of the newest edition that the answer does not speak of."""
    missing = [case_id for case_id in submission.newest_case_ids if case_id not in _case_ids(entries)]
    return {"cases": joined(missing), "count": len(missing)} if missing else None


def _case_ids(entries):
    return {entry.case_id for entry in entries}


SUBMISSION_RULES = (
    Rule(
        "something_is_answered",
        ERROR,
        (),
        _("共同調達が1件も登録されていません。実施していない場合は「共同調達の実施なし」にしてください。"),
        _("1件以上の登録、または「共同調達の実施なし」"),
        lambda submission, entries: not entries and not submission.nil_return,
    ),
    Rule(
        "nil_return_has_no_entries",
        ERROR,
        (),
        _(
            "「共同調達の実施なし」ですが、登録されている件があります。件を削除するか、「実施なし」を取り消してください。"
        ),
        _("どちらか一方"),
        lambda submission, entries: entries and submission.nil_return,
    ),
    Rule(
        "earlier_cases_are_answered",
        WARNING,
        (),
        _(
            "最新の版にある%(count)s件の事例が、この回答にありません（%(cases)s）。続いている事例は、事例番号を選んで登録してください。"
        ),
        _("続いている事例をすべて登録、または終了した事例だけを外す"),
        _earlier_cases_missing,
    ),
    Rule(
        "names_differ",
        WARNING,
        (),
        _("同じ種類・同じ案件名の件が2つあります：「%(name)s」。重複していないか確かめてください。"),
        _("同じ調達は1件"),
        _repeated,
    ),
)


def findings_for_entry(entry):
    """What the rules find in one entry, in the order of the table."""
    return [
        Finding(rule, entry, broken if isinstance(broken, dict) else {})
        for rule in ENTRY_RULES
        if (broken := rule.check(entry))
    ]


def findings_for_submission(submission, entries=None):
    """What the rules find in the whole submission: first what concerns it all, then entry by entry.

    `entries` saves fetching them again: all of the submission's, with participants and their successors.
    """
    if entries is None:
        related = submission.entries.in_number_order().select_related("system_type")
        entries = list(related.prefetch_related("participants__successor"))
    whole = [
        Finding(rule, None, broken if isinstance(broken, dict) else {})
        for rule in SUBMISSION_RULES
        if (broken := rule.check(submission, entries))
    ]
    return whole + [finding for entry in entries for finding in findings_for_entry(entry)]
