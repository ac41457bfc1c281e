"""Reference data and what is published, in the admin."""

import pytest

from procurement.models import Edition, JointProcurement, LocalGovernment, SystemType
from surveys.models import User
from tests.factories import entry, published_case, published_edition, secretariat, survey_open_today

pytestmark = pytest.mark.django_db
TYPE = {"name": "チャット", "name_en": "Chat", "domain": "tools", "order": "5"}


@pytest.fixture
def desk(client):
    client.force_login(secretariat())
    return client


@pytest.fixture
def superuser(client):
    client.force_login(User.objects.create_superuser("admin"))
    return client


def told(response):
    return [str(message) for message in response.context["messages"]]


def address(instance, page):
    return f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/{page}/"


def test_a_system_type_is_edited_but_keeps_its_slug(desk):
    chat = SystemType.objects.get(slug="business-chat")
    desk.post(address(chat, "change"), {**TYPE, "slug": "something-else"})
    chat.refresh_from_db()
    assert (chat.slug, chat.name) == ("business-chat", "チャット")


def test_a_system_type_is_not_called_other(desk):
    response = desk.post("/admin/procurement/systemtype/add/", {**TYPE, "slug": "other"})
    assert "種類の識別子にはできません。" in response.text


def test_a_local_government_keeps_its_code(desk):
    osaka = LocalGovernment.objects.get(code="271004")
    fields = {
        "kind": "designated_city",
        "prefecture_code": "27",
        "name": "大阪市改",
        "kana": "",
        "romaji": "",
    }
    desk.post(address(osaka, "change"), {**fields, "code": "272027", "abolished_on": "", "successor": ""})
    assert LocalGovernment.objects.get(code="271004").name == "大阪市改"


@pytest.mark.parametrize("asked", ["大阪市", "おおさかし", "オオサカシ", "271004"])
def test_a_body_is_found_by_kanji_kana_or_code(desk, asked):
    found = desk.get("/admin/procurement/localgovernment/", {"q": asked}).context["cl"].result_list
    assert "271004" in [body.code for body in found]


def test_figures_are_found_by_the_name_of_the_body(desk):
    found = (
        desk.get("/admin/procurement/localgovernmentstatistics/", {"q": "四條畷"}).context["cl"].result_list
    )
    assert {row.local_government_id for row in found} == {"272299"}


def test_a_type_in_use_is_not_deleted_and_it_is_said_by_what(superuser):
    entry(survey_open_today().submissions.get(prefecture_code="27"))
    used = SystemType.objects.get(slug="electronic-application")
    response = superuser.post(address(used, "delete"), {"post": "yes"}, follow=True)
    assert told(response) == [f"「{used.name}」は使われているため、削除できません：回答の1件 1。"]
    assert SystemType.objects.filter(pk=used.pk).exists()


def test_a_body_that_takes_part_in_an_entry_is_not_deleted_out_of_it(superuser):
    made = entry(survey_open_today().submissions.get(prefecture_code="27"), participants=["270008"])
    assert made.participants.count() == 1
    body = LocalGovernment.objects.get(code="270008")
    superuser.post(address(body, "delete"), {"post": "yes"})
    assert made.participants.count() == 1


def test_what_nobody_refers_to_is_deleted(superuser):
    unused = SystemType.objects.create(slug="unused", name="未使用", domain="tools")
    superuser.post(address(unused, "delete"), {"post": "yes"})
    assert not SystemType.objects.filter(pk=unused.pk).exists()


def test_the_secretariat_deletes_no_reference_data(desk):
    unused = SystemType.objects.create(slug="unused", name="未使用", domain="tools")
    assert desk.post(address(unused, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", [Edition, JointProcurement])
def test_what_is_published_is_looked_at_and_never_changed_even_by_a_superuser(superuser, model):
    published_edition(published_case())
    instance = model.objects.get()
    assert superuser.get(address(instance, "change")).status_code == 200
    assert superuser.post(address(instance, "change"), {}).status_code == 403
    assert superuser.post(address(instance, "delete"), {"post": "yes"}).status_code == 403
    assert superuser.get(f"/admin/procurement/{model._meta.model_name}/add/").status_code == 403


def test_the_participants_of_a_published_case_are_shown(desk):
    published_edition(published_case(participants=["270008", "271004"]))
    assert "大阪府、大阪市" in desk.get(address(JointProcurement.objects.get(), "change")).text


@pytest.mark.parametrize("cases", [1, 30])
def test_the_list_of_cases_asks_the_same_questions_however_long(desk, django_assert_num_queries, cases):
    published_edition(*(published_case() for _number in range(cases)))
    with django_assert_num_queries(9):
        desk.get("/admin/procurement/jointprocurement/")
