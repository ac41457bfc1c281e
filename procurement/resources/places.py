"""Where in a file something is wrong, and what should stand there."""

import difflib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from ..words import joined


@dataclass(frozen=True)
class Problem:
    """`place` is データ!C5 in a workbook and C5 in a file of one table; without a `heading` the row as a whole."""

    place: str
    heading: str
    value: str
    message: str
    expected: str


def problems_in(result, dataset, *, expected):
    """Everything that is wrong, row by row and each row from left to right; `expected` is in words by heading."""
    columns = {heading: get_column_letter(place) for place, heading in enumerate(dataset.headers, 1)}
    sheet = f"{dataset.title}!" if dataset.title else ""
    for row in result.invalid_rows:
        said = {
            heading: row.field_specific_errors[heading] for heading in columns if heading in row.error_dict
        }
        others = [
            message
            for heading, messages in row.error_dict.items()
            if heading not in said
            for message in messages
        ]
        for heading, messages in said.items():
            for message in messages:
                yield Problem(
                    f"{sheet}{columns[heading]}{row.number + 1}",
                    heading,
                    str(dataset[heading][row.number - 1]),
                    message,
                    expected.get(heading, ""),
                )
        for message in others:
            yield Problem(f"{sheet}A{row.number + 1}", "", "", message, "")


def nearest(heading, known):
    """Known headings that look like this one, most similar first."""
    return difflib.get_close_matches(heading[:100], known, n=2, cutoff=0.5)


def with_nearest(heading, known):
    """A heading with those that may be meant: 人口数（「人口」でしょうか）."""
    near = nearest(heading, known)
    if not near:
        return heading
    return _("%(heading)s（近い見出し：%(near)s）") % {"heading": heading, "near": joined(near)}
