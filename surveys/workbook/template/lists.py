"""The code lists, one table a sheet; the first column of each is what a cell of the data sheets may hold."""

from procurement.definitions.choices import Environment, IntroductionBasis, Kind, Specification, YesNo
from procurement.models import JointProcurement, LocalGovernment, SystemType

from ..columns import LIST_SHEETS

CHOICES = {
    "yes_no": YesNo,
    "introduction_basis": IntroductionBasis,
    "environment": Environment,
    "specification": Specification,
}


def write_lists(book, submission):
    own = submission.prefecture_code
    _write(book, "system_types", ("名称", "領域", "識別子"), _system_types(), widths=(36, 16, 36))
    for name, choices in CHOICES.items():
        rows = [(str(choice.label), choice.value) for choice in choices]
        _write(book, name, ("選択肢", "コード"), rows, widths=(40, 20))
    headings = ("団体コード", "団体名", "都道府県", "種別", "かな", "廃止日")
    _write(book, "bodies", headings, _bodies(own), widths=(12, 30, 12, 18, 36, 12))
    _write(book, "cases", ("事例番号", "案件名", "最後に公表した版"), _cases(own), widths=(12, 60, 18))


def _write(book, name, headings, rows, *, widths):
    sheet, rows = LIST_SHEETS[name], list(rows)
    book.add_table(sheet, headings, rows, widths=widths)
    book.workbook.define_name(sheet, f"='{sheet}'!$A$2:$A${max(len(rows), 1) + 1}")


def _system_types():
    for kind in SystemType.objects.order_by("order", "slug"):
        yield kind.name, kind.get_domain_display(), kind.slug


def _bodies(own):
    """Every body, those of the prefecture first."""
    kinds = {code: str(label) for code, label in Kind.choices}
    bodies = LocalGovernment.objects.order_by("code").defer("search")
    for body in sorted(bodies, key=lambda body: body.prefecture_code != own):
        abolished = body.abolished_on.isoformat() if body.abolished_on else None
        yield body.code, body.name, body.prefecture.name.ja, kinds[body.kind], body.kana, abolished


def _cases(own):
    """Every case this prefecture ever published, as it was called last."""
    cases = JointProcurement.objects.filter(prefecture_code=own).select_related("edition")
    oldest_first = cases.order_by("edition__fiscal_year", "edition__revision")
    newest = {case.case_id: case for case in oldest_first}
    for case_id, case in sorted(newest.items()):
        yield case_id, case.name, case.edition.name
