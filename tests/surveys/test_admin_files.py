"""What every kind of file that the admin takes has in common, whatever its resource."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from procurement.admin import uploads
from procurement.admin.importing import ImportExportAdmin
from surveys.models import Entry, RemarkTemplate
from tests import factories
from tests.files import CSV, XLSX, complaints, csv_content, export, preview, table_of, take_in, xlsx_content

pytestmark = pytest.mark.django_db
MODELS = [
    model
    for model, its in admin.site._registry.items()
    if isinstance(its, ImportExportAdmin) and "import" in model._meta.default_permissions
]
"""The history leaves as a file too, but never comes in."""
FEW = {"localgovernment": "?prefecture_code__exact=31", "localgovernmentstatistics": "?year=2022&q=鳥取"}
"""Of what there is very much of, a part is exported."""
LEGIBLE = "✕" * 5_000
"""No field takes this."""


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


@pytest.fixture(autouse=True)
def own_uploads(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "FOLDER", tmp_path / "uploads")


@pytest.fixture(params=MODELS, ids=lambda model: model._meta.model_name)
def model(request):
    """With a row at least."""
    if request.param is Entry:
        factories.entry(factories.submission("27"), benefits="効果です。", initial_cost=1_000)
    elif request.param is RemarkTemplate:
        RemarkTemplate.objects.create(title="金額の単位", field="initial_cost", text="円単位ですか。")
    return request.param


def address(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def rows_of(desk, model, kind=CSV):
    return table_of(export(desk, address(model), kind=kind, query=FEW.get(model._meta.model_name, "")))


def problems(response):
    return response.context["result"].problems


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_what_was_exported_changes_nothing_when_it_comes_back(desk, model, kind):
    before = list(model.objects.order_by("pk").values())
    rows = [
        {heading: "" if value is None else value for heading, value in row.items()}
        for row in rows_of(desk, model, kind)
    ]
    content = csv_content(rows, encoding="cp932") if kind == CSV else xlsx_content(rows)
    answer = take_in(desk, address(model), content, kind=kind)
    assert [str(message) for message in answer.context["messages"]] == [
        f"取り込みました：追加0件、変更0件、変更なし{len(rows)}件。"
    ]
    assert list(model.objects.order_by("pk").values()) == before


def test_what_is_wrong_is_said_at_its_cell_with_what_is_expected(desk, model):
    row = rows_of(desk, model)[0]
    heading = next(heading for heading in reversed(row) if heading not in ("参加団体",))
    wrong = {**row, heading: LEGIBLE}
    seen = preview(desk, address(model), xlsx_content([row, wrong]), kind=XLSX)
    (found,) = [problem for problem in problems(seen) if problem.heading == heading]
    place = list(row).index(heading)
    letter = chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
    assert found.place == f"データ!{letter}3"
    assert found.value == LEGIBLE
    assert found.expected
    assert f"<code>データ!{letter}3</code>" in seen.text
    assert "confirm_form" not in seen.context


def test_a_renamed_column_is_named_with_the_one_that_is_meant(desk, model):
    row = rows_of(desk, model)[0]
    heading = next(heading for heading in row if len(heading) > 2)
    renamed = {(f"{name}欄" if name == heading else name): value or "" for name, value in row.items()}
    (complaint,) = complaints(preview(desk, address(model), csv_content([renamed])))
    assert f"知らない列があります：{heading}欄（近い見出し：{heading}" in complaint[2]


def test_who_may_only_look_can_take_nothing_in(client, model):
    person = factories.user("reader", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename=f"view_{model._meta.model_name}"))
    client.force_login(person)
    for page in ("import/", "export/", "process_import/"):
        assert client.get(f"{address(model)}{page}").status_code == 403
