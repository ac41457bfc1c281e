import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from procurement.importing import ImportRefused
from procurement.importing.local_governments import import_local_governments
from procurement.models import LocalGovernment, LocalGovernmentChange, LocalGovernmentStatistics

from .files import CODE_HEADER, write_xlsx

pytestmark = pytest.mark.django_db
NEW_CITY = ("272337", "大阪府", "新大阪市", "ｵｵｻｶﾌ", "ｼﾝｵｵｻｶｼ")


def the_list(tmp_path, *, without=(), instead=(), second=()):
    """The official list of everything the register holds, with some lines left out or replaced."""
    replaced = {line[0] for line in instead}
    known = LocalGovernment.objects.exclude(kind__in=["partial_affairs_association", "wide_area_union"])
    lines = [
        (body.code, body.prefecture.name.ja, None if body.kind == "prefecture" else body.name, "ｶ", "ｶ")
        for body in known.exclude(code__in={*without, *replaced})
    ]
    return write_xlsx(tmp_path / "codes.xlsx", [CODE_HEADER, *lines, *instead], [CODE_HEADER, *second])


def body(code):
    return LocalGovernment.objects.get(code=code)


def test_the_list_as_it_is_changes_nothing(tmp_path, capsys):
    call_command("import_local_governments", the_list(tmp_path))
    printed = capsys.readouterr().out
    assert "一覧の1,788団体を団体コードで照合しました" in printed
    assert printed.endswith("変更はありません。\n")


def test_a_new_body_is_only_proposed(tmp_path, capsys):
    call_command("import_local_governments", the_list(tmp_path, instead=[NEW_CITY]))
    assert not LocalGovernment.objects.filter(code="272337").exists()
    assert "新設の候補：272337 新大阪市" in capsys.readouterr().out


def test_a_new_body_is_added_when_asked_and_can_be_found(tmp_path):
    import_local_governments(the_list(tmp_path, instead=[NEW_CITY]), apply=True)
    assert (body("272337").name, body("272337").kana, body("272337").kind) == (
        "新大阪市",
        "しんおおさかし",
        "city",
    )
    assert LocalGovernment.objects.matching("シンオオサカ").get() == body("272337")


@pytest.mark.parametrize(
    ("name", "kind"), [("新市", "city"), ("新区", "special_ward"), ("新町", "town"), ("新村", "village")]
)
def test_the_kind_of_a_new_body_follows_its_name(tmp_path, name, kind):
    import_local_governments(the_list(tmp_path, instead=[("272337", "大阪府", name, "ｶ", "ｶ")]), apply=True)
    assert body("272337").kind == kind


def test_a_new_city_on_the_second_sheet_is_a_designated_city_and_its_wards_are_only_counted(tmp_path):
    wards = [NEW_CITY, ("272345", "大阪府", "新大阪市北区", "ｶ", "ｶ")]
    path = the_list(tmp_path, instead=[NEW_CITY], second=wards)
    comparison, _changes = import_local_governments(path, apply=True)
    assert body("272337").kind == "designated_city"
    assert comparison.wards == 1
    assert not LocalGovernment.objects.filter(code="272345").exists()


RENAMED = ("271403", "大阪府", "新堺市", "ｵｵｻｶﾌ", "ｼﾝｻｶｲｼ")


def test_a_new_name_is_only_proposed(tmp_path, capsys):
    call_command("import_local_governments", the_list(tmp_path, instead=[RENAMED]))
    assert body("271403").name == "堺市"
    assert "名称変更の候補：271403 堺市 → 新堺市" in capsys.readouterr().out


def test_a_new_name_is_taken_over_when_asked_and_loses_its_old_romaji(tmp_path, capsys):
    call_command("import_local_governments", the_list(tmp_path, instead=[RENAMED]), apply=True)
    sakai = body("271403")
    assert (sakai.name, sakai.kana, sakai.romaji) == ("新堺市", "しんさかいし", "")
    assert "名称を変えました：271403 堺市 → 新堺市" in capsys.readouterr().out


def test_another_glyph_of_the_same_reading_keeps_the_romaji(tmp_path):
    yusuhara = ("394050", "高知県", "檮原町", "ｺｳﾁｹﾝ", "ﾕｽﾊﾗﾁｮｳ")
    import_local_governments(the_list(tmp_path, instead=[yusuhara]), apply=True)
    assert (body("394050").name, body("394050").romaji) == ("檮原町", "Yusuhara")


def test_a_missing_body_is_only_proposed(tmp_path, capsys):
    call_command("import_local_governments", the_list(tmp_path, without=["271403"]), apply=True)
    assert body("271403").abolished_on is None
    assert "一覧にない団体（廃止の候補）：271403 堺市" in capsys.readouterr().out


def test_a_missing_body_is_abolished_with_a_date_and_stays(tmp_path):
    path = str(the_list(tmp_path, without=["271403"]))
    call_command("import_local_governments", path, "--apply", "--as-of", "2030-04-01")
    assert f"{body('271403').abolished_on}" == "2030-04-01"


def test_a_date_without_apply_goes_with_what_is_proposed(tmp_path):
    path = str(the_list(tmp_path, without=["271403"]))
    call_command("import_local_governments", path, "--as-of", "2030-04-01")
    assert body("271403").abolished_on is None
    assert f"{LocalGovernmentChange.objects.get(code='271403').effective_on}" == "2030-04-01"


def test_a_register_that_holds_nothing_takes_the_list_as_it_is(tmp_path):
    path = the_list(tmp_path)
    LocalGovernmentStatistics.objects.all().delete()
    LocalGovernment.objects.all().delete()
    import_local_governments(path)
    assert LocalGovernment.objects.count() == 1_788


def test_a_list_cut_short_abolishes_nobody(tmp_path):
    path = write_xlsx(tmp_path / "codes.xlsx", [CODE_HEADER, NEW_CITY])
    with pytest.raises(CommandError, match="途中で切れていないか"):
        call_command("import_local_governments", str(path), "--apply", "--as-of", "2030-04-01")
    assert not LocalGovernment.objects.filter(abolished_on__isnull=False).exists()
    assert not LocalGovernment.objects.filter(code="272337").exists()


def test_associations_are_never_missing(tmp_path):
    comparison, _changes = import_local_governments(the_list(tmp_path))
    assert comparison.missing == ()


@pytest.mark.parametrize("code", ["272338", "27233", "990001", "大阪"])
def test_a_wrong_code_is_refused_by_line(tmp_path, code):
    with pytest.raises(ImportRefused, match=f"1790行目：団体コード「{code}」"):
        import_local_governments(the_list(tmp_path, instead=[(code, *NEW_CITY[1:])]))


def test_a_missing_column_is_named(tmp_path):
    path = write_xlsx(tmp_path / "codes.xlsx", [CODE_HEADER[:4], NEW_CITY[:4]])
    with pytest.raises(ImportRefused, match="市区町村名"):
        import_local_governments(path)
