"""What the page of an upload shows, in words: made when the file is read, kept with the upload.

`mark` stands for the whole of it: taking in is asked for by the mark, so that nobody takes in what they have
not seen.
"""

import dataclasses
import hashlib
import json

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.words import bodies_in_words, joined

from .models import Entry
from .wording import SHOWN, label_of, words_for
from .workbook.report import CellFinding

FEW = 5
"""So many cells are put right on screen sooner than in the file."""
FIGURES = {
    "read": gettext_lazy("読んだ行"),
    "new": gettext_lazy("新しい件"),
    "changed": gettext_lazy("変わる件"),
    "unchanged": gettext_lazy("変わらない件"),
    "missing": gettext_lazy("ファイルにない件"),
    "in_error": gettext_lazy("取り込めない行"),
}
"""The key figures among the `counts` of a result."""


def result_of(plan):
    """A plan as JSON: `counts`, `findings`, `changes` (entry by entry, field by field), `missing`, `mark`."""
    result = {
        "counts": _counts(plan),
        "findings": [_plain(finding) for finding in plan.findings],
        "changes": [_change(each) for each in plan.good if each.is_new or each.changed],
        "missing": _missing(plan),
    }
    return {**result, "mark": _mark(result)}


def _mark(result):
    mark = hashlib.sha256(json.dumps(result["counts"]).encode())
    for part in (*result["findings"], *result["changes"], *result["missing"]):
        mark.update(json.dumps(part).encode())
    return mark.hexdigest()


def _plain(finding):
    """Its values, words of the active language instead of those that are translated when shown."""
    values = {field.name: getattr(finding, field.name) for field in dataclasses.fields(finding)}
    return {name: str(value) if isinstance(value, Promise) else value for name, value in values.items()}


def findings_in(result):
    """The findings as the reader made them."""
    return [CellFinding(**found) for found in result["findings"]]


def figures_of(result):
    """(label, value, unit, definition) as the component of key figures takes them."""
    counts = result.get("counts")
    return [(label, counts[name], "", "") for name, label in FIGURES.items()] if counts else []


def has_good(result):
    """Whether something can be taken in: a change, or the deletion of what the file does not name."""
    missing_only = result.get("missing") and not _blocking(result)
    return bool(result.get("changes") or missing_only)


def is_sooner_on_screen(result):
    """Few cells keep rows out, and all of those rows are entries that can be opened on screen."""
    blocking = _blocking(result)
    return len(blocking) <= FEW and all(found["entry"] for found in blocking)


def advice_for(result):
    """Which way to put it right is the better one, and why."""
    if is_sooner_on_screen(result) and not has_good(result):
        return _(
            "おすすめ：画面で直す。このファイルから取り込むものはほかになく、直すところも少ないので、送り直すより早く終わります。"
        )
    if is_sooner_on_screen(result):
        return _(
            "おすすめ：読み取れた行だけを取り込み、残りは画面で直す。直すところが少なく、どの件も画面にあるので、送り直すより早く終わります。"
        )
    if len(_blocking(result)) <= FEW:
        return _(
            "おすすめ：ファイルを直して、もう一度送る。まだ画面にない件の行が取り込めないため、画面ではその件を初めから書くことになります。"
        )
    return _(
        "おすすめ：ファイルを直して、もう一度送る。直すところが%(few)sか所より多いので、Excelでまとめて直すほうが早く終わります。"
    ) % {"few": FEW}


def _blocking(result):
    return [found for found in result.get("findings", ()) if found["blocks"]]


def _counts(plan):
    return {
        "read": plan.rows_read,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": len(plan.unchanged),
        "missing": len(plan.missing),
        "in_error": plan.rows_in_error,
        "blocking": len(plan.blocking),
        "errors": len(plan.errors),
    }


def _change(proposal):
    """One entry: every answer of a new one, what differs in one that is stored."""
    names = SHOWN if proposal.is_new else proposal.changed
    fields = [(label_of(name), *_before_and_after(proposal, name)) for name in names]
    return {
        "number": proposal.entry.number,
        "name": str(proposal.entry),
        "is_new": proposal.is_new,
        "fields": [row for row in fields if row[1] or row[2]],
    }


def _before_and_after(proposal, name):
    if name == "participants":
        return _bodies(proposal.before, proposal.participants)
    before = words_for(proposal.stored, name, participants=()) if proposal.stored else ""
    return before, words_for(proposal.entry, name, participants=())


def _bodies(before, after):
    """How many, and which join or leave."""
    known, kept = set(before), set(after)
    joining = [body for body in after if body not in known]
    leaving = [body for body in before if body not in kept]
    words = [
        bodies_in_words(len(after)),
        *([_("加わる：%(names)s") % {"names": joined(joining)}] if joining else []),
        *([_("外れる：%(names)s") % {"names": joined(leaving)}] if leaving else []),
    ]
    return bodies_in_words(len(before)) if before else "", "\n".join(words)


def _missing(plan):
    """Entries that the file does not name, each in the version in which it was not named."""
    named = Entry.objects.filter(submission=plan.submission, number__in=plan.missing)
    return [
        {"pk": entry.pk, "number": entry.number, "name": str(entry), "version": plan.versions.get(entry.pk)}
        for entry in named.in_number_order()
    ]
