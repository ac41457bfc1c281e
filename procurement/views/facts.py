"""The facts of a case as people read them: label, value, remark, definition."""

from dataclasses import dataclass, replace
from itertools import groupby

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..addresses import address_of
from ..definitions.choices import YesNo
from ..definitions.glossary import definition_for
from ..definitions.missing import NOT_ASKED
from ..definitions.prefectures import PREFECTURES_BY_CODE
from ..models import JointProcurement

TEXTS = ("background", "process", "benefits", "challenges")


@dataclass(frozen=True)
class Fact:
    """`value` is `None` for no data, and `missing` says why where the question was not asked; `is_japanese` marks what prefectures wrote, which is never translated."""

    name: str
    value: str | None
    url: str = ""
    remark: str = ""
    is_japanese: bool = False
    leaves_site: bool = False
    footnotes: tuple[str, ...] = ()
    missing: str = ""

    @property
    def label(self):
        return JointProcurement._meta.get_field(self.name).verbose_name

    @property
    def definition(self):
        return definition_for(self.name)


def facts_of(case, *, edition="", not_asked=()):
    """In the order of the page, each with its footnotes; texts stand apart (`texts_of`).

    `not_asked` are the facts that the survey of the year left out.
    """
    return tuple(
        replace(fact, footnotes=footnotes_at(case, fact.name), missing=_missing(fact.name, not_asked))
        for fact in _facts(case, edition=edition)
    )


def footnotes_at(case, name):
    """What the prefecture says about a fact, in its own words."""
    return tuple(footnote["text"] for footnote in case.footnotes if footnote["field"] == name)


def _facts(case, *, edition):
    slug = case.system_type_slug
    type_url = address_of("system_type", slug, edition=edition) if slug else ""
    prefecture_url = address_of("prefecture", case.prefecture_code, edition=edition)
    return (
        Fact("system_type", case.system_type_label, url=type_url),
        Fact("domain", case.get_domain_display()),
        Fact("prefecture_code", str(case.prefecture), url=prefecture_url),
        Fact("participant_count", _municipalities(case.participant_count)),
        Fact("population", _text(case.population_label), remark=_incomplete(case.population_is_complete)),
        Fact("staff", _text(case.staff_label), remark=_incomplete(case.staff_is_complete)),
        Fact("initial_cost_bracket", _text(case.initial_cost)),
        Fact("annual_operating_cost_bracket", _text(case.annual_operating_cost)),
        Fact("introduced_on", month_in_words(case.introduced_on), remark=_basis(case)),
        Fact("environment", case.get_environment_display()),
        Fact("prefecture_bears_cost", yes_or_no(case.prefecture_bears_cost)),
        Fact("subsidy_used", yes_or_no(case.subsidy_used)),
        *_subsidy_name(case),
        Fact("specification", case.get_specification_display()),
        *_specification_access(case),
        Fact("contact_department", case.contact_department or None, is_japanese=True),
    )


def texts_of(case, *, not_asked=()):
    return tuple(
        Fact(name, getattr(case, name) or None, is_japanese=True, missing=_missing(name, not_asked))
        for name in TEXTS
    )


def _missing(name, not_asked):
    return str(NOT_ASKED) if name in not_asked else ""


def participants_by_prefecture(parts):
    """(prefecture, its participations) in code order, of one case."""
    found = sorted(parts, key=lambda part: (part.prefecture_code, part.local_government_id))
    for code, parts in groupby(found, key=lambda part: part.prefecture_code):
        yield PREFECTURES_BY_CODE[code], list(parts)


def month_in_words(month):
    return None if month is None else date_format(month, "YEAR_MONTH_FORMAT")


def yes_or_no(value):
    """有 or 無; no data stays `None`."""
    return None if value is None else str(YesNo(YesNo.code_for(value)).label)


def _municipalities(number):
    text = ngettext("%(number)s団体", "%(number)s団体", number)
    return text % {"number": intcomma(number)}


def _text(label):
    return None if label is None else str(label)


def _basis(case):
    if case.introduced_on is None or case.introduction_basis is None:
        return ""
    return _("根拠：%(basis)s") % {"basis": case.get_introduction_basis_display()}


def _incomplete(is_complete):
    return "" if is_complete else _("統計のない団体を除いた合計です")


def _subsidy_name(case):
    return (Fact("subsidy_name", case.subsidy_name, is_japanese=True),) if case.subsidy_name else ()


def _specification_access(case):
    """Where the specification can be found and on what condition it is shared, if it says so."""
    address, condition = case.specification_address, case.specification_condition
    if address:
        yield Fact("specification_address", address, url=address, leaves_site=True)
    if condition:
        yield Fact("specification_condition", condition, is_japanese=True)
