"""The reports in the order of the site. A new one is listed here, and everything renders it."""

from .answers import ENVIRONMENTS, PREFECTURE_COSTS, SUBSIDIES
from .costs import ANNUAL_OPERATING_COSTS, INITIAL_COSTS
from .introductions import INTRODUCTIONS
from .key_figures import KeyFigures, key_figures
from .prefectures import PREFECTURE_CASES, PREFECTURES_BY_SYSTEM_TYPE
from .report import Report
from .sizes import PARTICIPANT_COUNT_SIZES, POPULATION_SIZES, STAFF_SIZES
from .status import STATUS
from .system_types import SYSTEM_TYPES

REPORTS = (
    STATUS,
    SYSTEM_TYPES,
    INTRODUCTIONS,
    ENVIRONMENTS,
    PREFECTURE_COSTS,
    SUBSIDIES,
    INITIAL_COSTS,
    ANNUAL_OPERATING_COSTS,
    PARTICIPANT_COUNT_SIZES,
    POPULATION_SIZES,
    STAFF_SIZES,
    PREFECTURE_CASES,
    PREFECTURES_BY_SYSTEM_TYPE,
)
REPORTS_BY_SLUG = {report.slug: report for report in REPORTS}

__all__ = ["REPORTS", "REPORTS_BY_SLUG", "KeyFigures", "Report", "key_figures"]
