"""The whole year of a prefecture in Excel: filled in, wrong, marked, corrected, handed in, returned, published."""

import datetime
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from procurement.models import LocalGovernment
from surveys.models import Entry, State, Submission
from tests import factories, libreoffice
from tests.browser import excel_year
from tests.browser.answering import approve_and_publish, at_the_desk, person, published_case, sign_in
from tests.browser.test_survey_answering import Keyboard

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]

RED = "FFFFD6CC"
AMOUNT = re.compile("|".join(f"{yen:,}|{yen}" for case in excel_year.CASES for yen in case[4:] if yen))


@pytest.fixture
def shizuoka(reference):
    factories.survey_open_today()
    LocalGovernment.objects.create(
        **excel_year.ABOLISHED, abolished_on=datetime.date(2010, 3, 23), successor_id="222216"
    )
    return person("22")


def downloaded(page, link):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    return Path(waiting.value.path()).read_bytes(), waiting.value.suggested_filename


def open_excel(page, live_server):
    page.goto(f"{live_server.url}/survey/2026/excel/")
    return downloaded(page, "Excelブックをダウンロードする")


def send(page, content, name):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("ファイル", exact=False).and_(page.locator("input")).set_input_files(file)
    before = page.url
    page.get_by_role("button", name="送って確かめる").click()
    page.wait_for_url(lambda url: url != before and "/excel/" in url)


def said_on_the_page(page):
    """{(sheet, cell): what stands in the row of the findings}"""
    rows = page.locator(".kc-upload__findings tbody tr").all()
    return {
        tuple(row.get_by_role("rowheader").inner_text().split()): row.get_by_role("cell").nth(2).inner_text()
        for row in rows
    }


def unsaid(said):
    """The mistakes at whose cells their words do not stand."""
    return {
        place for place, (_value, words) in excel_year.MISTAKES.items() if words not in said.get(place, "")
    }


def submission():
    return Submission.objects.get(prefecture_code="22")


def test_a_year_in_excel_and_on_screen(page, open_page, live_server, shizuoka):
    sign_in(page, live_server, shizuoka)
    right = excel_year.filled(open_excel(page, live_server)[0])
    send(page, excel_year.with_mistakes(right), "静岡県.xlsx")
    returned = every_mistake_is_at_its_cell(page)
    send(page, excel_year.corrected(returned, right=right), "静岡県_確認結果.xlsx")
    the_changes_are_confirmed(page)
    the_open_questions_are_answered(page)
    one_field_is_changed_on_screen(page, live_server, "業務時間の短縮")
    hand_in(page, live_server)
    desk = at_the_desk(open_page, live_server)
    it_is_returned_with_a_reason_on_a_field(desk)
    the_reason_is_answered(page, live_server)
    hand_in(page, live_server)
    approve_and_publish(desk, live_server)
    the_public_sees_brackets_and_no_amount(open_page(), live_server)


def every_mistake_is_at_its_cell(page):
    """On the page, in the comments and in the list of the workbook that comes back; returns that workbook."""
    expect(page.get_by_role("heading", name="取り込めないところが18か所あります")).to_be_visible()
    said = said_on_the_page(page)
    assert (unsaid(said), said.keys()) == (set(), excel_year.MISTAKES.keys() | excel_year.FOLLOWING)
    content, name = downloaded(page, "直すところに印を付けたファイルをダウンロードする")
    assert name == "静岡県_確認結果.xlsx"
    comments, listing = excel_year.comments_in(content), excel_year.listing_in(content)
    assert (unsaid(comments), unsaid(listing)) == (set(), set())
    assert comments.keys() == listing.keys() == said.keys()
    assert excel_year.colours_in(content, said) == {RED}
    assert Entry.objects.count() == 0
    return content


def the_changes_are_confirmed(page):
    assert said_on_the_page(page).keys() == {("共同調達", "L8")}
    page.locator("summary", has_text="電子申請システムの共同利用").click()
    changes = page.get_by_role("region", name="1 電子申請システムの共同利用")
    expect(changes.get_by_role("row", name="年間運用費用")).to_contain_text("71,234,567")
    expect(changes.get_by_role("row", name="参加団体")).to_contain_text("3団体")
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_role("status").get_by_text("取り込みました")).to_be_visible()
    assert Entry.objects.count() == len(excel_year.CASES)


def the_open_questions_are_answered(page):
    page.get_by_role("link", name="不足を確認する").click()
    page.get_by_role("link", name="確認して提出する").click()
    page.get_by_text("このままでよいとき（理由を書く）").click()
    page.get_by_label("このままでよい理由").fill("国の事業の成果を使うため、初期費用はありません。")
    page.get_by_role("button", name="書いた理由を残す（まだ提出しません）").click()
    expect(page.get_by_text("確かめるところ（")).to_have_count(0)
    assert submission().state == State.DRAFT


def one_field_is_changed_on_screen(page, live_server, text):
    entry = Entry.objects.get(number="1")
    page.goto(f"{live_server.url}/survey/2026/entries/{entry.pk}/")
    page.locator("#id_benefits").fill(text)
    page.locator("#id_benefits").blur()
    expect(page.locator('[data-save="benefits"]')).to_contain_text("保存しました")
    assert Entry.objects.get(pk=entry.pk).benefits == text


def hand_in(page, live_server):
    page.goto(f"{live_server.url}/survey/2026/")
    page.get_by_role("link", name="確認して提出する").click()
    page.get_by_role("button", name="提出する", exact=True).click()
    page.wait_for_url("**/receipt/")
    assert submission().state == State.SUBMITTED


def it_is_returned_with_a_reason_on_a_field(desk):
    desk.reload()
    desk.locator("#result_list tbody a").first.click()
    desk.locator("button", has_text="この項目に理由を書く：効果").first.click()
    desk.get_by_label("差戻しの理由※任意").fill("何の業務かを書いてください。")
    desk.get_by_role("button", name="理由を付けて差し戻す").click()
    expect(desk.get_by_text("静岡県の回答を「差戻し」にしました。")).to_be_visible()


def the_reason_is_answered(page, live_server):
    page.goto(f"{live_server.url}/survey/2026/")
    page.get_by_role("link", name="最初の指摘へ").click()
    reason = page.locator(".kc-remark")
    expect(reason).to_contain_text("何の業務かを書いてください。")
    page.locator("#id_benefits").fill("窓口の業務時間の短縮")
    reason.get_by_label("修正しました", exact=True).check()
    reason.get_by_role("button", name="対応を記録する").click()
    expect(reason.get_by_text("staff-22")).to_be_visible()


def the_public_sees_brackets_and_no_amount(page, live_server):
    case = published_case(page, live_server, "22-001")
    assert ("1,000万円以上" in case, "5,000万円以上1億円未満" in case) == (True, True)
    assert ("窓口の業務時間の短縮" in case, "3団体" in case) == (True, True)
    assert AMOUNT.findall(page.content()) == []
    page.goto(f"{live_server.url}/prefectures/22/")
    assert ("電子図書館" in page.content(), AMOUNT.findall(page.content())) == (True, [])


def test_what_libreoffice_saved_is_taken_in_by_keyboard_alone(page, live_server, shizuoka, tmp_path):
    libreoffice.required()
    sign_in(page, live_server, shizuoka)
    content = excel_year.filled(open_excel(page, live_server)[0])
    file = tmp_path / "静岡県.xlsx"
    file.write_bytes(libreoffice.saved_again(content))
    keys = Keyboard(page)
    with page.expect_file_chooser() as chooser:
        keys.reach("#id_file").press("Enter")
    chooser.value.set_files(file)
    keys.follow("form[enctype] button")
    page.wait_for_url("**/excel/*/")
    keys.follow("[value=take]")
    expect(page.get_by_role("status").get_by_text("取り込みました")).to_be_visible()
    assert [entry.annual_operating_cost for entry in Entry.objects.in_number_order()] == [
        case[-1] for case in excel_year.CASES
    ]


def test_without_javascript_a_marked_file_is_corrected_on_a_phone(open_page, live_server, shizuoka):
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    sign_in(page, live_server, shizuoka)
    right = excel_year.filled(open_excel(page, live_server)[0])
    send(page, excel_year.with_mistakes(right), "静岡県.xlsx")
    returned, _name = downloaded(page, "印を付けたファイルをダウンロードする")
    send(page, excel_year.corrected(returned, right=right), "静岡県_確認結果.xlsx")
    page.get_by_role("button", name="取り込む", exact=True).click()
    page.get_by_role("link", name="不足を確認する").click()
    expect(page.get_by_text("必要な項目はそろっています。")).to_be_visible()
    assert Entry.objects.count() == len(excel_year.CASES)
