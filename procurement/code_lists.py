"""The code lists by name: files, API and the data page tell the meaning of a code from here."""

from dataclasses import dataclass

from django.utils.translation import override

from .definitions.choices import Domain, Environment, IntroductionBasis, Kind, Specification, YesNo
from .definitions.costs import COSTS
from .definitions.prefectures import PREFECTURES
from .definitions.sizes import PARTICIPANT_COUNTS, POPULATIONS, STAFF
from .definitions.text import Text


@dataclass(frozen=True)
class CodeList:
    """`labels` maps each code to what it means, in order."""

    name: str
    title: Text
    labels: dict

    def label_for(self, code):
        """In the active language; no data stays `None`."""
        return None if code is None else str(self.labels[code])

    def rows(self):
        """(code, Japanese, English) of each code."""
        for code, label in self.labels.items():
            yield code, in_language(label, "ja"), in_language(label, "en")


def in_language(text, language):
    """What a label reads in a language, whatever is active."""
    with override(language):
        return str(text)


def _code_list(name, ja, en, labels):
    return CodeList(name, Text(ja, en), {str(code): label for code, label in labels})


ALL = (
    _code_list("prefecture", "都道府県", "Prefecture", [(one.code, one.name) for one in PREFECTURES]),
    _code_list("domain", "領域", "Domain", Domain.choices),
    _code_list("environment", "システム構築環境", "Environment", Environment.choices),
    _code_list("cost_bracket", "費用規模", "Cost bracket", COSTS.choices),
    _code_list("yes_no", "有無", "Yes or no", YesNo.choices),
    _code_list("specification", "仕様書の提供", "Provision of the specification", Specification.choices),
    _code_list(
        "introduction_basis", "導入年月の根拠", "Basis of the introduction", IntroductionBasis.choices
    ),
    _code_list("kind", "団体の種別", "Kind of body", Kind.choices),
    _code_list("participant_count_size", "参加自治体数の区分", "Participants", PARTICIPANT_COUNTS.choices),
    _code_list("population_size", "人口規模の区分", "Population size", POPULATIONS.choices),
    _code_list("staff_size", "職員規模の区分", "Staff size", STAFF.choices),
)
CODE_LISTS = {one.name: one for one in ALL}
