"""Answering in Excel as prefecture staff do it: the page with three steps, and the page of a file."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.models import Upload
from surveys.views.uploads import FORM_BYTES
from surveys.workbook.guard import MAX_BYTES
from surveys.workflow import submit
from tests import factories
from tests.surveys.pages import address, page_of
from tests.surveys.test_uploads import BODIES, DATABASE_BACKEND, content_of, large_content, received, silenced

pytestmark = pytest.mark.django_db
WRONG = {"導入年月": "きのう"}


def send(client, content, *, name="回答.xlsx", **options):
    return client.post(address("excel"), {"file": SimpleUploadedFile(name, content)}, **options)


def decide(client, upload, action, **fields):
    data = {"action": action, "seen": upload.result.get("mark", ""), **fields}
    return client.post(address("upload", upload.pk), data, follow=True)


def text_of(response):
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page_of(response)))


@pytest.fixture
def upload(submission, osaka):
    """A file with a good row and one that cannot be read."""
    return received(submission, content_of({}, WRONG), by=osaka)


def test_the_page_leads_to_the_workbook_and_takes_a_file(signed_in):
    page = page_of(signed_in.get(address("excel")))
    assert address("workbook") in page
    assert 'type="file"' in page
    assert "25MBまで" in page


def test_the_home_and_every_survey_page_lead_to_it(signed_in):
    assert page_of(signed_in.get(address("check"))).count(f'href="{address("excel")}"') == 1
    assert page_of(signed_in.get(address("home"))).count(f'href="{address("excel")}"') == 2


def test_a_sent_file_leads_to_its_page(signed_in):
    response = send(signed_in, content_of({}))
    assert response.url == address("upload", Upload.objects.get().pk)


def test_the_sent_files_are_listed_with_who_when_and_state(signed_in, upload):
    row = re.search(r"<tbody>(.*?)</tbody>", page_of(signed_in.get(address("excel"))), re.DOTALL)[1]
    assert [upload.name in row, "staff-27" in row, "読み取り済み" in row] == [True] * 3


def test_without_a_file_the_page_says_to_choose_one(signed_in):
    response = signed_in.post(address("excel"), {})
    assert response.status_code == 422
    assert '<a href="#id_file">ファイル</a>：ファイルを選んでください' in page_of(response)
    assert "<title>エラー：" in page_of(response)


def test_a_body_that_is_too_large_is_refused_before_it_is_parsed(signed_in):
    response = signed_in.post(address("excel"), bytes(MAX_BYTES + FORM_BYTES + 1), "text/plain")
    assert response.status_code == 413
    assert "ファイルが25MBを超えています。" in page_of(response)


def test_every_other_file_needs_the_token_of_its_form(client, osaka):
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(osaka)
    assert send(strict, content_of({})).status_code == 403
    assert Upload.objects.count() == 0


def test_what_is_no_workbook_is_refused_with_what_to_do(signed_in):
    page = text_of(send(signed_in, b"\xd0\xcf\x11\xe0", follow=True))
    assert "このファイルは読み取れませんでした" in page
    assert "パスワードを外し、.xlsxで保存し直してください。" in page


def test_the_summary_counts_what_was_read(signed_in, submission, osaka):
    factories.entry(submission, number="1", name="前の名前", participants=BODIES)
    factories.entry(submission, number="9")
    upload = received(submission, content_of({}, {}, WRONG), by=osaka)
    page = page_of(signed_in.get(address("upload", upload.pk)))
    figures = re.findall(r'kc-figures__label">(.*?)</dt>\s*<dd class="kc-figures__value">(\d+)', page)
    assert figures == [
        ("読んだ行", "3"),
        ("新しい件", "1"),
        ("変わる件", "1"),
        ("変わらない件", "0"),
        ("ファイルにない件", "1"),
        ("取り込めない行", "1"),
    ]


def test_a_finding_says_cell_question_reason_and_what_is_expected(signed_in, upload):
    page = text_of(signed_in.get(address("upload", upload.pk)))
    assert "共同調達 I3" in page
    assert "令和3年5月" in page


def test_a_finding_leads_to_the_question_of_a_stored_entry(signed_in, submission, osaka):
    entry = factories.entry(submission, number="1", participants=BODIES)
    upload = received(submission, content_of(WRONG), by=osaka)
    page = page_of(signed_in.get(address("upload", upload.pk)))
    assert f'<a href="{address("entry", entry.pk)}#id_introduced_on">導入年月</a>' in page


def test_few_cells_of_stored_entries_are_put_right_on_screen(signed_in, submission, osaka):
    factories.entry(submission, number="1", participants=BODIES)
    upload = received(submission, content_of(WRONG, {}), by=osaka)
    assert "おすすめ：読み取れた行だけを取り込み" in page_of(signed_in.get(address("upload", upload.pk)))


def test_nothing_is_recommended_to_be_taken_in_where_nothing_else_is_in_the_file(
    signed_in, submission, osaka
):
    factories.entry(submission, number="1", participants=BODIES)
    upload = received(submission, content_of(WRONG), by=osaka)
    page = page_of(signed_in.get(address("upload", upload.pk)))
    assert "おすすめ：画面で直す。" in page
    assert "take_good" not in page


def test_cells_of_cases_that_are_not_on_screen_are_put_right_in_the_file(signed_in, upload):
    assert "おすすめ：ファイルを直して" in page_of(signed_in.get(address("upload", upload.pk)))


def test_a_file_without_errors_is_taken_in_as_a_whole(signed_in, submission, osaka):
    upload = received(submission, content_of({}, {}), by=osaka)
    page = text_of(decide(signed_in, upload, "take"))
    assert "下は、取り込んだときの内容です。" in page
    assert submission.entries.count() == 2


def test_after_taking_in_the_good_rows_the_check_page_is_next(signed_in, submission, upload):
    response = decide(signed_in, upload, "take_good")
    assert response.redirect_chain == [(address("check"), 302)]
    assert "読み取れた行を取り込みました。" in page_of(response)
    assert submission.entries.get().number == "1"


def test_a_second_click_is_told_that_it_is_done(signed_in, submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    decide(signed_in, upload, "take")
    assert "すでに「取り込みました」になっています。" in page_of(decide(signed_in, upload, "take"))
    assert submission.entries.count() == 1


def test_an_entry_that_the_file_lacks_is_deleted_only_if_ticked(signed_in, submission, osaka):
    kept, ticked = factories.entry(submission, number="8"), factories.entry(submission, number="9")
    upload = received(submission, content_of({}), by=osaka)
    assert f'name="delete" value="{kept.pk}">' in page_of(signed_in.get(address("upload", upload.pk)))
    decide(signed_in, upload, "take", delete=[ticked.pk])
    assert sorted(submission.entries.values_list("number", flat=True)) == ["1", "8"]


def test_a_discarded_file_changes_nothing(signed_in, submission, upload):
    assert "回答は変わっていません。" in page_of(decide(signed_in, upload, "discard"))
    assert submission.entries.count() == 0


def test_the_marked_file_comes_back_under_its_own_name(signed_in, upload):
    response = signed_in.get(address("upload_marked", upload.pk))
    assert "%E5%9B%9E%E7%AD%94_%E7%A2%BA%E8%AA%8D%E7%B5%90%E6%9E%9C.xlsx" in response["Content-Disposition"]


def test_a_file_that_is_marked_again_keeps_its_name(signed_in, submission, osaka):
    upload = received(submission, content_of({"導入年月": "きのう"}), by=osaka, name="回答_確認結果.xlsx")
    response = signed_in.get(address("upload_marked", upload.pk))
    assert response["Content-Disposition"].count("%E7%A2%BA%E8%AA%8D%E7%B5%90%E6%9E%9C") == 1


def test_a_file_of_which_nothing_can_be_taken_in_is_asked_for_again(signed_in, submission, osaka):
    upload = received(submission, content_of({"導入年月": "きのう"}), by=osaka)
    page = page_of(signed_in.get(address("upload", upload.pk)))
    assert ("直したファイルを送る" in page, 'type="file"' in page) == (True, True)
    assert ("取り込むかどうかを決める" in page, "いまは取り込めません。" in page) == (False, False)


def test_a_file_that_could_not_be_read_is_asked_for_again(signed_in):
    assert 'type="file"' in page_of(send(signed_in, b"\xd0\xcf\x11\xe0 old", follow=True))


def test_a_marked_csv_file_comes_back_as_a_workbook(signed_in):
    send(signed_in, "整理番号,案件名,名まえ\r\n1,甲,乙\r\n".encode("cp932"), name="回答.csv")
    response = signed_in.get(address("upload_marked", Upload.objects.get().pk))
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_a_file_without_findings_has_nothing_to_mark(signed_in, submission, osaka):
    upload = received(submission, content_of({}), by=osaka)
    assert not upload.result["findings"]
    assert signed_in.get(address("upload_marked", upload.pk)).status_code == 404


@pytest.mark.parametrize("name", ["upload", "upload_marked"])
def test_another_prefecture_does_not_find_it(client, nagano, upload, name):
    client.force_login(nagano)
    assert client.get(address(name, upload.pk)).status_code == 404
    assert client.post(address(name, upload.pk)).status_code in (404, 405)


def test_another_prefecture_does_not_see_it_listed(client, nagano, upload):
    client.force_login(nagano)
    assert upload.name not in page_of(client.get(address("excel")))


def test_an_answer_that_was_submitted_shows_why_nothing_can_be_sent(signed_in, submission, upload):
    factories.entry(submission)
    submit(submission)
    page = page_of(signed_in.get(address("excel")))
    assert ("提出済みです。" in page, 'type="file"' in page) == (True, False)
    page = page_of(signed_in.get(address("upload", upload.pk)))
    assert ("いまは取り込めません。" in page, 'value="take_good"' in page) == (True, False)


@pytest.fixture
def waiting(settings, submission, osaka):
    """A large file while no worker runs."""
    settings.TASKS = DATABASE_BACKEND
    return received(submission, large_content(), by=osaka)


def test_a_waiting_file_can_be_looked_at_again_without_javascript(signed_in, waiting):
    page = page_of(signed_in.get(address("upload", waiting.pk)))
    assert 'role="status"' in page
    assert f'<a href="{address("upload", waiting.pk)}">いまの状態を見る</a>' in page
    assert "この画面で続ける" not in page


def test_how_far_the_reading_is_stands_in_words(signed_in, waiting):
    Upload.objects.update(state="reading", rows_read=120, rows_total=300)
    assert "300行のうち120行を読みました。" in page_of(signed_in.get(address("upload", waiting.pk)))


def test_htmx_gets_the_progress_and_then_the_whole_page(signed_in, waiting):
    ask = {"HTTP_HX_REQUEST": "true"}
    assert page_of(signed_in.get(address("upload", waiting.pk), **ask)).startswith("\n<div") is True
    Upload.objects.update(state="read")
    assert signed_in.get(address("upload", waiting.pk), **ask)["HX-Refresh"] == "true"


def test_where_no_worker_comes_the_page_says_so_and_can_do_it_itself(signed_in, waiting):
    silenced(waiting)
    assert "この画面で続ける" in page_of(signed_in.get(address("upload", waiting.pk)))
    assert "取り込むと、こう変わります" in page_of(decide(signed_in, waiting, "work_now"))


def test_an_emptied_file_says_so(signed_in, upload):
    Upload.objects.update(state="taken", content=b"", result={"removed": True})
    assert "保存期間が過ぎたため" in page_of(signed_in.get(address("upload", upload.pk)))
    assert signed_in.get(address("upload_marked", upload.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sent_files_takes_the_same_queries(
    signed_in, submission, osaka, count, django_assert_num_queries
):
    for _each in range(count):
        received(submission, content_of({}), by=osaka)
    with django_assert_num_queries(5):
        signed_in.get(address("excel"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_file_takes_the_same_queries(
    signed_in, submission, osaka, count, django_assert_num_queries
):
    rows = [{}, WRONG] * count
    upload = received(submission, content_of(*rows), by=osaka)
    with django_assert_num_queries(5):
        signed_in.get(address("upload", upload.pk))


def test_many_changes_are_paged(signed_in, submission, osaka):
    upload = received(submission, content_of(*[{}] * 101, bodies=BODIES[:1]), by=osaka)
    first, second = (
        page_of(signed_in.get(address("upload", upload.pk), {"changes": page})).count("<summary>")
        for page in (1, 2)
    )
    assert (first, second) == (100, 1)
