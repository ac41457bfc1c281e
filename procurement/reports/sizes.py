"""Cases by how large they are (definitions 3-1 to 3-3), on scales of our own."""

from django.utils.translation import gettext_lazy

from ..definitions.sizes import PARTICIPANT_COUNTS, POPULATIONS, STAFF
from .categories import scale_report
from .findings import most_frequent, most_frequent_of_all
from .report import Report

PARTICIPANT_COUNT_SIZES = Report(
    slug="participant-counts",
    title=gettext_lazy("参加自治体数別の件数（件）"),
    lead=gettext_lazy("1件の共同調達に参加する市区町村の数を示します。"),
    # The number of municipalities is always known, so there is no データなし here.
    tabulate=scale_report(
        field="participant_count",
        parameter="participants",
        scale=PARTICIPANT_COUNTS,
        corner=gettext_lazy("参加自治体数"),
        may_be_missing=False,
    ),
    finding=most_frequent_of_all,
    definitions=("1-1", "3-1"),
)
POPULATION_SIZES = Report(
    slug="population-sizes",
    title=gettext_lazy("人口規模別の件数（件）"),
    lead=gettext_lazy("参加する市区町村の人口の合計がどのくらいかを示します。"),
    tabulate=scale_report(
        field="population",
        parameter="population",
        scale=POPULATIONS,
        corner=gettext_lazy("人口規模"),
    ),
    finding=most_frequent,
    definitions=("1-1", "3-2"),
)
STAFF_SIZES = Report(
    slug="staff-sizes",
    title=gettext_lazy("職員規模別の件数（件）"),
    lead=gettext_lazy("参加する都道府県と市区町村の職員数の合計がどのくらいかを示します。"),
    tabulate=scale_report(
        field="staff",
        parameter="staff",
        scale=STAFF,
        corner=gettext_lazy("職員規模"),
    ),
    finding=most_frequent,
    definitions=("1-1", "3-3"),
)
