"""The archive of an edition is the same for ever, whole in itself, and proves its figures."""

import datetime
import hashlib
import io
import json
import re
import zipfile
from html import unescape
from posixpath import dirname, join, normpath

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.archiving.kept import archive_of, files_in, kept_archive
from tests.factories import published_edition, varied_cases, varied_edition
from tests.verifying.small_edition import small_edition

pytestmark = pytest.mark.django_db
LINK = re.compile(r' (?:href|src|action)="([^"]*)"')


def pages():
    return {
        name: content.decode() for name, content in files_in(kept_archive()).items() if name.endswith(".html")
    }


def links_in(text):
    return [unescape(link) for link in LINK.findall(text)]


def test_the_archive_is_byte_for_byte_the_same_years_later_and_beside_a_newer_edition():
    edition = small_edition()
    first = kept_archive()
    published_edition(*varied_cases(), revision=2)
    with time_machine.travel(datetime.datetime(2031, 4, 1, tzinfo=datetime.UTC)):
        second = archive_of(edition)
    differing = [name for name, content in files_in(second).items() if files_in(first).get(name) != content]
    assert differing == []
    assert first == second


def test_every_relative_link_leads_to_a_place_in_the_archive():
    files, nowhere = files_in(kept_archive()), []
    for name, text in pages().items():
        for link in links_in(text):
            path, _hash, fragment = link.partition("#")
            target = normpath(join(dirname(name), path)) if path else name
            if link.startswith(("http://", "https://")):
                continue
            if target not in files or (fragment and f'id="{fragment}"'.encode() not in files[target]):
                nowhere.append((name, link))
    assert nowhere == []


def test_what_is_not_in_the_archive_is_linked_on_the_live_site_or_another():
    away = {link for text in pages().values() for link in links_in(text) if "://" in link}
    ours = {link for link in away if link.startswith(settings.BASE_URL)}
    assert f"{settings.BASE_URL}/municipalities/271004/?edition=2025.1" in ours
    assert not [link for link in away - ours if "testserver" in link]


def test_no_page_asks_for_a_server_or_carries_a_secret():
    for name, text in pages().items():
        assert not re.search(r"<form|csrf|sessionid|/accounts/", text), name


def test_the_archive_has_data_dictionary_lists_manifest_and_pages_in_two_languages():
    names = set(files_in(kept_archive()))
    assert names >= {
        "README.txt",
        "SHA256SUMS",
        "manifest.json",
        "index.html",
        "en/index.html",
        "data/cases.csv",
        "en/data/cases.xlsx",
        "reports/status/data.json",
        "dictionary/fields.csv",
        "dictionary/code-lists.csv",
        "cases/28-001/index.html",
        "en/prefectures/47/index.html",
        "system-types/rpa/index.html",
        "static/vendor/chartjs/chart.umd.min.js",
    }


def test_the_list_of_cases_is_whole_on_one_page():
    assert {"27-001", "27-003", "20-001"} <= set(
        re.findall(r"[0-9]{2}-[0-9]{3}", pages()["cases/index.html"])
    )
    assert "sort=" not in pages()["cases/index.html"]


def test_the_sums_are_those_of_the_files():
    files = files_in(kept_archive())
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "edition.zip"
    path.write_bytes(kept_archive())
    return path


def test_an_archive_proves_its_figures_alone(archive, capsys):
    call_command("verify_edition", "2025.1", archive=archive)
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 8
    assert said[-1] == "2025.1：公表した数値はすべて、公開データから計算したものと同じです。"


def test_an_archive_that_is_unpacked_proves_them_as_well(archive, tmp_path, capsys):
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "unpacked")
    call_command("verify_edition", "2025.1", archive=tmp_path / "unpacked")
    assert "同じです" in capsys.readouterr().out


def rewritten(archive, changes):
    """The archive with other contents under some names."""
    files = files_in(archive.read_bytes())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as falsified:
        for name, content in files.items():
            falsified.writestr(name, changes.get(name, lambda same: same)(content))
    archive.write_bytes(target.getvalue())


def longer_bar(page):
    found = re.search(r'<script type="application/json">(.*?)</script>', page.decode())
    chart = json.loads(found[1])
    chart["data"]["datasets"][0]["data"][0] += 1
    return page.replace(found[1].encode(), json.dumps(chart).encode())


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("index.html", lambda page: page.replace(b'value">5<', b'value">6<'), "/ 主要な数値"),
        ("data/cases.csv", lambda file: file.replace(b"saas", b"other"), "data/cases.csv 検査値（SHA-256）"),
        ("reports/subsidies/index.html", longer_bar, "reports/subsidies/#report-subsidies 図の「cases」の値"),
    ],
)
def test_a_falsified_archive_does_not_pass(archive, capsys, name, change, words):
    rewritten(archive, {name: change})
    with pytest.raises(CommandError, match="合わないところ"):
        call_command("verify_edition", "2025.1", archive=archive)
    assert words in capsys.readouterr().out


def test_another_edition_than_the_archive_is_does_not_pass(archive):
    with pytest.raises(CommandError):
        call_command("verify_edition", "2024.1", archive=archive)


def test_what_cannot_be_exported_is_said(tmp_path):
    varied_edition()
    for name, output, words in (
        ("2099.1", tmp_path / "a.zip", r"「2099\.1」"),
        ("2025.1", tmp_path / "a.zip", "write_manifests"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("export_edition", name, output=output)


def test_an_export_into_a_folder_that_is_not_there_is_refused(tmp_path):
    small_edition()
    with pytest.raises(CommandError, match="nowhere"):
        call_command("export_edition", "2025.1", output=tmp_path / "nowhere" / "a.zip")
