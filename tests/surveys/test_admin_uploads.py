"""The secretariat sees who sent which file, and nothing of what stands in it."""

import pytest

from surveys.models import Upload
from tests import factories

pytestmark = pytest.mark.django_db

UPLOADS = "/admin/surveys/upload/"


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture
def answer():
    return factories.submission()


def upload(answer, name="回答.xlsx"):
    result = {"changes": [{"name": "秘密の案件"}]}
    return Upload.objects.create(
        submission=answer, name=name, content=b"PK", result=result, by_name="大阪府 担当", state="taken"
    )


def test_a_file_is_listed_with_who_sent_it_and_its_state(desk, answer):
    upload(answer)
    page = desk.get(UPLOADS).text
    assert [words in page for words in ("回答.xlsx", "大阪府 担当", "取り込みました")] == [True] * 3


def test_a_file_is_neither_shown_nor_changed(desk, answer):
    address = f"{UPLOADS}{upload(answer).pk}/change/"
    page = desk.get(address).text
    assert ("回答.xlsx" in page, "秘密の案件" in page, 'name="_save"' in page) == (True, False, False)
    assert desk.post(address, {"name": "別.xlsx"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(desk, answer, django_assert_num_queries, count):
    for number in range(count):
        upload(answer, f"{number}.xlsx")
    with django_assert_num_queries(11):
        desk.get(UPLOADS)
