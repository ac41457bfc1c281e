"""The few rows that tests with real transactions need: such a test empties the database when it ends."""

import pytest

from procurement.definitions.choices import Kind
from procurement.models import LocalGovernment, SystemType


@pytest.fixture
def few_bodies(_django_db_helper):
    """Two prefectures with two cities each and a system type."""
    if SystemType.objects.exists():
        return
    SystemType.objects.create(slug="electronic-application", name="電子申請", domain="line_departments")
    kinds = {"0": Kind.PREFECTURE, "1": Kind.DESIGNATED_CITY, "2": Kind.CITY}
    LocalGovernment.objects.bulk_create(
        LocalGovernment(code=code, kind=kinds[code[2]], prefecture_code=code[:2], name=code)
        for code in ("200000", "202011", "202029", "270008", "271004", "272027")
    )
