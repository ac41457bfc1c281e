"""Words for frequent reasons as reference data."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.models import RemarkTemplate
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/surveys/remarktemplate/"


@pytest.fixture
def desk(client):
    client.force_login(factories.secretariat())
    return client


def test_a_template_is_for_a_field_or_for_every_one(desk):
    for title, field in (("単位", "initial_cost"), ("一般", "")):
        desk.post(f"{LIST}add/", {"title": title, "field": field, "text": "確かめてください。", "order": 0})
    page = desk.get(LIST).text
    assert "初期費用（円）" in page
    assert "どの項目にも" in page


def test_templates_leave_and_come_back_as_a_file(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("procurement.admin.uploads.FOLDER", tmp_path)
    RemarkTemplate.objects.create(title="単位", field="initial_cost", text="単位を\n確かめて。", order=1)
    file = desk.post(f"{LIST}export/", {"format": "0", "resource": ""}).content
    changed = file.decode("utf-8-sig").replace("確かめて。", "直して。") + "一般,,どこでも。,2\r\n"
    upload = SimpleUploadedFile("t.csv", changed.encode())
    preview = desk.post(f"{LIST}import/", {"format": "0", "import_file": upload, "resource": ""})
    desk.post(f"{LIST}process_import/", preview.context["confirm_form"].initial)
    assert list(RemarkTemplate.objects.values_list("title", "field", "text")) == [
        ("単位", "initial_cost", "単位を\n直して。"),
        ("一般", "", "どこでも。"),
    ]
