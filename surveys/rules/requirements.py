"""What must hold of an entry before its answer can be submitted."""

from django.utils.translation import gettext_lazy as _

from procurement.definitions.choices import Specification
from procurement.definitions.joint_procurement import MINIMUM_ORGANIZATIONS

from .rule import ERROR, Rule


def _is_blank(name):
    return lambda case, context: getattr(case.entry, name) in (None, "")


def _required(name, message, expected):
    return Rule(f"{name}_is_given", ERROR, (name,), message, expected, _is_blank(name))


def _abolished_before_introduction(case, context):
    """The first participant that no longer existed in the introduction month, with its successor."""
    month = case.entry.introduced_on
    for body in case.participants:
        if body.abolished_on and month and body.abolished_on <= month:
            return {"body": body.name, "day": body.abolished_on, "successor": body.successor or "－"}
    return None


def _unknown_case(case, context):
    case_id = case.entry.case_id
    known = not case_id or case_id in context.submission.published_case_ids
    return None if known else {"case_id": case_id}


def _shared_although_not(case, context):
    entry = case.entry
    says_how = entry.specification_address or entry.specification_condition
    return says_how and entry.specification not in (Specification.AVAILABLE, Specification.NEGOTIABLE)


REQUIREMENTS = (
    Rule(
        "system_type_is_given",
        ERROR,
        ("system_type", "system_type_proposal"),
        _("システムの種類を選んでください。"),
        _("一覧にある種類の1つ（例：電子申請）、なければその名称"),
        lambda case, context: not (case.entry.system_type_id or case.entry.system_type_proposal),
        "2-1",
    ),
    Rule(
        "one_system_type",
        ERROR,
        ("system_type_proposal", "system_type"),
        _("システムの種類を一覧から選び、一覧にない種類の名称も書いています。どちらか1つにしてください。"),
        _("一覧から選んだときは、名称を空欄"),
        lambda case, context: case.entry.system_type_id and case.entry.system_type_proposal,
        "2-1",
    ),
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
        lambda case, context: case.entry.single_specification is False,
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
        lambda case, context: case.entry.single_operator is False,
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
        lambda case, context: len(case.participants) < MINIMUM_ORGANIZATIONS,
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
        lambda case, context: case.entry.subsidy_name and case.entry.subsidy_used is not True,
        "4-3",
    ),
    Rule(
        "specification_is_shared",
        ERROR,
        ("specification", "specification_address", "specification_condition"),
        _(
            "仕様書の掲載先か提供の条件が書かれていますが、仕様書の提供が「可」か「要相談」になっていません。どちらかを直してください。"
        ),
        _("「可」か「要相談」、または掲載先と条件を空欄"),
        _shared_although_not,
    ),
)
