"""The rules of the survey, each finding at the cell that it is about."""

from surveys.rules import Stated, findings_for

EXISTENCE = "participants_existed"
"""The rule about bodies that were abolished before the introduction: said at the row of each of them."""


class Ruling:
    """`entries` and `participants` are what the file says, `None` where it does not speak of them."""

    def __init__(self, context, entries, participants):
        self._context, self._entries, self._participants = context, entries, participants

    def findings(self, case):
        """What the rules find in a case and nobody has confirmed; not about what could not even be read."""
        number = case.entry.number
        for finding in findings_for(case, self._context):
            if (finding.is_error or finding.is_open) and not self._is_unreadable(number, finding.rule.fields):
                yield from self._placed(finding, case)

    def _is_unreadable(self, number, fields):
        of_participants = self._participants and self._participants.is_faulty(number)
        return bool(of_participants and "participants" in fields) or bool(
            self._entries and self._entries.is_faulty(number, fields)
        )

    def _placed(self, finding, case):
        rule, number = finding.rule, case.entry.number
        parts = self._participants.parts_of(number) if self._participants else ()
        if rule.id == EXISTENCE and parts:
            yield from self._abolished(rule, case, parts)
        elif self._entries is None and "participants" not in rule.fields:
            return  # a file that says nothing of it is no place to ask
        else:
            yield self._at_its_cell(finding, number)

    def _abolished(self, rule, case, parts):
        for part in parts:
            if params := rule.check(Stated(case.entry, (part.body,)), self._context):
                yield self._participants.at(
                    part.row,
                    "code",
                    str(rule.message) % params,
                    number=case.entry.number,
                    expected=str(rule.expected),
                    rule=rule.id,
                )

    def _at_its_cell(self, finding, number):
        """At the first field of the rule that the file has a cell for, else at the number of the case."""
        rule, details = finding.rule, _details(finding)
        for field in rule.fields:
            if field == "participants" and self._participants and number in self._participants.rows:
                row = self._participants.rows[number]
                return self._participants.at(row, "code", finding.message, number=number, **details)
            if self._entries and field in self._entries.headings.places:
                return self._entries.finding(number, field, finding.message, **details)
        return self._entries.finding(number, finding.field, finding.message, **details)


def _details(finding):
    """Drafts may be incomplete: what the rules find is asked, and keeps no row out."""
    rule = finding.rule
    return {
        "expected": str(rule.expected),
        "severity": rule.severity,
        "blocks": False,
        "rule": rule.id,
        "field": finding.field,
    }
