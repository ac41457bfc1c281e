import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from procurement.definitions.local_governments import check_digit
from procurement.importing import ImportRefused
from procurement.importing.staff import import_staff
from procurement.models import LocalGovernment, LocalGovernmentStatistics

from .files import STAFF_HEADER, STAFF_LINES, write_csv, write_xlsx

pytestmark = pytest.mark.django_db

ANOTHER = "39499" + check_digit("39499")


def the_file(tmp_path, lines=STAFF_LINES, *, before=()):
    return write_csv(tmp_path / "staff.csv", [*before, STAFF_HEADER, *lines])


def kochi(path, year=2022):
    return import_staff(path, year=year, prefecture_code="39")


def line(name, employees):
    return (name, 1, 1, 2, 0, 0, 0, 2, 0, employees)


def with_line(name, employees=0):
    return (*STAFF_LINES[:-1], line(name, employees), STAFF_LINES[-1])


def statistics(code, year=2022):
    return LocalGovernmentStatistics.objects.get(local_government=code, year=year)


def test_employees_are_stored_with_day_and_source(tmp_path):
    kochi(the_file(tmp_path))
    city = statistics("392014")
    assert (city.staff, f"{city.staff_as_of}", city.is_sample) == (2700, "2022-04-01", False)
    assert city.staff_source == "総務省「地方公共団体定員管理調査」"


def test_residents_of_the_same_year_stay(tmp_path):
    before = statistics("392014").population
    kochi(the_file(tmp_path))
    assert statistics("392014").population == before


def test_official_figures_replace_sample_figures(tmp_path):
    LocalGovernmentStatistics.objects.filter(local_government="392014").update(staff=1, is_sample=True)
    kochi(the_file(tmp_path))
    assert (statistics("392014").staff, statistics("392014").is_sample) == (2700, False)


@pytest.mark.parametrize(
    ("code", "employees"), [("392022", 190), ("394050", 85), ("393011", 60), ("398829", 20)]
)
def test_spaces_glyphs_districts_and_associations_are_matched(tmp_path, code, employees):
    kochi(the_file(tmp_path))
    assert statistics(code).staff == employees


def test_what_was_matched_and_dropped_is_named(tmp_path):
    imported = kochi(the_file(tmp_path))
    assert (imported.bodies, imported.total, imported.written) == (5, 3060, 5)
    assert (imported.dropped, imported.subtotals) == (("どこにもない組合",), ("市計",))
    assert "安芸市" in imported.absent


def test_the_second_import_changes_nothing(tmp_path):
    kochi(the_file(tmp_path))
    assert kochi(the_file(tmp_path)).written == 0


def test_a_year_without_residents_gets_a_row_of_its_own(tmp_path):
    kochi(the_file(tmp_path), year=2019)
    assert (statistics("392014", 2019).staff, statistics("392014", 2019).population) == (2700, None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_a_csv_is_read_in_either_encoding(tmp_path, encoding):
    # cp932 has no half-width problem, but it lacks some glyphs: those of this file it has.
    path = write_csv(tmp_path / "staff.csv", [STAFF_HEADER, *STAFF_LINES], encoding=encoding)
    assert kochi(path).bodies == 5


def test_a_workbook_is_read(tmp_path):
    assert kochi(write_xlsx(tmp_path / "staff.xlsx", [STAFF_HEADER, *STAFF_LINES])).bodies == 5


@pytest.mark.parametrize("figure", ["-", "***", "－"])
def test_a_figure_that_is_not_given_is_no_data(tmp_path, figure):
    kochi(the_file(tmp_path, with_line("安芸市", figure)))
    assert statistics("392031").staff is None


def test_zero_employees_are_zero(tmp_path):
    kochi(the_file(tmp_path, with_line("安芸市", 0)))
    assert statistics("392031").staff == 0


def test_a_sum_that_differs_from_the_printed_total_is_refused_and_nothing_is_written(tmp_path):
    path = the_file(tmp_path, (*STAFF_LINES[:-1], line("合計", 3061)))
    with pytest.raises(CommandError) as refusal:
        call_command("import_staff", path, year=2022, prefecture="39")
    assert str(refusal.value) == (
        "各団体の合計3,060人が、ファイルの合計3,061人と一致しません（差-1人）。何も登録していません。"
    )
    assert not LocalGovernmentStatistics.objects.filter(staff__isnull=False).exists()


def test_every_municipality_that_cannot_be_matched_is_named_in_the_refusal(tmp_path):
    lines = (*with_line("存在しない市")[:-1], line("大阪市", 0), STAFF_LINES[-1])
    with pytest.raises(ImportRefused) as refusal:
        kochi(the_file(tmp_path, lines))
    assert "9行目 存在しない市：この都道府県にありません" in str(refusal.value)
    assert "10行目 大阪市：この都道府県にありません" in str(refusal.value)
    assert not LocalGovernmentStatistics.objects.filter(staff__isnull=False).exists()


def test_a_name_that_two_bodies_have_is_refused(tmp_path):
    LocalGovernment.objects.create(code=ANOTHER, kind="town", prefecture_code="39", name="檮原町")
    with pytest.raises(ImportRefused, match="5行目 檮原町：2団体が当てはまります"):
        kochi(the_file(tmp_path))


def test_a_body_that_was_abolished_by_then_is_not_taken_for_another(tmp_path):
    other = {"kind": "town", "prefecture_code": "39", "name": "檮原町", "abolished_on": "2022-04-01"}
    LocalGovernment.objects.create(code=ANOTHER, **other)
    assert kochi(the_file(tmp_path)).bodies == 5


def test_two_lines_for_one_body_are_refused(tmp_path):
    with pytest.raises(ImportRefused, match="9行目 高知市：高知市が2回あります"):
        kochi(the_file(tmp_path, with_line("高知市")))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (STAFF_LINES[:-1], "「合計」の行が見つからない"),
        ((*STAFF_LINES, STAFF_LINES[-1]), "「合計」の行が見つからない"),
        (with_line("安芸市", "約300"), "9行目（安芸市）の合計が読めません。"),
        (with_line("安芸市", "1.5"), "9行目（安芸市）の合計が読めません。"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused(tmp_path, lines, message):
    with pytest.raises(ImportRefused) as refusal:
        kochi(the_file(tmp_path, lines))
    assert message in str(refusal.value)


def test_a_table_of_another_year_is_refused(tmp_path):
    before = [("第１表　団体別職員数（令和５年４月１日）",)]
    with pytest.raises(ImportRefused, match="令和5年4月1日の職員数ですが、2022年が"):
        kochi(the_file(tmp_path, before=before))


def test_the_prefecture_has_to_be_one_of_the_47(tmp_path):
    with pytest.raises(CommandError):
        call_command("import_staff", str(the_file(tmp_path)), "--year", "2022", "--prefecture", "48")


def test_the_report_names_what_was_left_out_and_why(tmp_path, capsys):
    call_command("import_staff", the_file(tmp_path), year=2022, prefecture="39")
    printed = capsys.readouterr().out
    assert "2022年4月1日の職員数、高知県：5団体を照合しました。" in printed
    assert "除外：団体一覧にない一部事務組合など（1）どこにもない組合" in printed
