import pytest

from procurement.figures import Figures, figures_for
from procurement.models import LocalGovernment, LocalGovernmentStatistics


def body(kind, residents=None, employees=None):
    one = LocalGovernment(kind=kind)
    one.residents, one.employees = residents, employees
    return one


def test_residents_are_added_before_they_are_floored():
    figures = figures_for([body("town", 9_999), body("village", 9_999)])
    assert (figures.population, figures.population_label.ja) == (10_000, "10,000人")


def test_employees_are_added_before_they_are_floored():
    figures = figures_for([body("town", employees=99), body("city", employees=99)])
    assert (figures.staff, figures.staff_label.ja) == (100, "0.1千人")


def test_one_resident_less_than_a_step_reads_as_below_it():
    figures = figures_for([body("town", 9_999, 99)])
    assert (figures.population, figures.staff) == (0, 0)
    assert (figures.population_label.ja, figures.staff_label.ja) == ("1万人未満", "0.1千人未満")


def test_a_prefecture_is_no_municipality_and_only_its_employees_are_added():
    figures = figures_for([body("prefecture", 8_000_000, 5_000), body("city", 50_000, 400)])
    assert figures == Figures(1, 50_000, True, 5_400, True)


@pytest.mark.parametrize("kind", ["partial_affairs_association", "wide_area_union", "other"])
def test_an_association_is_neither_counted_nor_added(kind):
    figures = figures_for([body(kind, 70_000, 700), body("city", 50_000, 400)])
    assert figures == Figures(1, 50_000, True, 400, True)


def test_an_association_without_figures_leaves_them_complete():
    figures = figures_for([body("wide_area_union"), body("city", 50_000, 400)])
    assert (figures.population_is_complete, figures.staff_is_complete) == (True, True)


def test_the_sum_of_what_is_known_is_marked_incomplete():
    figures = figures_for([body("city", 50_000), body("city", None, 400)])
    assert figures == Figures(2, 50_000, False, 400, False)


def test_without_any_figure_there_are_no_data_and_not_zero():
    figures = figures_for([body("city"), body("prefecture")])
    assert figures == Figures(1, None, False, None, False)
    assert (figures.population_label, figures.staff_label) == (None, None)


def test_zero_residents_are_zero_and_not_no_data():
    assert figures_for([body("village", 0, 0)]) == Figures(1, 0, True, 0, True)


def test_without_participants_everything_is_zero():
    assert figures_for([]) == Figures(0, 0, True, 0, True)


def test_the_fields_of_a_published_record_are_those_of_the_figures():
    assert figures_for([body("city", 50_000, 400)]).as_fields() == {
        "participant_count": 1,
        "population": 50_000,
        "population_is_complete": True,
        "staff": 400,
        "staff_is_complete": True,
    }


@pytest.mark.django_db
def test_the_figures_are_those_of_the_year_asked_for():
    LocalGovernmentStatistics.objects.filter(local_government="271403", year=2022).update(staff=5_678)
    sakai = LocalGovernment.objects.filter(code="271403")
    assert figures_for(sakai.with_figures(2022)) == Figures(1, 820_000, True, 5_600, True)
    assert figures_for(sakai.with_figures(2021)).staff is None
    assert figures_for(sakai.with_figures(2019)).population is None


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 300])
def test_figures_take_one_query_however_many_take_part(django_assert_num_queries, number):
    with django_assert_num_queries(1):
        figures_for(LocalGovernment.objects.all().with_figures(2022)[:number])
