"""What differs between two editions, and nothing else."""

import datetime
import re

import pytest

from procurement.comparison import compare, pages_of
from procurement.comparison.lines import LINES, NAMES
from procurement.models import Edition, Participation
from tests.factories import published_case, published_edition, varied_cases

pytestmark = pytest.mark.django_db
QUERIES, QUERIES_FOR_PAGES = 44, 6

OTHERWISE = {
    "prefecture_code": "20",
    "domain": "general_affairs",
    "system_type_slug": "rpa",
    "system_type_name": "別の名前",
    "system_type_name_en": "Another name",
    "participant_count": 9,
    "population": 10_000,
    "staff": 100,
    "staff_is_complete": True,
    "population_is_complete": False,
    "initial_cost_bracket": "under_5m",
    "annual_operating_cost_bracket": "500m_and_over",
    "introduced_on": datetime.date(2020, 4, 1),
    "introduction_basis": "introduced",
    "environment": "saas",
    "prefecture_bears_cost": True,
    "subsidy_used": False,
    "specification": "available",
    "specification_address": "https://example.jp/",
    "footnotes": [{"field": "name", "text": "注記"}],
}
"""Another value of each field; other fields take any text."""


def two(before, after, **fields):
    """Two editions with these cases."""
    first = published_edition(*before)
    return first, published_edition(*after, revision=2, **fields)


def test_an_edition_and_its_copy_differ_in_nothing():
    comparison = compare(*two(varied_cases(), varied_cases()))
    assert comparison.is_empty
    assert pages_of(comparison) == ()


def test_every_field_of_a_case_is_told_in_some_line():
    assert sorted(name for line in LINES for name in (line.name, *line.others)) == sorted(NAMES)


def test_each_field_that_changes_is_one_line_with_other_words():
    ids = {f"27-{number}": name for number, name in enumerate(NAMES, start=100)}
    before = [published_case(case_id=case_id, staff=200) for case_id in ids]
    after = [
        published_case(case_id=case_id, **{"staff": 200, name: OTHERWISE.get(name, "別の内容")})
        for case_id, name in ids.items()
    ]
    changed = {one.case_id: one for one in compare(*two(before, after)).cases.changed}
    assert changed.keys() == ids.keys()
    for case_id, name in ids.items():
        [line] = changed[case_id].lines
        [kind] = [kind for kind in LINES if kind.name == line.name]
        assert name in (kind.name, *kind.others)
        assert line.before != line.after or name == "system_type_slug"


def test_cases_that_come_and_go_are_told_by_their_names():
    before = [published_case(name="残る"), published_case(name="消える")]
    after = [published_case(name="残る"), published_case(name="新しい", case_id="27-003")]
    changes = compare(*two(before, after)).cases
    assert [one.name for one in changes.added] == ["新しい"]
    assert [one.name for one in changes.removed] == ["消える"]
    assert changes.changed == ()


def test_participants_that_join_and_leave_are_named():
    before = published_case(participants=("270008", "271004"), participant_count=1)
    after = published_case(participants=("270008", "272027"), participant_count=1)
    comparison = compare(*two([before], [after]))
    [changed] = comparison.cases.changed
    assert ([str(part) for part in changed.joined], [str(part) for part in changed.left]) == (
        ["岸和田市"],
        ["大阪市"],
    )
    assert [part.code for part in comparison.cases.joined] == ["272027"]
    assert [part.code for part in comparison.cases.left] == ["271004"]


def test_a_body_with_other_residents_is_altered_and_has_not_moved():
    first = published_edition(published_case())
    second = published_edition(published_case(), revision=2, statistics_year=2019)
    assert Participation.objects.filter(joint_procurement__edition=second, residents=None).exists()
    [changed] = compare(first, second).cases.changed
    assert (changed.joined, changed.left) == ((), ())
    assert {part.code for part, _after in changed.altered} == {"270008", "271004", "272027"}


def test_key_figures_and_cells_are_told_with_their_difference():
    comparison = compare(*two([published_case()], [published_case(), published_case()]))
    cases = comparison.figures[0]
    assert (cases.before_text, cases.after_text, cases.difference) == ("1", "2", "+1")
    [status] = [changes for changes in comparison.reports if changes.report.slug == "status"]
    told = [(cell.row_code, cell.before_text, cell.after_text) for cell in status.cells]
    assert told == [("tools:other", "1", "データなし"), ("tools:business-chat", "データなし", "2")]


def test_who_has_answered_since_is_told():
    first = published_edition(published_case(), unanswered=["02", "47"])
    second = published_edition(published_case(), revision=2, unanswered=["01", "47"])
    comparison = compare(first, second)
    assert [one.code for one in comparison.answered] == ["02"]
    assert [one.code for one in comparison.unanswered] == ["01"]


def test_the_first_edition_is_compared_with_nothing():
    comparison = compare(None, published_edition(*varied_cases()))
    assert len(comparison.cases.added) == 10
    assert comparison.figures[0].before_text == "0"


@pytest.mark.parametrize("count", [1, 3])
def test_three_changes_of_each_kind_take_as_many_queries_as_one(count, django_assert_num_queries):
    kept = [published_case(name=f"前{number}", case_id=f"27-10{number}") for number in range(count)]
    changed = [
        published_case(name=f"後{number}", case_id=f"27-10{number}", participants=("270008", "271004"))
        for number in range(count)
    ]
    gone = [published_case(case_id=f"27-20{number}") for number in range(count)]
    new = [published_case("rpa", case_id=f"27-30{number}") for number in range(count)]
    editions = two([*kept, *gone], [*changed, *new])
    with django_assert_num_queries(QUERIES):
        comparison = compare(*editions)
    with django_assert_num_queries(QUERIES_FOR_PAGES):
        pages_of(comparison)


EDITED = {
    "what lists show": {"name": "直した名前", "introduced_on": datetime.date(2019, 1, 1)},
    "the type": {"system_type": "rpa"},
    "who takes part, and a text": {"participants": ("270008", "271004", "273210"), "benefits": "効果あり。"},
}


@pytest.mark.parametrize("edit", EDITED.values(), ids=EDITED)
def test_every_page_that_reads_otherwise_is_announced(client, edit):
    """The pages of all kinds are read in both editions; what is announced covers every one that differs."""
    before, after = varied_cases(), varied_cases()
    after = ({**after[0], **edit}, *after[1:])
    comparison = compare(*two(before, after, as_of=datetime.date(2025, 10, 1)))
    announced = {page.address for page in pages_of(comparison)}
    assert {path for path in pages() if differs(client, path)} <= announced


def test_what_does_not_touch_a_page_does_not_announce_it(client):
    before, after = varied_cases(), varied_cases()
    comparison = compare(*two(before, ({**after[0], "benefits": "効果がありました。"}, *after[1:])))
    kinds = {page.kind for page in pages_of(comparison)}
    assert "report" not in kinds
    assert "/prefectures/20/" not in {page.address for page in pages_of(comparison)}


def pages():
    """A page of each kind, near to what changes and far from it."""
    cases = [f"/cases/{one}/" for one in ("27-001", "27-002", "27-003", "20-003")]
    types = [f"/system-types/{one}/" for one in ("business-chat", "rpa", "other")]
    bodies = [f"/municipalities/{one}/" for one in ("272027", "273210", "202011")]
    reports = ["/reports/status/", "/reports/initial-costs/"]
    return [*cases, *types, *bodies, *reports, "/prefectures/27/", "/prefectures/20/", "/", "/cases/"]


def differs(client, path):
    one, other = (plain(client.get(path, {"edition": f"2025.{revision}"})) for revision in (1, 2))
    return one != other


def plain(response):
    """The main part without what names the edition."""
    main = re.search(r"<main.*</main>", response.text, re.S)[0]
    main = re.sub(r'<div class="kc-notice" data-tone="warning" role="note">.*?</div>', "", main, flags=re.S)
    main = re.sub(r'<div class="kc-edition">.*?</form>', "", main, flags=re.S)
    main = re.sub(r"2025\.[12]|2026年1月1[67]日", "", main)
    return re.sub(r"(?m)^\s*\n", "", main)


def test_all_is_read_before_a_rehearsal_ends():
    first, second = two([published_case()], [published_case("rpa")])
    comparison = compare(first, second)
    pages_of(comparison)
    assert Edition.objects.count() == 2
    assert all(isinstance(cell.row, str) for report in comparison.reports for cell in report.cells)
