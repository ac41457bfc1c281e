import csv

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count, Sum

from procurement.definitions.choices import STAFF_KINDS
from procurement.definitions.local_governments import is_code
from procurement.figures import figures_for
from procurement.models import LocalGovernment, LocalGovernmentStatistics, SystemType
from procurement.reference.loading import Loaded, load_reference
from procurement.reference.reading import (
    FOLDER,
    ReferenceFileError,
    read_population,
    read_system_types,
)

pytestmark = pytest.mark.django_db


def forget_everything():
    LocalGovernmentStatistics.objects.all().delete()
    LocalGovernment.objects.all().delete()
    SystemType.objects.all().delete()


def statistics(code, year=2022):
    return LocalGovernmentStatistics.objects.get(local_government=code, year=year)


def file_with(tmp_path, name, *rows):
    """A file like one of ours that holds the header and these rows (dicts)."""
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def body_row(**changes):
    row = {"code": "271004", "kind": "designated_city", "prefecture_code": "27"}
    return {**row, "name": "大阪市", "kana": "おおさかし", "romaji": "Osaka", **changes}


def test_an_empty_database_is_filled():
    forget_everything()
    assert load_reference() == Loaded(3425, 8940, 50, 12415, ())
    assert LocalGovernment.objects.count() == 3425
    assert LocalGovernmentStatistics.objects.count() == 8940


def test_the_second_run_changes_nothing_and_says_so(capsys):
    call_command("load_reference")
    assert capsys.readouterr().out == "団体3,425、人口8,940件、システムの種類50：変更はありません。\n"


def test_the_first_run_says_what_it_wrote(capsys):
    forget_everything()
    call_command("load_reference")
    assert "12,415件を書き込みました。" in capsys.readouterr().out


def test_a_second_run_only_reads(django_assert_num_queries):
    with django_assert_num_queries(5):  # savepoint, bodies, figures, types, release
        load_reference()


def test_every_code_has_a_right_check_digit():
    assert all(is_code(code) for code in LocalGovernment.objects.values_list("code", flat=True))


def test_there_are_1741_municipalities_in_47_prefectures():
    assert LocalGovernment.objects.municipalities().count() == 1741
    assert LocalGovernment.objects.filter(kind="prefecture").count() == 47


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("designated_city", 20),
        ("city", 772),
        ("special_ward", 23),
        ("town", 743),
        ("village", 183),
        ("wide_area_union", 114),
        ("partial_affairs_association", 1523),
    ],
)
def test_every_kind_is_there_in_full(kind, number):
    assert LocalGovernment.objects.filter(kind=kind).count() == number


def test_the_municipalities_of_2022_add_up_to_the_published_total():
    rows = LocalGovernmentStatistics.objects.filter(year=2022)
    municipal = rows.filter(local_government__in=LocalGovernment.objects.municipalities())
    prefectural = rows.filter(local_government__kind="prefecture")
    assert municipal.aggregate(total=Sum("population")) == {"total": 125_927_902}
    assert prefectural.aggregate(total=Sum("population")) == {"total": 125_927_902}


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
def test_every_prefecture_and_municipality_has_residents_every_year(year):
    rows = LocalGovernmentStatistics.objects.filter(year=year, population__isnull=False)
    assert rows.count() == 47 + 1741


def test_residents_carry_their_date_and_source():
    osaka = statistics("271004")
    assert f"{osaka.population_as_of}" == "2022-01-01"
    assert osaka.population_source == "総務省「住民基本台帳に基づく人口、人口動態及び世帯数」"


def test_staff_is_no_data():
    assert not LocalGovernmentStatistics.objects.filter(staff__isnull=False).exists()


@pytest.mark.parametrize("words", ["大阪市", "おおさかし", "オオサカシ", "osaka", "271004"])
def test_a_loaded_body_is_found_by_every_spelling(words):
    assert LocalGovernment.objects.get(code="271004") in LocalGovernment.objects.matching(words)


def test_staff_figures_stay_where_residents_are_corrected():
    LocalGovernmentStatistics.objects.filter(local_government="271004").update(staff=37_000, population=1)
    load_reference()
    assert (statistics("271004").staff, statistics("271004").population) == (37_000, 2_732_197)


def test_what_the_secretariat_noted_about_an_abolition_stays():
    LocalGovernment.objects.filter(code="271403").update(abolished_on="2030-04-01", successor="271004")
    LocalGovernment.objects.filter(code="271403").update(name="旧堺市")
    load_reference()
    sakai = LocalGovernment.objects.get(code="271403")
    assert (f"{sakai.abolished_on}", sakai.successor_id) == ("2030-04-01", "271004")


def test_a_body_that_was_renamed_here_keeps_its_name_and_the_difference_is_printed(capsys):
    LocalGovernment.objects.filter(code="271403").update(name="新堺市")
    call_command("load_reference")
    assert LocalGovernment.objects.get(code="271403").name == "新堺市"
    assert "271403の名称はそのままにしました：新堺市（ファイルでは堺市）\n" in capsys.readouterr().out


def test_a_system_type_that_the_secretariat_changed_stays():
    changes = {"name": "電子図書", "domain": "tools", "order": 999}
    SystemType.objects.filter(slug="electronic-library").update(**changes)
    load_reference()
    assert SystemType.objects.filter(slug="electronic-library", **changes).exists()
    assert SystemType.objects.count() == 50


def test_a_system_type_of_the_same_name_is_not_created_again():
    SystemType.objects.filter(slug="electronic-library").update(slug="e-library")
    load_reference()
    assert SystemType.objects.get(name="電子図書館").slug == "e-library"


@pytest.mark.parametrize("domain", ["general_affairs", "line_departments", "tools"])
def test_every_domain_has_at_least_twelve_system_types(domain):
    assert SystemType.objects.filter(domain=domain).count() >= 12


def test_every_shipped_system_type_is_valid():
    for system_type in SystemType.objects.all():
        system_type.full_clean()
        assert system_type.name_en


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"code": "271005"},
            "団体コード（検査数字）「271005」が正しくありません。",
        ),
        (
            {"code": "27100"},
            "団体コード（検査数字）「27100」が正しくありません。",
        ),
        ({"prefecture_code": "28"}, "都道府県コード「28」が正しくありません。"),
        ({"kind": "ward"}, "種別「ward」が正しくありません。"),
    ],
)
def test_a_wrong_line_of_bodies_is_refused_by_number_and_nothing_is_written(tmp_path, changes, message):
    for name in ("population.csv", "system_types.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    sakai = body_row(code="271403", name="新しい名前")
    file_with(tmp_path, "local_governments.csv", sakai, body_row(**changes))
    with pytest.raises(CommandError) as refusal:
        call_command("load_reference", folder=tmp_path)
    assert str(refusal.value) == f"local_governments.csvの3行目：{message}"
    assert LocalGovernment.objects.get(code="271403").name == "堺市"


@pytest.mark.parametrize("population", ["", "-1", "1.5", "***"])
def test_residents_that_are_no_number_are_refused(tmp_path, population):
    row = {"code": "271004", "reference_date": "2022-01-01", "population": population}
    file_with(tmp_path, "population.csv", row)
    with pytest.raises(ReferenceFileError, match=r"population\.csvの2行目：人口"):
        read_population(tmp_path)


def test_the_reserved_slug_is_refused(tmp_path):
    row = {"slug": "other", "domain": "tools", "order": "1", "name": "その他", "name_en": "Others"}
    file_with(tmp_path, "system_types.csv", row)
    with pytest.raises(ReferenceFileError, match="識別子「other」"):
        read_system_types(tmp_path)


OSAKA_22 = (
    "泉大津市・茨木市・松原市・摂津市・島本町・堺市・高槻市・八尾市・柏原市・藤井寺市・忠岡町・豊中市・守口市・"
    "富田林市・羽曳野市・四條畷市・太子町・吹田市・枚方市・寝屋川市・門真市・大阪狭山市"
)


def figures_of(**lookup):
    return figures_for(LocalGovernment.objects.filter(**lookup).with_figures(2022))


def test_the_22_municipalities_of_the_osaka_case_add_up():
    of_2022 = LocalGovernmentStatistics.objects.filter(year=2022)
    rows = of_2022.filter(
        local_government__prefecture_code="27", local_government__name__in=OSAKA_22.split("・")
    )
    assert rows.aggregate(number=Count("pk"), total=Sum("population")) == {"number": 22, "total": 4_203_062}


def test_the_osaka_case_has_22_municipalities_and_4_200_000_residents():
    figures = figures_of(prefecture_code="27", name__in=[*OSAKA_22.split("・"), "大阪府"])
    assert (figures.participant_count, figures.population) == (22, 4_200_000)


@pytest.mark.parametrize(
    ("prefecture", "municipalities", "population"), [("20", 77, 2_050_000), ("21", 42, 1_990_000)]
)
def test_a_whole_prefecture_taking_part_has_these_figures(prefecture, municipalities, population):
    figures = figures_of(prefecture_code=prefecture, kind__in=STAFF_KINDS)
    assert (figures.participant_count, figures.population) == (municipalities, population)
    assert figures.population_is_complete
