"""The site is complete in English: no message without a translation, none that nobody uses."""

import re

import pytest

from config import catalogue

JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


@pytest.fixture(scope="module")
def translated():
    return catalogue.catalogue()


@pytest.fixture(scope="module")
def in_use():
    return catalogue.messages()


def test_every_message_in_use_has_an_english_translation(translated, in_use):
    missing = {key for key in in_use if not (key in translated and _is_translated(translated[key]))}
    assert missing == set()


def test_every_message_of_the_catalogue_is_in_use(translated, in_use):
    assert set(translated) - in_use == set()


def test_no_translation_is_left_in_japanese(translated):
    left = {key for key, message in translated.items() if JAPANESE.search("".join(_strings(message)))}
    assert left == set()


def test_no_translation_is_marked_as_fuzzy(translated):
    assert [message.id for message in translated.values() if message.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages(translated):
    wrong = [
        message.id
        for message in translated.values()
        if isinstance(message.id, str) and _placeholders(message.id) != _placeholders(message.string)
    ]
    assert wrong == []


def test_messages_of_templates_are_found(in_use):
    assert (None, "本文へ移動") in in_use


def _strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _is_translated(message):
    return all(_strings(message))


def _placeholders(text):
    return sorted(re.findall(r"%\(\w+\)[a-z]|%[sd]", text))
