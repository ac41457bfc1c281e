"""Reading the address of a specification: only pages on the web that anyone can follow."""

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from hypothesis import given
from hypothesis import strategies as st

from procurement.fields import AddressField

FIELD = AddressField("掲載先", max_length=500, blank=True)


def read(text):
    """What the field makes of a text, or `None` where it refuses it."""
    try:
        return FIELD.clean(text, None)
    except ValidationError:
        return None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://www.pref.example.jp/spec/", "https://www.pref.example.jp/spec/"),
        ("http://www.pref.example.jp/spec.pdf?a=1#p2", "http://www.pref.example.jp/spec.pdf?a=1#p2"),
        (" www.pref.example.jp/spec ", "https://www.pref.example.jp/spec"),
        ("ｈｔｔｐｓ：／／ｗｗｗ．ｐｒｅｆ．ｅｘａｍｐｌｅ．ｊｐ／", "https://www.pref.example.jp/"),
        ("https://日本語.example.jp/仕様書", "https://日本語.example.jp/仕様書"),
        ("", ""),
    ],
)
def test_an_address_is_read_as_people_write_it(text, address):
    assert read(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://www.pref.example.jp/",
        "file:///etc/passwd",
        "担当課にお問い合わせください",
        "mailto:soudan@pref.example.jp",
        "https://pref.example.jp@elsewhere.example/",
        "https://user:secret@pref.example.jp/",
        "https://localhost/spec",
        "https://10.0.0.1/spec",
        "https://[::1]/spec",
        "https://",
        "https://www.pref.example.jp/ spec",
        "https://www.pref.example.jp:99999999/",
        "https://[",
        'https://www.pref.example.jp/"><script>',
    ],
)
def test_what_the_public_cannot_follow_is_refused(text):
    assert read(text) is None


def test_a_refusal_says_what_to_write_instead():
    with pytest.raises(
        ValidationError, match=r"「ftp://x」は掲載先のアドレスとして読めません。.*例：https://"
    ):
        FIELD.clean("ftp://x", None)


TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="htps:/.@[]%#?&jp日本 \t\n\0"),
    st.builds("https://{}{}".format, st.text(), st.text()),
)


@given(TEXTS)
def test_whatever_is_written_is_refused_or_is_an_address_on_the_web(text):
    address = read(text)
    if address:
        assert address.lower().startswith(("http://", "https://"))
        URLValidator(schemes=["http", "https"])(address)
        assert not set(address) & set('\n\r\t \0<>"')


@given(TEXTS)
def test_reading_what_was_read_changes_nothing(text):
    address = read(text)
    if address is not None:
        assert read(address) == address
