"""What each prefecture leads: cases, participating municipalities, and system types."""

from django.db.models import Count, F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..definitions.choices import MUNICIPALITY_KINDS, Domain
from ..definitions.others import OTHER
from ..definitions.prefectures import PREFECTURES
from ..models import Participation
from ..tabulation import Label, Tabulation
from ..words import quoted
from .categories import counts_by
from .findings import leading, named, nothing
from .report import BODIES_UNIT, CASES, CASES_UNIT, Report
from .types import type_text

MUNICIPALITIES = Label("municipalities", gettext_lazy("参加市区町村数"), query=None, unit=BODIES_UNIT)


def prefecture_rows():
    """The 47 in code order."""
    return tuple(
        Label(prefecture.code, prefecture.name, query={"prefecture": [prefecture.code]})
        for prefecture in PREFECTURES
    )


def answered(selection):
    """The prefectures the edition knows of: of these, no case means 0; of the others there are no data."""
    if selection.edition is None:
        return []
    return [prefecture.code for prefecture in PREFECTURES if prefecture.code not in selection.unanswered]


def tabulate(selection):
    """Rows: the 47. Columns: cases they lead, and their municipalities that take part in any case in view."""
    counts = counts_by(selection.cases, F("prefecture_code"))
    municipalities = municipalities_by_prefecture(selection)
    cells = {}
    for code in answered(selection):
        cells[code, CASES.code] = counts.get(code, 0)
        cells[code, MUNICIPALITIES.code] = 0
    # Municipalities of a prefecture that has not answered may take part in the cases of others.
    cells |= {(code, MUNICIPALITIES.code): count for code, count in municipalities.items()}
    return Tabulation(
        corner=gettext_lazy("都道府県"),
        rows=prefecture_rows(),
        columns=(CASES, MUNICIPALITIES),
        cells=cells,
        unit=CASES_UNIT,
    )


def municipalities_by_prefecture(selection):
    """Distinct municipalities of each prefecture that take part in the cases in view, whoever leads them."""
    parts = Participation.objects.filter(
        joint_procurement__in=selection.cases.order_by(), kind__in=MUNICIPALITY_KINDS
    )
    distinct = Count("local_government", distinct=True)
    return dict(parts.order_by().values_list("prefecture_code").annotate(count=distinct))


def finding(tabulation):
    """Who leads most cases, and how many prefectures have one."""
    rows, highest = leading(tabulation, CASES)
    if not rows:
        return nothing()
    with_cases = sum(bool(count) for count in tabulation.values(CASES))
    text = _("%(prefectures)s都道府県に事例があり、最も多いのは%(rows)sの%(count)s件です。")
    return text % {"prefectures": with_cases, "rows": named(rows), "count": highest}


def tabulate_by_type(selection):
    """Rows: the 47. Columns: the system types in view, その他 last. Unanswered prefectures have no data."""
    counted = selection.cases_by_type.order_by().values_list("prefecture_code", "type_code")
    counts = {(prefecture, code): count for prefecture, code, count in counted.annotate(count=Count("pk"))}
    columns = _type_columns(selection, {code for _prefecture, code in counts})
    return Tabulation(
        corner=gettext_lazy("都道府県"),
        column_heading=gettext_lazy("システムの種類"),
        rows=prefecture_rows(),
        columns=columns,
        cells={
            (code, column.code): counts.get((code, column.code), 0)
            for code in answered(selection)
            for column in columns
        },
        unit=CASES_UNIT,
    )


def _type_columns(selection, codes):
    """In the order of the domains, the nationwide most frequent first."""
    groups = {domain.value: Label(domain.value, domain.label) for domain in Domain}
    groups_of = {slug: groups[found.domain] for slug, found in selection.types.by_slug.items()}
    return tuple(
        Label(code, type_text(selection, code), group=groups_of.get(code), query={"system_type": [code]})
        for code in [*groups_of, OTHER]
        if code in codes
    )


def finding_by_type(tabulation):
    """The cell with most cases."""
    cells = [
        (tabulation.cell(row, column) or 0, row, column)
        for column in tabulation.columns
        for row in tabulation.rows
        if column.code != OTHER
    ]
    highest = max((count for count, _row, _column in cells), default=0)
    if not highest:
        return nothing()
    pairs = [f"{row} {column}" for count, row, column in cells if count == highest]
    return _("最も多い組み合わせは%(pairs)sで、%(count)s件です。") % {
        "pairs": quoted(pairs[:3]) + (_("など") if len(pairs) > 3 else ""),
        "count": highest,
    }


PREFECTURE_CASES = Report(
    slug="prefectures",
    title=gettext_lazy("都道府県別の実施件数（件）と参加市区町村数（団体）"),
    lead=gettext_lazy("各都道府県が中心となった共同調達の件数と、参加している市区町村の数を示します。"),
    tabulate=tabulate,
    finding=finding,
    chart_columns=(CASES.code,),
    definitions=("1-1", "3-1"),
)
PREFECTURES_BY_SYSTEM_TYPE = Report(
    slug="prefectures-by-system-type",
    title=gettext_lazy("都道府県とシステムの種類別の実施件数（件）"),
    lead=gettext_lazy("どの都道府県が、どのシステムを共同調達しているかを示します。"),
    tabulate=tabulate_by_type,
    finding=finding_by_type,
    chart="stacked_bar",
    definitions=("1-1", "2-1"),
)
