"""Which public pages will say something else, and why. Every page names its edition; that alone is not told."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..addresses import address_of
from ..definitions.others import OTHER
from ..definitions.prefectures import PREFECTURES_BY_CODE
from ..models import Participation
from ..words import joined
from .cases import summaries_of
from .compare import selection_of

NAMED = 3
"""So many cases a reason names."""
OF_REPORTS = {"status": "status", "system-types": "system_types", "prefectures": "prefectures"}
"""Reports that are on a page of their own, beside that of the report."""


@dataclass(frozen=True)
class Page:
    """`kind` groups pages: site, report, case, system_type, prefecture, municipality."""

    kind: str
    address: str
    title: str
    reason: str


def pages_of(comparison):
    """Every page whose content differs, site first, in seven more queries."""
    if comparison.is_empty:
        return ()
    touched = _touched(comparison)
    return (
        *_site_pages(comparison),
        *_report_pages(comparison),
        *_case_pages(comparison, touched),
        *_type_pages(comparison, touched),
        *_body_pages(comparison, touched),
    )


@dataclass(frozen=True)
class Touched:
    """Case ids by what shows the case: the slug of its type, a prefecture, a body."""

    types: dict
    prefectures: dict
    bodies: dict
    names: dict
    of_type: dict


def _touched(comparison):
    before, after = summaries_of(comparison.before), summaries_of(comparison.after)
    changes = comparison.cases
    ids = {one.case_id for one in (*changes.added, *changes.removed, *changes.changed)}
    types, prefectures, bodies, names, of_type = {}, {}, {}, {}, {}
    for summaries in (before, after):
        for case_id in ids & summaries.keys():
            types.setdefault(summaries[case_id].slug, set()).add(case_id)
            prefectures.setdefault(summaries[case_id].prefecture_code, set()).add(case_id)
    for edition in (comparison.before, comparison.after):
        for case_id, code, prefecture_code, name in _parts_of(edition, ids):
            bodies.setdefault(code, set()).add(case_id)
            prefectures.setdefault(prefecture_code, set()).add(case_id)
            names[code] = name
    for summary in after.values():
        of_type.setdefault(summary.slug, []).append(summary)
    return Touched(types, prefectures, bodies, names, of_type)


def _parts_of(edition, ids):
    """(case id, code, prefecture code, name) of who takes part in these cases."""
    parts = Participation.objects.filter(joint_procurement__edition=edition).order_by()
    names = ("joint_procurement__case_id", "local_government_id", "prefecture_code", "name")
    return (row for row in parts.values_list(*names).iterator(chunk_size=2000) if row[0] in ids)


def _site_pages(comparison):
    reason = _("数値または事例が変わるため")
    yield Page("site", address_of("overview"), _("トップページ"), reason)
    if comparison.cases.count:
        yield Page("site", address_of("cases"), _("事例の一覧"), reason)
    yield Page("site", address_of("data"), _("データとAPI"), _("版の一覧に新しい版が加わるため"))
    if comparison.answered or comparison.unanswered:
        yield Page("site", address_of("notes"), _("留意点"), _("回答した都道府県が変わるため"))


def _report_pages(comparison):
    for changes in comparison.reports:
        reason = _("%(count)s個の数値が変わるため") % {"count": len(changes.cells)}
        slug = changes.report.slug
        yield Page("report", address_of("report", slug), str(changes.report.title), reason)
        if slug in OF_REPORTS:
            yield Page("report", address_of(OF_REPORTS[slug]), str(changes.report.title), reason)


def _case_pages(comparison, touched):
    changes = comparison.cases
    for one in changes.added:
        yield _case_page(one, _("新しい事例"))
    for one in changes.removed:
        yield _case_page(one, _("最新の版からなくなる事例（前の版のページを示します）"))
    for one in changes.changed:
        yield _case_page(one.after, _("変わる項目：%(fields)s") % {"fields": joined(_fields_of(one))})
    told = {one.case_id for one in (*changes.added, *changes.removed, *changes.changed)}
    for slug in sorted(touched.types):
        for summary in touched.of_type.get(slug, ()):
            if summary.case_id not in told:
                yield _case_page(summary, _("同じ種類のほかの事例が変わるため"))


def _fields_of(changed):
    parts = changed.joined or changed.left or changed.altered
    return [line.label for line in changed.lines] + ([_("参加団体")] if parts else [])


def _case_page(summary, reason):
    return Page("case", address_of("case", summary.case_id), f"{summary.case_id} {summary.name}", reason)


def _type_pages(comparison, touched):
    before, after = selection_of(comparison.before), selection_of(comparison.after)
    known = {**before.types.by_slug, **after.types.by_slug}
    for slug, ids in sorted(touched.types.items()):
        yield Page("system_type", address_of("system_type", slug), str(known[slug]), _because_of(ids))
    if any(slug not in both.named_types for slug in touched.types for both in (before, after)):
        reason = _("1件だけの種類が変わるため")
        yield Page("system_type", address_of("system_type", OTHER), _("その他"), reason)


def _body_pages(comparison, touched):
    status = {one.code for one in (*comparison.answered, *comparison.unanswered)}
    for code in sorted({*touched.prefectures, *status}):
        ids = touched.prefectures.get(code)
        reason = _because_of(ids) if ids else _("回答の有無が変わるため")
        yield Page("prefecture", address_of("prefecture", code), str(PREFECTURES_BY_CODE[code].name), reason)
    for code, ids in sorted(touched.bodies.items()):
        yield Page("municipality", address_of("municipality", code), touched.names[code], _because_of(ids))


def _because_of(ids):
    named = joined(sorted(ids)[:NAMED])
    if len(ids) <= NAMED:
        return _("関係する事例：%(ids)s") % {"ids": named}
    return _("関係する事例：%(ids)sほか%(count)s件") % {"ids": named, "count": len(ids) - NAMED}
