"""Which edition and cases are in view, and which types keep their name (definition 2-1)."""

import pytest
from django.http import Http404, QueryDict

from procurement.models import SystemType
from procurement.selection import selection_for
from tests.factories import add_published_cases, published_case, published_edition, varied_edition

pytestmark = pytest.mark.django_db


def selected(query=""):
    return selection_for(QueryDict(query))


def test_the_newest_edition_is_in_view_unless_one_is_named():
    published_edition(fiscal_year=2024, revision=7)
    first = published_edition(fiscal_year=2025, revision=1)
    second = published_edition(fiscal_year=2025, revision=2)
    assert selected().edition == second
    assert not selected().is_pinned
    assert not selected().is_outdated
    pinned = selected("edition=2025.1")
    assert (pinned.edition, pinned.newest) == (first, second)
    assert pinned.is_pinned
    assert pinned.is_outdated


@pytest.mark.parametrize(
    "name",
    ["2024.9", "abc", "2025", ".", "2025.", "9" * 300, "99999999.1", "1.99999999", "\x00", "２０２５.x"],
)
def test_an_edition_that_does_not_exist_is_not_found(name):
    published_edition()
    with pytest.raises(Http404):
        selection_for({"edition": name})


def test_before_the_first_publication_there_is_nothing_in_view(django_assert_num_queries):
    with django_assert_num_queries(1):
        selection = selected()
    assert selection.edition is None
    assert list(selection.cases) == []
    assert selection.named_types == frozenset()


def test_types_are_counted_over_the_whole_edition_and_looked_up_once(django_assert_num_queries):
    varied_edition()
    selection = selected()
    narrow = selection.narrowed(prefecture_code="20")
    with django_assert_num_queries(1):
        assert narrow.nationwide_counts["rpa"] == 3
        assert selection.named_types == {"business-chat", "rpa", "integrated-gis"}
        assert narrow.narrowed(domain="tools").named_types == selection.named_types


def test_a_single_type_gets_its_name_when_a_second_case_is_published():
    edition = published_edition(published_case("rpa"))
    assert selected().named_types == frozenset()
    add_published_cases(edition, [published_case("rpa", case_id="28-001", prefecture_code="28")])
    assert selected().named_types == {"rpa"}
    assert selected().narrowed(prefecture_code="28").named_types == {"rpa"}


def test_other_means_the_types_that_are_single_nationwide():
    varied_edition()
    slugs = selected().of_types(["other"]).cases.values_list("system_type_slug", flat=True)
    assert sorted(slugs) == ["electronic-bidding", "electronic-library", "groupware"]
    assert {case.system_type_slug for case in selected().of_types(["other", "rpa"]).cases} == {*slugs, "rpa"}
    assert selected().of_types(["rpa"]).cases.count() == 3


def test_types_keep_the_names_of_their_edition():
    published_edition(published_case("rpa"))
    SystemType.objects.filter(slug="rpa").update(name="自動化", name_en="Automation")
    assert str(selected().types.by_slug["rpa"]) == "RPA"


def test_a_type_with_two_names_in_an_edition_goes_by_the_more_frequent_one():
    renamed = published_case("rpa", system_type_name="自動化")
    published_edition(published_case("rpa"), renamed, published_case("rpa", system_type_name="自動化"))
    found = selected().types.by_slug["rpa"]
    assert (found.name, found.count) == ("自動化", 3)


def test_prefectures_without_an_answer_are_those_of_the_edition():
    varied_edition()
    assert selected().unanswered == {"02", "47"}
