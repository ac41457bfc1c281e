"""The pages of carrying forward and of the preview, as prefecture staff use them; without JavaScript."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from surveys.beside import beside_of
from surveys.carrying import carry_forward
from surveys.editing import save_entry, set_nil_return
from surveys.models import State, Submission
from surveys.publishing import publish
from tests import factories
from tests.factories import published_case, published_edition
from tests.surveys.pages import address, page_of, submission_of

pytestmark = pytest.mark.django_db
SECRET = 71_234_567
ONE_PRESS = "2025年度の事例をまとめて引き継ぐ（2件）"
QUERIES = {"entry_preview": 14, "preview_prefecture": 12}


@pytest.fixture
def last_year():
    return published_edition(published_case(name="チャット"), published_case("rpa", name="自動化"))


def home(browser):
    return page_of(browser.get(address("home")))


def carry(browser, **data):
    return browser.post(address("carry"), data, follow=True)


def names(submission):
    return list(submission.entries.in_number_order().values_list("name", flat=True))


def test_the_home_offers_last_years_cases_in_one_press(signed_in, submission, last_year):
    assert ONE_PRESS in home(signed_in)
    response = carry(signed_in, which="all")
    assert "2件を引き継ぎました" in page_of(response)
    assert names(submission) == ["チャット", "自動化"]


def test_a_double_press_says_that_nothing_is_new(signed_in, submission, last_year):
    carry(signed_in, which="all")
    assert "新しく引き継ぐ事例はありません" in page_of(carry(signed_in, which="all"))
    assert submission.entries.count() == 2


def test_the_offer_is_gone_once_it_is_taken(signed_in, last_year):
    carry(signed_in, which="all")
    assert "まとめて引き継ぐ" not in home(signed_in)


def test_only_what_is_ticked_is_carried(signed_in, submission, last_year):
    carry(signed_in, case=["27-002"])
    assert names(submission) == ["自動化"]
    assert "2025年度の事例をまとめて引き継ぐ（1件）" in home(signed_in)


def test_the_page_of_choice_lists_what_can_be_carried_and_what_is_there(signed_in, submission, last_year):
    carry(signed_in, case=["27-001"])
    page = page_of(signed_in.get(address("carry")))
    assert 'value="27-002" id="case-27-002" checked' in page
    assert "すでにこの回答にある事例（1件）" in page


def test_nothing_ticked_is_told_as_an_error(signed_in, submission, last_year):
    page = page_of(signed_in.post(address("carry")))
    assert "<title>エラー：" in page
    assert "1件以上選んでください" in page
    assert names(submission) == []


def test_a_nil_return_is_not_offered_cases(signed_in, submission, last_year, osaka):
    set_nil_return(submission, value=True, by=osaka, reason="該当がありません。")
    assert "まとめて引き継ぐ" not in home(signed_in)
    assert "先に取り消して" in page_of(carry(signed_in, which="all"))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_what_is_handed_in_is_not_offered_cases(signed_in, submission, last_year, state):
    Submission.objects.filter(pk=submission.pk).update(state=state)
    assert "まとめて引き継ぐ" not in home(signed_in)
    carry(signed_in, which="all")
    assert names(submission) == []


def test_a_prefecture_carries_into_its_own_answer_only(signed_in, survey, last_year):
    carry(signed_in, which="all")
    assert names(submission_of("20", survey)) == []


def test_the_home_counts_what_is_unconfirmed_and_leads_to_the_first(signed_in, submission, last_year):
    carry(signed_in, which="all")
    page, first = home(signed_in), submission.entries.in_number_order()[0]
    assert "引き継いだまま、まだ確認していない項目が6項目あります" in page
    assert f'href="{address("entry", first.pk)}#id_system_type"' in page
    assert page.count("引き継ぎ（未確認） 3項目") == 2


def test_the_check_page_lists_every_unconfirmed_field(signed_in, submission, last_year):
    carry(signed_in, case=["27-001"])
    entry, page = submission.entries.get(), page_of(signed_in.get(address("check")))
    for name in ("system_type", "name", "participants"):
        assert f'href="{address("entry", entry.pk)}#id_{name}"' in page


def test_unconfirmed_fields_do_not_stop_a_submission_but_are_told(signed_in, submission, osaka):
    published_edition(published_case())
    carry_forward(submission, by=osaka)
    complete = {"single_specification": True, "single_operator": True, "introduction_basis": "introduced"}
    submission.entries.update(**complete, introduced_on="2021-05-01")
    assert "確認していない項目が3項目あります" in page_of(signed_in.get(address("submit")))
    submission.refresh_from_db()
    signed_in.post(address("submit"), {"version": submission.version})
    assert "引き継ぎ（未確認）" in page_of(signed_in.get(address("receipt")))
    assert submission_of("27", submission.survey).state == State.SUBMITTED


def test_the_reviewer_reads_what_was_not_confirmed(client, submission, last_year, osaka):
    carry_forward(submission, by=osaka)
    client.force_login(factories.secretariat())
    page = page_of(client.get(reverse("admin:surveys_submission_review", args=[submission.pk])))
    assert page.count("引き継ぎ（未確認） 3項目") == 2


def test_an_entry_is_previewed_in_the_words_of_its_public_page(signed_in, submission):
    entry = factories.entry(submission, name="電子申請の共同利用", background="経緯です。")
    page = page_of(signed_in.get(address("entry_preview", entry.pk)))
    for words in (
        "公開されるとこう見えます",
        "新しい事例として加わります",
        "電子申請の共同利用",
        "経緯です。",
    ):
        assert words in page


def test_an_empty_entry_is_previewed_as_no_data(signed_in, submission):
    entry = factories.entry(submission, name="", system_type=None, participants=[], introduced_on=None)
    assert "データなし" in page_of(signed_in.get(address("entry_preview", entry.pk)))


def test_a_changed_entry_shows_what_is_published_now(signed_in, submission, last_year):
    carry(signed_in, case=["27-001"])
    submission.entries.update(name="新しい名前")
    entry = submission.entries.get()
    page = page_of(signed_in.get(address("entry_preview", entry.pk)))
    assert "公表中の版（2025.1）との違い" in page
    assert "チャット" in page


def test_the_prefectures_page_is_previewed_with_the_figures_that_change(signed_in, submission, last_year):
    carry(signed_in, case=["27-001"])
    factories.entry(submission, name="加えた件")
    page = page_of(signed_in.get(address("preview_prefecture")))
    for words in (
        "大阪府の担当者だけが見られます",
        "加わる事例（1件）",
        "公表されなくなる事例（1件）",
        "加えた件",
        "自動化",
        "変わる",
    ):
        assert words in page


def test_an_empty_answer_can_be_previewed(signed_in, submission):
    assert "まだ1件も登録されていません" in page_of(signed_in.get(address("preview_prefecture")))


def test_a_nil_return_is_previewed_as_such(signed_in, submission, osaka):
    set_nil_return(submission, value=True, by=osaka, reason="該当がありません。")
    assert "共同調達の実施なし" in page_of(signed_in.get(address("preview_prefecture")))


@pytest.mark.parametrize("name", ["entry_preview", "preview_prefecture"])
def test_no_amount_operator_or_summary_stands_in_a_preview(signed_in, submission, name):
    """Neither now, nor beside what was published from such an answer."""
    before = factories.submission("27", of=factories.survey_open_today(2025))
    private = {"operator": "株式会社秘密", "summary": "秘密の概要"}
    factories.entry(before, initial_cost=SECRET, annual_operating_cost=SECRET + 1, **private)
    factories.approved(before)
    publish(before.survey, note="公表しました。")
    entry = factories.entry(
        submission, case_id="27-001", initial_cost=SECRET * 10, annual_operating_cost=SECRET * 3, **private
    )
    place = [entry.pk] if name == "entry_preview" else []
    page = page_of(signed_in.get(address(name, *place)))
    assert "5億円以上" in page
    for digits in (SECRET, SECRET + 1, SECRET * 10, SECRET * 3):
        assert str(digits)[:6] not in page.replace(",", "")
    assert "7,123万" not in page
    assert "秘密" not in page


@pytest.mark.parametrize("name", ["entry_preview", "preview_prefecture"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_takes_the_same_queries_however_many_cases(
    signed_in, submission, name, count, django_assert_num_queries
):
    published_edition(*(published_case() for _place in range(count)))
    entries = [factories.entry(submission, case_id=f"27-00{place + 1}") for place in range(count)]
    place = [entries[0].pk] if name == "entry_preview" else []
    with django_assert_num_queries(QUERIES[name]):
        signed_in.get(address(name, *place))


def test_another_prefectures_entry_cannot_be_previewed(signed_in, survey):
    other = factories.entry(submission_of("20", survey))
    assert signed_in.get(address("entry_preview", other.pk)).status_code == 404


def test_another_prefectures_entry_cannot_be_previewed_through_the_own_survey_of_a_year(signed_in, survey):
    earlier = factories.entry(factories.submission("27", of=factories.survey_open_today(2025)))
    assert signed_in.get(address("entry_preview", earlier.pk)).status_code == 404


@pytest.mark.parametrize("name", ["carry", "preview_prefecture"])
def test_who_is_not_signed_in_is_led_to_sign_in(client, survey, name):
    response = client.get(address(name))
    assert (response.status_code, "/accounts/login/" in response["Location"]) == (302, True)


@pytest.mark.parametrize("name", ["carry", "preview_prefecture"])
def test_a_year_without_a_survey_is_not_found(signed_in, name):
    assert signed_in.get(address(name, year=2031)).status_code == 404


def at_field(entry, name):
    """What the form shows of last year at a field of a stored entry."""
    entry = type(entry).objects.select_related("submission__survey").get(pk=entry.pk)
    context = {"entry": entry, "field": name, "label": "案件名", "beside": beside_of(entry)[name]}
    parts = ("surveys/_field_carried.html", "surveys/_field_history.html")
    return "".join(render_to_string(part, context) for part in parts)


def test_a_carried_field_says_so_and_can_be_confirmed(submission, last_year, osaka):
    shown = at_field(carry_forward(submission, by=osaka)[0], "name")
    assert "引き継ぎ（2025年度の回答のまま・未確認）" in shown
    assert 'value="confirm_carried:name"' in shown
    assert "restore_before" not in shown


def test_a_changed_field_shows_last_years_answer_and_can_go_back(submission, last_year, osaka):
    entry = carry_forward(submission, by=osaka)[0]
    entry.name = "新しい名前"
    save_entry(entry, participants=["270008", "271004"], by=osaka)
    shown = at_field(entry, "name")
    assert "チャット" in shown
    assert 'value="restore_before:name"' in shown
    assert "confirm_carried" not in shown
    assert "外れた団体：岸和田市" in at_field(entry, "participants")


def test_earlier_years_are_folded_at_the_field(submission, last_year, osaka):
    published_edition(published_case(name="一昨年の名前"), fiscal_year=2024)
    shown = at_field(carry_forward(submission, by=osaka)[0], "name")
    assert shown.index("<details") < shown.index("2025年度</dt>") < shown.index("一昨年の名前")


def test_on_top_of_the_form_all_carried_fields_are_confirmed_in_one_press(submission, last_year, osaka):
    shown = at_field(carry_forward(submission, by=osaka)[0], "")
    assert "まだ確認していない項目が3項目あります" in shown
    assert 'value="confirm_carried:all"' in shown


def test_a_new_entry_has_nothing_of_last_year(submission):
    entry = factories.entry(submission)
    assert [at_field(entry, name).strip() for name in ("", "name", "participants")] == ["", "", ""]
