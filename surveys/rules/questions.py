"""What is asked about who takes part, when, and whether it is the same procurement twice: it may be right, and whoever says why is not asked again."""

import re
import unicodedata

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from procurement.definitions.choices import IntroductionBasis
from procurement.definitions.prefectures import PREFECTURES_BY_CODE
from procurement.words import joined

from ..models.entries import COPY_MARK
from .rule import WARNING, Rule

PERSONAL = re.compile(r"@|\d{2,4}-\d{2,4}-\d{3,4}|\b0\d{9,10}\b")
"""What looks like a mail address or a telephone number, in half-width characters."""
MOST_NAMED = 5


def _without_municipality(case, context):
    return case.participants and not any(body.is_municipality for body in case.participants)


def _outsiders_only(case, context):
    own = context.submission.prefecture_code
    return case.participants and all(body.prefecture_code != own for body in case.participants)


def _without_figures(case, context):
    bodies = context.without_figures(case.participants)
    year = context.submission.survey.statistics_year
    return bodies and {
        "bodies": _named(bodies),
        "year": year,
        "seen": [year, sorted(body.code for body in bodies)],
    }


def _participants_left(case, context):
    """Bodies of the case as it is published that no longer take part, themselves or as their successor."""
    before = context.before.get(case.entry.case_id)
    if before is None or not case.participants:
        return None
    left = [body for body in before.bodies if not case.codes & {body[0], body[2]}]
    names = _named(name for _code, name, _successor in left)
    return left and {"bodies": names, "edition": before.edition, "seen": [body[0] for body in left]}


def _named(bodies):
    names = list(map(str, bodies))
    words = joined(names[:MOST_NAMED])
    return (
        words
        if len(names) <= MOST_NAMED
        else gettext("%(names)sなど%(count)s団体")
        % {
            "names": words,
            "count": len(names),
        }
    )


def _introduced_in_future(case, context):
    """A delivery deadline may well lie ahead."""
    entry = case.entry
    is_deadline = entry.introduction_basis == IntroductionBasis.DELIVERY_DEADLINE
    return entry.introduced_on and entry.introduced_on > timezone.localdate() and not is_deadline


def _names_a_person(case, context):
    """Where only a department belongs."""
    return bool(PERSONAL.search(unicodedata.normalize("NFKC", case.entry.contact_department)))


def _same_name(case, context):
    other = context.siblings.by_name(case)
    return _sibling(other) if other and not _are_two_cases(case, other) else None


def _same_participants(case, context):
    """Where the names do not say it already."""
    other = context.siblings.by_participants(case)
    if other is None or _are_two_cases(case, other) or context.siblings.by_name(case):
        return None
    return _sibling(other)


def _are_two_cases(case, other):
    """Whether both are published under numbers of their own."""
    return bool(case.entry.case_id and other.entry.case_id)


def _sibling(other):
    return {"number": other.entry.number, "name": other.name, "seen": other.entry.number}


def _continues_a_case(case, context):
    if case.entry.case_id:
        return None
    other = context.published.like(case)
    return other and other.case_id not in context.answered_case_ids and _published(other)


def _published_elsewhere(case, context):
    other = context.elsewhere.like(case)
    return other and {**_published(other), "prefecture": PREFECTURES_BY_CODE[other.prefecture_code]}


def _published(other):
    return {"case_id": other.case_id, "name": other.name, "seen": other.case_id}


QUESTIONS = (
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
        "participants_have_figures",
        WARNING,
        ("participants",),
        _(
            "%(bodies)sの人口か職員数（%(year)s年の統計）がないため、公表する規模に入りません。別の団体と選び間違えていないか確かめてください。"
        ),
        _("人口と職員数の統計がある団体"),
        _without_figures,
        "3-2",
    ),
    Rule(
        "participants_remain",
        WARNING,
        ("participants", "case_id"),
        _(
            "公表済みの事例（%(edition)s版）に参加していた%(bodies)sが、参加団体にありません。参加が続いていれば、加えてください。"
        ),
        _("公表済みの事例の参加団体すべて、または参加をやめた団体だけを外す"),
        _participants_left,
    ),
    Rule(
        "introduced_already",
        WARNING,
        ("introduced_on", "introduction_basis"),
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
        lambda case, context: case.name.endswith((COPY_MARK.ja, COPY_MARK.en)),
    ),
    Rule(
        "names_differ",
        WARNING,
        ("name", "system_type", "participants"),
        _(
            "整理番号%(number)sの「%(name)s」と、種類も案件名もほとんど同じです。同じ調達であれば、どちらかを削除してください。"
        ),
        _("同じ調達は1件"),
        _same_name,
    ),
    Rule(
        "participants_differ",
        WARNING,
        ("participants", "system_type"),
        _(
            "整理番号%(number)sの「%(name)s」と、種類が同じで参加団体もほとんど同じです。同じ調達であれば、どちらかを削除してください。"
        ),
        _("同じ調達は1件"),
        _same_participants,
    ),
    Rule(
        "published_case_is_continued",
        WARNING,
        ("case_id", "system_type", "name", "participants"),
        _(
            "公表済みの事例%(case_id)s「%(name)s」と、種類と、案件名か参加団体がほとんど同じです。その続きであれば、事例番号を選んでください。"
        ),
        _("続きの事例の番号、または空欄"),
        _continues_a_case,
    ),
    Rule(
        "no_other_prefecture_published_it",
        WARNING,
        ("name", "system_type", "participants"),
        _(
            "%(prefecture)sが公表した事例%(case_id)s「%(name)s」と、種類と、案件名か参加団体がほとんど同じです。同じ調達であれば、どちらの都道府県が回答するか相談してください。"
        ),
        _("1つの調達は1つの都道府県が回答"),
        _published_elsewhere,
    ),
)
