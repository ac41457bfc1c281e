"""The sentences that say what a tabulation shows, computed from its cells."""

from django.utils.translation import gettext as _

from ..definitions.others import OTHER
from ..tabulation import NO_DATA
from ..words import quoted
from .report import CASES

UNRANKED = (OTHER, NO_DATA)


def nothing():
    return _("該当する事例はありません。")


def not_asked():
    return _("この年の調査では尋ねていないため、集計がありません。")


def leading(tabulation, column):
    """(the rows with the highest number, that number); その他 and データなし do not compete."""
    rows = [row for row in tabulation.rows if row.code not in UNRANKED and tabulation.cell(row, column)]
    highest = max((tabulation.cell(row, column) for row in rows), default=0)
    return [row for row in rows if tabulation.cell(row, column) == highest], highest


def named(rows):
    """Rows by name, each with its group where it has one."""
    return quoted(row if row.group is None else f"{row.group} {row}" for row in rows)


def most_frequent(tabulation):
    """Which row has most cases, out of how many with data, and how many lack data."""
    if tabulation.is_not_asked:
        return not_asked()
    rows, highest = leading(tabulation, CASES)
    if not rows:
        return nothing()
    return _(
        "最も多いのは%(rows)sで、データのある%(known)s件のうち%(count)s件です（データなし%(missing)s件）。"
    ) % {
        "rows": named(rows),
        "count": highest,
        **known_and_missing(tabulation),
    }


def most_frequent_of_all(tabulation):
    """Which row has most cases, where every case has data."""
    rows, highest = leading(tabulation, CASES)
    if not rows:
        return nothing()
    total = sum(count or 0 for count in tabulation.values(CASES))
    text = _("最も多いのは%(rows)sで、%(total)s件のうち%(count)s件です。")
    return text % {"rows": named(rows), "count": highest, "total": total}


def share_of_yes(tabulation):
    """How many of the cases with an answer say 有."""
    if tabulation.is_not_asked:
        return not_asked()
    counts = known_and_missing(tabulation)
    if not counts["known"] + counts["missing"]:
        return nothing()
    yes = tabulation.cell(tabulation.rows[0], CASES)
    return _("「有」は、データのある%(known)s件のうち%(yes)s件です（データなし%(missing)s件）。") % {
        **counts,
        "yes": yes,
    }


def known_and_missing(tabulation):
    counts = {row.code: tabulation.cell(row, CASES) or 0 for row in tabulation.rows}
    missing = counts.pop(NO_DATA, 0)
    return {"known": sum(counts.values()), "missing": missing}
