"""Search: one spelling, an index of pieces on both databases, and the place of the hit."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from procurement.models import CaseText, JointProcurement
from procurement.searching import Hit, grams, hit_in, searchable, words_of
from tests.factories import published_case, published_edition

TEXT = "住民票の写しを圖書館でも受け取れるよう、ﾋﾞｼﾞﾈｽﾁｬｯﾄで調整した。"


@pytest.fixture
def edition(db):
    return published_edition(
        published_case(background=TEXT),
        published_case(process="RPAの仕様を髙槻市と確かめた。"),
        published_case(benefits="", challenges=""),
    )


def found(query):
    return sorted(CaseText.objects.holding(query).values_list("case__case_id", flat=True))


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("ﾋﾞｼﾞﾈｽ チャット", "びじねすちゃっと"),
        ("ＲＰＡ", "rpa"),
        ("圖書館", "図書館"),
        ("龍ケ崎市", searchable("竜ケ崎市")),
    ],
)
def test_width_case_kana_old_forms_and_spaces_do_not_matter(written, spelled):
    assert searchable(written) == spelled


def test_words_are_divided_by_spaces_of_any_width():
    assert words_of("図書　館 ") == ["図書", "館"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("図書館", ["27-001"]),
        ("図書", ["27-001"]),
        ("館", ["27-001"]),
        ("圖書館 住民票", ["27-001"]),
        ("図書館 RPA", []),
        ("書図", []),
        ("高槻", ["27-002"]),
        ("きしわだ", []),
        ("岸和田市", ["27-001", "27-002", "27-003"]),
        ("27-003", ["27-003"]),
        ('"*%_\\', []),
        ("", ["27-001", "27-002", "27-003"]),
    ],
)
def test_every_word_must_be_there_as_it_stands(edition, query, ids):
    assert found(query) == ids


@given(text=st.text(max_size=40), start=st.integers(0, 39), length=st.integers(1, 10))
def test_the_pieces_of_a_part_are_pieces_of_the_whole(text, start, length):
    assert grams(text[start : start + length]) <= grams(text)


@given(text=st.text(max_size=60), words=st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_a_hit_is_a_part_of_the_text_whatever_it_is(text, words):
    hit = hit_in(text, words_of(" ".join(words)))
    assert hit is None or hit.found in text


def test_a_hit_shows_what_was_written_with_some_of_what_stands_around_it():
    assert hit_in(TEXT, ["びじねす"]) == Hit("…写しを圖書館でも受け取れるよう、", "ﾋﾞｼﾞﾈｽ", "ﾁｬｯﾄで調整した。")
    assert hit_in(TEXT, ["ない"]) is None


def test_the_list_says_where_the_words_stand(client, edition):
    html = client.get("/cases/?q=図書館").content.decode()
    assert '調達の経緯: <span lang="ja">住民票の写しを<mark>圖書館</mark>でも受け取れる' in html


def test_the_list_says_which_participant_was_meant(client, edition):
    html = client.get("/cases/?q=岸和田市").content.decode()
    assert '参加団体: <span lang="ja"><mark>岸和田市</mark></span>' in html


def test_what_the_row_shows_anyway_is_not_repeated(client, edition):
    assert "<mark>" not in client.get("/cases/?q=27-001").content.decode()


def test_the_index_can_be_made_anew(edition):
    CaseText.objects.all().delete()
    assert found("図書館") == []
    out = StringIO()
    call_command("index_cases", stdout=out)
    assert (found("図書館"), out.getvalue()) == (["27-001"], f"{edition.name}: 3\n")


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="on PostgreSQL the index follows every change by itself"
)
def test_words_are_not_changed_behind_the_back_of_the_index(edition):
    with pytest.raises((DatabaseError, IntegrityError), match="made anew"):
        CaseText.objects.update(text="")


def test_the_database_finds_pieces_through_its_index(edition):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
        plan = CaseText.objects.filter(grams__hold=sorted(grams("図書館"))).explain()
    assert "procurement_casegrams" in plan


def test_published_cases_are_searched_with_one_question(edition, django_assert_num_queries):
    with django_assert_num_queries(1):
        cases = JointProcurement.objects.in_edition(edition)
        assert cases.filter(pk__in=CaseText.objects.holding("図書館").values("case")).count() == 1
