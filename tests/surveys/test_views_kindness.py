"""Small things that a page owes to whoever reads or fills it."""

import pytest

from surveys.models import Submission
from tests import factories
from tests.surveys.pages import address

pytestmark = pytest.mark.django_db


def test_a_nil_return_of_before_that_has_no_reason_is_asked_for_it_where_it_stands(signed_in, submission):
    Submission.objects.filter(pk=submission.pk).update(nil_return=True)
    assert "理由を保存する" in signed_in.get(address("home")).content.decode()
    signed_in.post(address("nil_return"), {"value": "yes", "reason": "該当がありませんでした。"})
    submission.refresh_from_db()
    assert (submission.nil_return, submission.nil_return_reason) == (True, "該当がありませんでした。")
    assert "理由を保存する" not in signed_in.get(address("home")).content.decode()


def test_a_file_that_was_not_chosen_is_asked_for_in_our_words_without_scripts(signed_in, submission):
    page = signed_in.get(address("excel")).content.decode()
    form = page[page.index('enctype="multipart/form-data"') : page.index("</form>", page.index("id_file"))]
    assert "novalidate" in form
    assert 'name="file" required' not in form
    answer = signed_in.post(address("excel"), {})
    assert answer.status_code == 422
    assert "ファイルを選んでください（例：" in answer.content.decode()


def test_what_people_wrote_is_marked_as_japanese_on_pages_in_english(signed_in, submission):
    entry = factories.entry(submission, summary="概要です。", benefits="効果です。")
    page = signed_in.get(f"/en{address('entry_delete', entry.pk)}").content.decode()
    assert '<span class="kc-multiline" lang="ja">概要です。</span>' in page
    assert '<span class="kc-multiline">May 2021</span>' in page
