"""Where the data come from and how they may be used: said in every file, on every page and in the API."""

from django.utils import timezone

from .definitions.glossary import DEFINITIONS
from .definitions.text import Text

PUBLISHER = Text("共同調達ナビ", "Joint Procurement Navi")
SOURCE = Text(
    "内閣官房デジタル行財政改革会議事務局と総務省が、各都道府県の協力を得て収集した数値をもとにしています。",
    "Based on figures collected by the Secretariat of the Council for Digital Administrative and Fiscal "
    "Reform (Cabinet Secretariat) and the Ministry of Internal Affairs and Communications with the "
    "cooperation of each prefecture.",
)
SAMPLE_NOTICE = Text("サンプルデータ：実際の調査結果ではありません", "Sample data: not actual survey results")
LICENCE = Text("公共データ利用規約（第1.0版）", "Public Data License (Version 1.0)")
LICENCE_URL = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"

_DEFINITIONS_BY_NUMBER = {definition.number: definition for definition in DEFINITIONS}


def edition_metadata(edition):
    """`as_of` is the day the figures speak of, `updated` the moment they were published."""
    return {
        "edition": edition.name,
        "as_of": edition.as_of.isoformat(),
        "updated": timezone.localtime(edition.published_at).isoformat(timespec="seconds"),
        "statistics_year": edition.statistics_year,
        "is_sample": edition.is_sample,
        "checksum": edition.checksum,
    }


def metadata(edition):
    """What goes with every set of data of an edition, in the active language."""
    return {
        **(edition_metadata(edition) if edition else {"edition": None}),
        "publisher": str(PUBLISHER),
        "source": str(SAMPLE_NOTICE if edition and edition.is_sample else SOURCE),
        "licence": str(LICENCE),
        "licence_url": LICENCE_URL,
    }


def definitions_for(numbers):
    """The numbered definitions as rows of text in the active language."""
    found = [_DEFINITIONS_BY_NUMBER[number] for number in numbers]
    return [{"number": one.number, "term": str(one.term), "text": str(one.text)} for one in found]
