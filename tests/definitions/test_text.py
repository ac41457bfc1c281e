import pytest
from django.utils.translation import override

from procurement.definitions.text import Text


@pytest.mark.parametrize(
    ("language", "shown"), [("ja", "版"), ("en", "Edition"), ("en-gb", "Edition"), (None, "版")]
)
def test_a_text_reads_in_the_active_language(language, shown):
    with override(language):
        assert str(Text("版", "Edition")) == shown
