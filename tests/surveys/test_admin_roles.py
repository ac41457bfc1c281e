"""Who may do what in the admin: superuser, secretariat, prefecture staff."""

import pytest

from surveys.models import User
from tests.factories import secretariat, staff_of, survey_open_today

pytestmark = pytest.mark.django_db
OF_THE_SUPERUSER = ("/admin/surveys/user/", "/admin/surveys/user/add/", "/admin/auth/group/")
OF_THE_SECRETARIAT = (
    "/admin/",
    "/admin/surveys/survey/",
    "/admin/surveys/survey/add/",
    "/admin/surveys/submission/",
    "/admin/surveys/entry/",
    "/admin/surveys/entry/import/",
    "/admin/surveys/entry/export/",
    "/admin/surveys/event/",
    "/admin/surveys/upload/",
    "/admin/procurement/systemtype/",
    "/admin/procurement/systemtype/import/",
    "/admin/procurement/localgovernment/",
    "/admin/procurement/localgovernment/export/",
    "/admin/procurement/localgovernmentstatistics/",
    "/admin/procurement/edition/",
    "/admin/procurement/jointprocurement/",
)


@pytest.mark.parametrize("address", OF_THE_SECRETARIAT)
def test_the_secretariat_opens_its_pages(client, address):
    survey_open_today()
    client.force_login(secretariat())
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", OF_THE_SUPERUSER)
def test_people_and_groups_are_the_superusers_business(client, address):
    client.force_login(secretariat())
    assert client.get(address).status_code == 403
    client.force_login(User.objects.create_superuser("admin"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", OF_THE_SECRETARIAT)
def test_prefecture_staff_are_led_back_to_their_own_page(client, address):
    survey_open_today()
    client.force_login(staff_of("27"))
    turned_away = client.get(address)
    assert turned_away.status_code == 302
    assert client.get(turned_away["Location"])["Location"] == "/survey/"


@pytest.mark.parametrize("address", OF_THE_SECRETARIAT)
def test_visitors_are_asked_to_sign_in(client, address):
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def test_staff_without_permissions_see_an_empty_desk(client):
    survey_open_today()
    client.force_login(User.objects.create_user("new", is_staff=True))
    response = client.get("/admin/")
    assert response.context["desk"] == []
    assert response.context["app_list"] == []


@pytest.mark.parametrize("model", ["entry", "systemtype", "localgovernment"])
@pytest.mark.parametrize("direction", ["import", "export"])
def test_looking_does_not_mean_moving_files(client, model, direction):
    app = "surveys" if model == "entry" else "procurement"
    person = secretariat()
    group = person.groups.get()
    group.permissions.remove(group.permissions.get(codename=f"{direction}_{model}"))
    client.force_login(person)
    assert client.get(f"/admin/{app}/{model}/").status_code == 200
    assert client.get(f"/admin/{app}/{model}/{direction}/").status_code == 403
    assert client.post(f"/admin/{app}/{model}/{direction}/", {"format": "0"}).status_code == 403
    if direction == "import":
        assert client.post(f"/admin/{app}/{model}/process_import/", {}).status_code == 403


def test_a_superuser_gives_prefecture_staff_their_prefecture(client):
    client.force_login(User.objects.create_superuser("admin"))
    secret = "kyodo-chotatsu-26"
    passwords = {"usable_password": "true", "password1": secret, "password2": secret}
    client.post("/admin/surveys/user/add/", {"username": "osaka", "prefecture_code": "27", **passwords})
    assert User.objects.get(username="osaka").is_prefecture_staff


def test_nobody_is_of_a_prefecture_and_of_the_secretariat(client):
    client.force_login(User.objects.create_superuser("admin"))
    secret = "kyodo-chotatsu-26"
    passwords = {"usable_password": "true", "password1": secret, "password2": secret}
    response = client.post(
        "/admin/surveys/user/add/",
        {"username": "both", "prefecture_code": "27", "is_staff": "on", **passwords},
    )
    assert "事務局の利用者には都道府県を設定できません。" in response.text
    assert not User.objects.filter(username="both").exists()
