"""The rates of a round beside those of the round before: a chart, its finding in a sentence, its table."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from procurement.charts import BLUE_900, GRAY_600, GRID, TEXT
from surveys.rates import Rates, rates_of, round_before

ROOM = 3
"""Days after the last, for the number that is printed at the end of a line."""


@dataclass(frozen=True)
class RatesShown:
    """`rows` are (day of the round, its date, cells) of the days on which something changes, and of the marked ones."""

    title: str
    finding: str
    chart: dict
    headings: tuple[str, ...]
    rows: tuple

    @property
    def chart_label(self):
        return _("%(title)s。%(finding)s") % {"title": self.title, "finding": self.finding}


def rates_shown(round_):
    """`None` before the first day of the survey."""
    now = rates_of(round_) if round_.survey else None
    if now is None or now.last_day < 0:
        return None
    earlier = round_before(round_)
    before = rates_of(earlier) if earlier else None
    return RatesShown(
        title=_("開始からの日数別の提出率と期限内提出率（%）"),
        finding=_finding(now, before),
        chart=_chart(now, before),
        headings=tuple(label for rates in filter(None, (now, before)) for label in _labels(rates)),
        rows=tuple(_row(day, now, before) for day in _days_told(now, before)),
    )


def _labels(rates):
    year = {"year": rates.survey.fiscal_year}
    return (_("%(year)s年度 提出率") % year, _("%(year)s年度 期限内提出率") % year)


def _finding(now, before):
    reported, on_time = now.on(now.last_day)
    words = {"day": now.last_day, "share": now.share(reported), "count": reported, "of": now.of}
    words |= {"on_time": now.share(on_time)}
    told = (
        _("開始から%(day)s日で、提出率は%(share)s%%（%(of)sのうち%(count)s）、期限内は%(on_time)s%%です。")
        % words
    )
    then = before and before.on(min(now.last_day, before.last_day))
    if not then:
        return told
    words = {"year": before.survey.fiscal_year, "share": before.share(then[0])}
    return told + _("%(year)s年度の同じ日は%(share)s%%でした。") % words


def _days_told(now, before):
    """The first and the last day, the deadlines, and each day on which a number changes."""
    marked = {0, now.last_day}
    for rates in filter(None, (now, before)):
        marked |= {rates.day_of_deadline, rates.last_day}
        marked |= {day for day in range(1, rates.last_day + 1) if rates.on(day) != rates.on(day - 1)}
    last = max(rates.last_day for rates in filter(None, (now, before)))
    return sorted(day for day in marked if 0 <= day <= last)


def _row(day, now, before):
    cells = [cell for rates in filter(None, (now, before)) for cell in _cells(rates, day)]
    return day, now.survey.opened_on + datetime.timedelta(day), cells


def _cells(rates, day):
    counts = rates.on(day) or (None, None)
    return [
        "" if count is None else _("%(share)s%%（%(count)s）") % {"share": rates.share(count), "count": count}
        for count in counts
    ]


def _chart(now, before):
    last = max(rates.last_day for rates in filter(None, (now, before)))
    days = range(max(last, now.day_of_deadline) + 1 + ROOM)
    lines = [*_lines(now, BLUE_900, days), *(_lines(before, GRAY_600, days) if before else ())]
    numbers = {"beginAtZero": True, "max": 100, "ticks": {"color": TEXT}, "grid": {"color": GRID}}
    names = {"grid": {"display": False}, "ticks": {"color": TEXT, "maxTicksLimit": 12, "maxRotation": 0}}
    # Without height the box of a legend is its line, whole or broken.
    legend = {"labels": {"color": TEXT, "boxWidth": 32, "boxHeight": 0}}
    return {
        "type": "line",
        "data": {"labels": [_("%(day)s日") % {"day": day} for day in days], "datasets": lines},
        "options": {
            "responsive": True,
            "maintainAspectRatio": False,
            "animation": False,
            "scales": {"x": names, "y": numbers},
            "plugins": {"legend": legend, "kc": {"noDataRows": [], "noData": ""}},
        },
    }


def _lines(rates: Rates, colour, days):
    """All that came in as a whole line, what came in time as a broken one."""
    series = zip(_labels(rates), (rates.reported, rates.on_time), ([], [6, 4]), strict=True)
    return [
        {
            "type": "line",
            "label": label,
            "data": [rates.share(counts[day]) if day < len(counts) else None for day in days],
            "borderColor": colour,
            "backgroundColor": colour,
            "borderDash": dash,
            "pointRadius": 0,
            "stepped": True,
        }
        for label, counts, dash in series
    ]
