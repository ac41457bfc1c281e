from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from procurement.definitions.choices import MUNICIPALITY_KINDS as MUNICIPALITIES
from procurement.importing import ImportRefused
from procurement.importing.population import import_population
from procurement.models import LocalGovernment, LocalGovernmentStatistics

from .files import POPULATION_LINES, population_rows, write_csv, write_xlsx

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data"


def the_file(tmp_path, **changes):
    return write_xlsx(tmp_path / "population.xlsx", population_rows(**changes))


def residents(code, year=2022):
    return LocalGovernmentStatistics.objects.get(local_government=code, year=year).population


def replaced(code, *line):
    """The lines with the one of this code replaced (by none, one or more)."""
    index = next(index for index, old in enumerate(POPULATION_LINES) if old[0] == code)
    return (*POPULATION_LINES[:index], *line, *POPULATION_LINES[index + 1 :])


@pytest.fixture
def without_figures(db):
    LocalGovernmentStatistics.objects.all().delete()


def test_residents_of_known_bodies_are_stored_with_day_and_source(tmp_path, without_figures):
    import_population(the_file(tmp_path))
    sapporo = LocalGovernmentStatistics.objects.get(local_government="011002")
    assert (sapporo.year, sapporo.population) == (2022, 1_960_668)
    assert f"{sapporo.population_as_of}" == "2022-01-01"
    assert sapporo.population_source == "総務省「住民基本台帳に基づく人口、人口動態及び世帯数」"


def test_the_total_column_is_stored_and_not_the_sum_of_men_and_women(tmp_path, without_figures):
    import_population(the_file(tmp_path))
    assert residents("133621") == 327


def test_asterisks_are_no_data(tmp_path, without_figures):
    import_population(the_file(tmp_path))
    assert residents("133612") is None


def test_what_was_matched_and_dropped_is_counted(tmp_path):
    imported = import_population(the_file(tmp_path))
    dropped = {reason: [line.name for line in lines] for reason, lines in imported.dropped}
    assert (imported.prefectures, imported.municipalities, imported.total) == (1, 5, 1_968_029)
    assert dropped == {
        "政令指定都市の区": ["札幌市中央区", "札幌市北区"],
        "郡の小計": ["石狩郡"],
        "北方領土の村": ["色丹郡色丹村"],
        "島しょの小計": ["島しょ"],
    }


def test_a_known_body_that_the_file_lacks_is_named(tmp_path):
    assert "函館市" in import_population(the_file(tmp_path)).absent


def test_a_body_that_was_abolished_by_then_is_not_missed(tmp_path):
    LocalGovernment.objects.filter(name="函館市").update(abolished_on="2022-01-01")
    assert "函館市" not in import_population(the_file(tmp_path)).absent


def test_staff_figures_stay(tmp_path):
    LocalGovernmentStatistics.objects.filter(local_government="011002", year=2022).update(staff=14_000)
    import_population(the_file(tmp_path))
    assert LocalGovernmentStatistics.objects.get(local_government="011002", year=2022).staff == 14_000


def test_the_second_import_changes_nothing(tmp_path):
    import_population(the_file(tmp_path))
    assert import_population(the_file(tmp_path)).written == 0


@pytest.mark.parametrize("suffix", ["xls", "csv"])
def test_the_layout_of_2020_and_before_is_read(suffix):
    imported = import_population(DATA / f"population_2020.{suffix}")
    assert (imported.year, imported.prefectures, imported.municipalities) == (2020, 1, 3)
    assert (residents("011002", 2020), residents("010006", 2020)) == (1_959_313, 5_267_762)


def test_a_csv_of_the_new_layout_is_read(tmp_path):
    assert import_population(write_csv(tmp_path / "population.csv", population_rows())).total == 1_968_029


def test_a_wide_title_names_the_year(tmp_path):
    assert import_population(the_file(tmp_path, title="令和７年１月１日　住民基本台帳人口")).year == 2025


def test_a_title_without_a_year_asks_for_it(tmp_path):
    with pytest.raises(ImportRefused, match="--year"):
        import_population(the_file(tmp_path, title="住民基本台帳人口"))


def test_the_year_asked_for_stands_in_for_the_title(tmp_path):
    assert import_population(the_file(tmp_path, title="住民基本台帳人口"), year=2023).year == 2023


def test_another_year_than_that_of_the_title_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="表題は2022年の人口ですが、2023年が"):
        import_population(the_file(tmp_path), year=2023)


def test_a_sum_that_differs_from_the_printed_total_is_refused_and_nothing_is_written(
    tmp_path, without_figures
):
    lines = replaced("473821", ("473821", "沖縄県", "八重山郡与那国町", 909, 784, 1_694))
    with pytest.raises(CommandError) as refusal:
        call_command("import_population", the_file(tmp_path, lines=lines))
    assert str(refusal.value) == (
        "市区町村の合計1,968,030人が、ファイルの全国の合計1,968,029人と一致しません（差1人）。何も登録していません。"
    )
    assert not LocalGovernmentStatistics.objects.exists()


def test_an_unknown_code_with_residents_makes_the_sum_differ(tmp_path):
    lines = replaced("473821", ("473839", "沖縄県", "八重山郡新町", 909, 784, 1_693))
    with pytest.raises(ImportRefused, match="差-1,693人"):
        import_population(the_file(tmp_path, lines=lines))


def test_an_unknown_code_without_residents_is_dropped_with_its_reason(tmp_path):
    lines = (*POPULATION_LINES, ("473839", "沖縄県", "八重山郡新町", 0, 0, 0))
    dropped = dict(import_population(the_file(tmp_path, lines=lines)).dropped)
    assert [line.name for line in dropped["団体一覧にないコード"]] == ["八重山郡新町"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (POPULATION_LINES[1:], "全国の合計の行が見つからない"),
        ((*POPULATION_LINES, POPULATION_LINES[0]), "全国の合計の行が見つからない"),
        ((*POPULATION_LINES, POPULATION_LINES[-1]), "19行目：団体コード473821が2回あります。"),
        (
            replaced("133621", ("133621", "東京都", "利島村", 1, 2, "約300")),
            "16行目（利島村）の人口が読めません。",
        ),
        (
            replaced("133621", ("133621", "東京都", "利島村", 1, 2, None)),
            "16行目（利島村）の人口が読めません。",
        ),
        (
            replaced("133621", ("133621", "東京都", "利島村", 1, 2, 327.5)),
            "16行目（利島村）の人口が読めません。",
        ),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused(tmp_path, lines, message):
    with pytest.raises(ImportRefused) as refusal:
        import_population(the_file(tmp_path, lines=lines))
    assert message in str(refusal.value)


def test_a_code_that_lost_its_zero_in_a_spreadsheet_is_known(tmp_path):
    lines = replaced("011002", (11002, "北海道", "札幌市", 1, 2, 1_960_668.0))
    assert import_population(the_file(tmp_path, lines=lines)).municipalities == 5


def test_the_report_names_matches_reasons_and_the_total(tmp_path, capsys):
    call_command("import_population", the_file(tmp_path))
    printed = capsys.readouterr().out
    assert "2022年1月1日の人口：都道府県1、市区町村5を照合しました。" in printed
    assert "市区町村の合計1,968,029人は、ファイルの全国の合計と一致します。" in printed
    assert "除外：政令指定都市の区（2行）札幌市中央区、札幌市北区" in printed


def test_the_official_file_as_it_is_shipped_in_our_reference_adds_up(tmp_path):
    bodies = LocalGovernment.objects.filter(kind__in=["prefecture", *MUNICIPALITIES]).with_figures(2022)
    lines = [
        (
            body.code,
            body.prefecture.name.ja,
            "-" if body.kind == "prefecture" else body.name,
            1,
            2,
            body.residents,
        )
        for body in bodies
    ]
    imported = import_population(the_file(tmp_path, lines=[("-", "合計", "-", 1, 2, 125_927_902), *lines]))
    assert (imported.municipalities, imported.absent, imported.written) == (1741, (), 0)
