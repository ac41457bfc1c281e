"""The checks one after the other: each compares what should be with what is, and goes on to the end."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml.etree import LxmlError

from . import data_checks, file_checks, page_checks, report_checks
from .open_data import read_open_data
from .sources import MANIFEST, Absent

UNREADABLE = (Absent, ArithmeticError, BadZipFile, LookupError, LxmlError, TypeError, ValueError, OSError)
"""What reading something raises that is missing, or is not what it should be."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as the open data say: where, what of it, what it should be and what it is."""

    where: str
    what: str
    expected: object
    found: object


@dataclass(frozen=True)
class Outcome:
    """One check: how much it compared, and what it found."""

    title: str
    compared: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Check:
    """`comparisons(source, data, manifest)` gives (where, what, expected, found) of everything it looks at."""

    title: object
    comparisons: Callable
    needs_site: bool = False


CHECKS = (
    Check(gettext_lazy("目録とファイルの検査値"), file_checks.manifest),
    Check(gettext_lazy("コード、切捨て、参照、参加団体"), data_checks.open_data),
    Check(gettext_lazy("Excel、JSON、英語のファイル"), file_checks.other_forms),
    Check(gettext_lazy("集計のファイル"), report_checks.files),
    Check(gettext_lazy("集計のページと図"), report_checks.pages),
    Check(gettext_lazy("図のデータ"), report_checks.charts, needs_site=True),
    Check(gettext_lazy("API"), report_checks.api, needs_site=True),
    Check(gettext_lazy("そのほかのページ"), page_checks.pages),
    Check(gettext_lazy("事例のページ"), page_checks.cases),
)


def verify(source, edition, *, tick=lambda: None):
    """An Outcome per check of the edition of this name, as they are done; none without readable open data."""
    try:
        manifest = json.loads(source.get(MANIFEST))
        if manifest["edition"] != edition:
            raise ValueError(manifest["edition"])
        data = read_open_data(source, manifest["unanswered_prefectures"], manifest.get("not_asked", ()))
    except UNREADABLE as error:
        yield Outcome(_("公開データを読む"), 1, (_unreadable(_("公開データ"), error),))
        return
    for check in CHECKS:
        if source.has_api or not check.needs_site:
            yield _outcome(check, source, data, manifest, tick)


def _outcome(check, source, data, manifest, tick):
    compared, findings = 0, []
    try:
        for where, what, expected, found in check.comparisons(source, data, manifest):
            compared += 1
            tick()
            if expected != found:
                findings.append(Finding(where, what, expected, found))
    except UNREADABLE as error:
        findings.append(_unreadable(str(check.title), error))
    return Outcome(str(check.title), compared, tuple(findings))


def _unreadable(where, error):
    return Finding(where, _("読むこと"), _("読める"), f"{type(error).__name__}: {error}")
