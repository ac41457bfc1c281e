"""The secretariat at a browser: the whole way from the board to the edition, and pages anyone can use."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from procurement.admin import uploads
from procurement.changes import propose
from procurement.importing.local_governments import Comparison
from procurement.models import LocalGovernment
from surveys import uploads as answer_uploads
from surveys.models import User
from surveys.remarks import RemarkDraft
from surveys.workflow import return_for_correction, submit
from tests.factories import (
    entry,
    published_case,
    published_edition,
    respond_to_all,
    secretariat,
    staff_of,
    submission,
    survey_open_today,
)
from tests.files import csv_content
from tests.surveys.test_admin_entries import row

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kyodo-chotatsu-2026"


@pytest.fixture
def handed_in(reference):
    """大阪府's answer with one entry, beside an edition of last year."""
    published_edition(published_case(), fiscal_year=2025)
    submission = survey_open_today().submissions.get(prefecture_code="27")
    entry(submission, case_id="27-001", annual_operating_cost=71_234_567, background="背景。" * 200)
    return submit(submission)


@pytest.fixture
def returned(handed_in):
    """長野県's answer, handed back for one field."""
    answer = submission("20", of=handed_in.survey)
    drafts = [RemarkDraft("年月を確かめてください。", entry(answer).pk, "introduced_on")]
    return return_for_correction(submit(answer), comment="全体を見てください。", remarks=drafts)


@pytest.fixture
def proposed():
    """堺市 is missing in a newer list of bodies."""
    missing = (LocalGovernment.objects.get(code="271403"),)
    comparison = Comparison(0, 0, new=(), renamed=(), missing=missing, is_first=False)
    return propose(comparison, source="codes.xlsx")[0]


@pytest.fixture
def sent(handed_in):
    """A file of 京都府 that cannot be read."""
    answer = submission("26", of=handed_in.survey)
    sender = staff_of("26")
    return answer_uploads.receive(answer, name="回答.xlsx", content=b"no workbook", by=sender)


def sign_in(page, live_server):
    User.objects.filter(pk=secretariat().pk).update(password=make_password(PASSWORD))
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("ユーザー名").fill("jimukyoku")
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    page.wait_for_url("**/admin/")


def violations(page):
    return [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(page).response["violations"]]


def test_an_answer_is_returned_corrected_approved_and_published(page, live_server, handed_in):
    sign_in(page, live_server)
    page.get_by_role("link", name="47都道府県の回答一覧").click()
    page.get_by_role("link", name="27 大阪府").click()
    page.locator("button", has_text="この項目に理由を書く：概要").click()
    page.get_by_label("差戻しの理由※任意").fill("概要を書いてください。")
    page.get_by_label("回答全体への理由").fill("1件直してください。")
    page.get_by_role("button", name="理由を付けて差し戻す").click()
    expect(page.get_by_text("大阪府の回答を「差戻し」にしました。")).to_be_visible()
    expect(page.get_by_role("cell", name="差戻しの理由 概要を書いてください。", exact=True)).to_be_visible()

    respond_to_all(handed_in)
    submit(handed_in)
    page.reload()
    page.get_by_role("button", name="すべて対応済みとして完了にし、承認する").click()
    expect(page.get_by_text("大阪府の回答を「承認済み」にしました。")).to_be_visible()

    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="確認して公表する").click()
    page.get_by_label("更新内容").fill("令和8年度調査の結果を公表しました。")
    for warning in page.get_by_label("確かめました").all():
        warning.check()
    page.get_by_label("上の確認事項を読みました。").check()
    page.get_by_role("button", name="最初の版として公表する").click()
    expect(page.get_by_text("2026.1を公表しました。")).to_be_visible()
    page.get_by_role("link", name="公表ページを開く", exact=True).click()
    page.wait_for_url("**/?edition=2026.1")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_the_desk_have_no_axe_violation_and_no_sideways_scroll(
    open_page, complaints, live_server, handed_in, returned, proposed, sent, width
):
    page = open_page(viewport={"width": width, "height": 900})
    sign_in(page, live_server)
    pages = (
        "/admin/",
        "/admin/surveys/submission/",
        f"/admin/surveys/submission/{handed_in.pk}/review/",
        f"/admin/surveys/survey/{handed_in.survey_id}/publish/",
        "/admin/surveys/survey/",
        "/admin/surveys/entry/import/",
        "/admin/surveys/entry/export/",
        f"/admin/surveys/submission/{returned.pk}/review/",
        "/admin/surveys/upload/",
        "/admin/surveys/mail/",
        "/admin/procurement/localgovernmentchange/",
        f"/admin/procurement/localgovernmentchange/{proposed.pk}/change/",
        "/admin/procurement/localgovernment/271403/change/",
    )
    found = []
    for address in pages:
        assert page.goto(f"{live_server.url}{address}").ok
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        found += complaints
        found += [(address, *one) for one in violations(page)] + ([(address, "wide")] if wide else [])
        complaints.clear()  # axe itself tries inline styles on some pages
    assert found == []


def test_a_file_with_mistakes_is_explained_row_by_row(page, live_server, handed_in, tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "FOLDER", tmp_path / "uploads")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/surveys/entry/import/")
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": csv_content([row(参加団体="999997")])}
    page.get_by_label("ファイル").set_input_files(file)
    page.get_by_label("形式").select_option(label="CSV")
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_role("cell", name="団体コード「999997」の団体は登録されていません。")).to_be_visible()
    assert violations(page) == []


def test_the_desk_works_without_scripts(page_without_javascript, live_server, handed_in):
    page = page_without_javascript
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/surveys/submission/{handed_in.pk}/review/")
    page.get_by_role("button", name="この回答を承認する").click()
    expect(page.get_by_text("大阪府の回答を「承認済み」にしました。")).to_be_visible()
