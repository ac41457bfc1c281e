"""The manifest says what an edition's files held, byte for byte, and they hold it for ever."""

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.db.utils import DatabaseError

from procurement.downloads import DATASETS, EXTENSIONS
from procurement.manifests import write_manifest
from procurement.models import Manifest
from procurement.reports import REPORTS
from surveys.publishing import publish
from tests.factories import approved, entry, published_edition, submission, varied_cases, varied_edition

pytestmark = pytest.mark.django_db
NAMES = [f"data/{dataset.name}" for dataset in DATASETS] + [f"reports/{one.slug}/data" for one in REPORTS]


def manifest_of(client, name="2025.1"):
    return json.loads(client.get(f"/data/manifest_{name}.json").content)


def test_the_manifest_lists_every_file_in_its_three_forms(client):
    write_manifest(varied_edition())
    listed = [file["name"] for file in manifest_of(client)["files"]]
    assert listed == sorted(f"{name}.{extension}" for name in NAMES for extension in EXTENSIONS)


def test_every_file_is_byte_for_byte_what_the_manifest_says_also_after_a_newer_edition(client):
    write_manifest(varied_edition())
    published_edition(*varied_cases()[:3], revision=2)
    for file in manifest_of(client)["files"]:
        content = client.get(f"/{file['name']}?edition=2025.1").getvalue()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file["sha256"], file["bytes"]), file


def test_the_manifest_counts_the_rows_of_each_file(client):
    write_manifest(varied_edition())
    rows = {file["name"]: file["rows"] for file in manifest_of(client)["files"]}
    assert (rows["data/cases.csv"], rows["data/cases.xlsx"], rows["reports/prefectures/data.json"]) == (
        10,
        10,
        47,
    )


def test_the_manifest_names_the_program_and_the_checksum_of_the_edition(client):
    edition = varied_edition()
    write_manifest(edition)
    manifest = manifest_of(client)
    assert (manifest["edition"], manifest["checksum"]) == ("2025.1", edition.checksum)
    assert manifest["program"]["version"]


def test_a_publication_brings_its_manifest(client):
    answer = submission("27")
    entry(answer)
    edition = publish(approved(answer).survey, note="公表します。")
    assert manifest_of(client, edition.name)["checksum"] == edition.checksum


def test_the_manifest_is_a_number_of_queries_that_does_not_grow_with_the_cases(django_assert_num_queries):
    for fiscal_year, cases in ((2024, varied_cases()[:1]), (2025, varied_cases()[:3])):
        edition = published_edition(*cases, fiscal_year=fiscal_year)
        with django_assert_num_queries(23):
            write_manifest(edition)


def test_editions_from_before_get_their_manifest_once(client, capsys):
    varied_edition()
    call_command("write_manifests")
    call_command("write_manifests")
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "2025.1：目録を書きました（51ファイル）。",
        "どの版にも目録があります。何も変えていません。",
    ]
    assert Manifest.objects.count() == 1


def test_a_manifest_cannot_be_changed_even_past_the_models():
    write_manifest(varied_edition())
    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet.update(Manifest.objects.all(), content={})


@pytest.mark.parametrize(
    ("path", "status"),
    [("manifest_2025.1.json", 404), ("manifest_2099.1.json", 404), ("manifest_x.json", 404)],
)
def test_what_has_no_manifest_answers_so(client, path, status):
    varied_edition()
    assert client.get(f"/data/{path}").status_code == status


def test_the_data_page_leads_to_the_manifest(client):
    write_manifest(varied_edition())
    assert 'href="/data/manifest_2025.1.json"' in client.get("/data/").text
