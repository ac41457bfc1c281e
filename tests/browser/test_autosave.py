"""An entry saves itself, field by field, and says so at each field."""

import pytest
from playwright.sync_api import expect

from surveys.models import Entry
from tests import factories
from tests.browser.answering import PASSWORD, person, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


@pytest.fixture
def survey(reference):
    return factories.survey_open_today()


@pytest.fixture
def osaka(survey):
    return person("27")


def state_at(page, field):
    return page.locator(f'[data-save="{field}"]')


def write(page, field, text):
    """Types and goes on to the next question."""
    page.locator(f"#id_{field}").fill(text)
    page.locator(f"#id_{field}").blur()


def open_entry(page, live_server, entry):
    page.goto(f"{live_server.url}/survey/2026/entries/{entry.pk}/")
    page.wait_for_load_state("networkidle")


def test_a_new_entry_saves_itself_through_a_lost_connection_and_a_lapsed_session(
    page, live_server, osaka, complaints
):
    sign_in(page, live_server, osaka)
    page.goto(f"{live_server.url}/survey/2026/entries/add/")
    write(page, "name", "電子申請の共同調達")
    expect(state_at(page, "name")).to_contain_text("保存しました")
    entry = Entry.objects.get()
    assert page.url.endswith(f"/survey/2026/entries/{entry.pk}/")

    write(page, "initial_cost", "高い")
    expect(state_at(page, "initial_cost")).to_contain_text("金額として読めません")

    page.context.set_offline(True)
    write(page, "background", "つながらない間に書いた経緯")
    expect(state_at(page, "background").get_by_role("button", name="未保存 — 再試行")).to_be_visible()
    page.context.set_offline(False)
    expect(state_at(page, "background")).to_contain_text("保存しました", timeout=15_000)
    assert Entry.objects.get().background == "つながらない間に書いた経緯"

    page.context.clear_cookies()
    write(page, "benefits", "サインインが切れてから書いた効果")
    link = state_at(page, "benefits").get_by_role("link", name="サインインし直す")
    expect(link).to_be_visible()
    sign_in(page, live_server, osaka)
    open_entry(page, live_server, entry)
    expect(page.locator("#id_benefits")).to_have_value("サインインが切れてから書いた効果")
    expect(state_at(page, "benefits")).to_contain_text("保存しました")
    complaints.clear()


def test_two_at_one_entry_merge_what_differs_and_decide_what_collides(
    page, open_page, live_server, osaka, survey
):
    colleague = factories.user("osaka2", prefecture_code="27", password=PASSWORD)
    answer = survey.submissions.get(prefecture_code="27")
    entry = factories.answered_entry(answer, by=osaka)
    other = open_page()
    for one, colleague_or_i in ((page, osaka), (other, colleague)):
        sign_in(one, live_server, colleague_or_i)
        open_entry(one, live_server, entry)
    write(other, "benefits", "同僚の効果")
    write(page, "background", "わたしの経緯")
    expect(state_at(page, "background")).to_contain_text("保存しました")
    expect(state_at(other, "benefits")).to_contain_text("保存しました")

    write(page, "benefits", "わたしの効果")
    expect(state_at(page, "benefits")).to_contain_text("同僚の効果")
    state_at(page, "benefits").get_by_role("button", name="あなたの内容で保存する").click()
    expect(state_at(page, "benefits")).to_contain_text("保存しました")
    stored = Entry.objects.get()
    assert (stored.background, stored.benefits) == ("わたしの経緯", "わたしの効果")

    write(other, "benefits", "やはり同僚の効果")
    state_at(other, "benefits").get_by_role("button", name="保存されている内容にする").click()
    expect(other.locator("#id_benefits")).to_have_value("わたしの効果")


def test_the_participants_of_a_colleague_stay_where_one_gives_up_ones_own(
    page, open_page, live_server, osaka, survey
):
    entry = factories.answered_entry(survey.submissions.get(prefecture_code="27"), by=osaka)
    sign_in(page, live_server, osaka)
    open_entry(page, live_server, entry)
    entry.participants.add("271403")
    for code in ("270008", "271004", "272051"):
        page.locator(f"#chosen-{code}").uncheck()
        page.wait_for_timeout(100)
    with page.expect_navigation():
        state_at(page, "participants").get_by_role("button", name="保存されている内容にする").click()
    expect(page.locator("#chosen-271403")).to_be_checked()
    assert entry.participants.count() == 4


def test_a_note_that_is_clicked_twice_is_written_once(page, live_server, osaka, survey):
    entry = factories.answered_entry(survey.submissions.get(prefecture_code="27"), by=osaka)
    sign_in(page, live_server, osaka)
    open_entry(page, live_server, entry)
    notes = page.locator("#beside-benefits .kc-notes")
    notes.get_by_text("同僚へのメモを書く").click()
    notes.get_by_label("「効果」へのメモ").fill("契約書で確かめてください")
    notes.get_by_role("button", name="メモを残す").dblclick()
    expect(notes.get_by_text("契約書で確かめてください").first).to_be_visible()
    assert entry.notes.count() == 1


def test_what_was_typed_before_the_scripts_came_is_saved_too(page, live_server, osaka, survey):
    entry = factories.answered_entry(survey.submissions.get(prefecture_code="27"), by=osaka)
    sign_in(page, live_server, osaka)
    held = []
    page.route("**/autosave*.js", lambda route: held.append(route))
    page.goto(f"{live_server.url}/survey/2026/entries/{entry.pk}/", wait_until="commit")
    page.locator("#id_background").fill("早く書いた経緯")
    held[0].continue_()
    expect(state_at(page, "background")).to_contain_text("保存しました")
    assert Entry.objects.get().background == "早く書いた経緯"


def test_one_does_not_collide_with_ones_own_text_whose_answer_was_lost(
    page, live_server, osaka, survey, complaints
):
    entry = factories.answered_entry(survey.submissions.get(prefecture_code="27"), by=osaka)
    sign_in(page, live_server, osaka)
    open_entry(page, live_server, entry)
    page.route("**/autosave/", lambda route: (route.fetch(), route.abort()), times=1)
    write(page, "background", "経緯")
    expect(state_at(page, "background").get_by_role("button", name="未保存 — 再試行")).to_be_visible()
    write(page, "background", "経緯の続き")
    expect(state_at(page, "background")).to_contain_text("保存しました")
    assert Entry.objects.get().background == "経緯の続き"
    complaints.clear()


def test_what_was_asked_for_before_a_button_was_pressed_does_not_undo_what_it_shows(
    page, live_server, osaka, survey
):
    entry = factories.answered_entry(survey.submissions.get(prefecture_code="27"), by=osaka)
    sign_in(page, live_server, osaka)
    open_entry(page, live_server, entry)
    late = []
    page.route("**/beside/benefits/", lambda route: late.append((route, route.fetch())), times=1)
    write(page, "benefits", "効果")
    expect(state_at(page, "benefits")).to_contain_text("保存しました")
    notes = page.locator("#beside-benefits .kc-notes")
    notes.get_by_text("同僚へのメモを書く").click()
    notes.get_by_label("「効果」へのメモ").fill("契約書で確かめてください")
    notes.get_by_role("button", name="メモを残す").click()
    expect(notes.get_by_text("契約書で確かめてください").first).to_be_visible()
    with page.expect_response("**/beside/benefits/"):
        route, answer = late[0]
        route.fulfill(response=answer)
    page.wait_for_load_state("networkidle")
    expect(notes.get_by_text("契約書で確かめてください").first).to_be_visible()
