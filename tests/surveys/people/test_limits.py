"""Attempts to sign in are counted over all processes, and who is stopped is told for how long."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from tests.surveys.pages import page_of

pytestmark = pytest.mark.django_db
BASE = Path(__file__).parent.parent.parent.parent
PASSWORD = "kyodo-chotatsu-26"
IN_ANOTHER_PROCESS = """
import django
django.setup()
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.test import RequestFactory
request = RequestFactory().post("/accounts/login/")
with context.request_context(request):
    for _attempt in range(5):
        get_adapter().pre_authenticate(request, username="staff-27", password="wrong")
"""


@pytest.fixture
def person(osaka):
    osaka.set_password(PASSWORD)
    osaka.save()
    return osaka


@pytest.fixture
def shared_cache(settings, tmp_path):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    assert caches["default"] is not None
    return tmp_path


def sign_in(client, **more):
    return client.post(reverse("account_login"), {"login": "staff-27", "password": PASSWORD}, **more)


def test_failures_in_another_process_count_here(client, person, shared_cache):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "sqlite://:memory:",
        "CACHE_URL": f"filecache://{shared_cache}",
        "ALLOWED_HOSTS": "testserver",
    }
    subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS], env=environment, cwd=BASE, check=True)
    page = page_of(sign_in(client))
    assert "5分おいて、もう一度試してください。" in page
    assert "<title>エラー：" in page


def test_the_right_password_does_not_count(client, person):
    cache.clear()
    for _time in range(7):
        assert sign_in(client).status_code == 302
        client.logout()
    cache.clear()


def test_one_address_that_asks_without_end_is_told_when_to_come_again(client, person, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client)
    client.logout()
    response = sign_in(client)
    cache.clear()
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "1分おいて" in page_of(response)
