"""The field dictionary: what every column of every file, and every key of the API, is called and means."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..definitions.glossary import definition_for
from ..definitions.missing import NOT_ASKED
from ..definitions.text import Text

UNIT_CASES = Text("件", "cases")
UNIT_BODIES = Text("団体", "municipalities")
UNIT_PEOPLE = Text("人", "people")


@dataclass(frozen=True)
class Field:
    """`type` is text, code, integer, number, month or boolean; a code means what its `code_list` says.

    `label_of` names the code whose meaning in words this column gives; such columns are in CSV and
    Excel files only. `unit` and `code_list` are empty where there is none.
    """

    name: str
    label: object
    type: str = "text"
    unit: object = ""
    code_list: str = ""
    label_of: str = ""

    @property
    def heading(self):
        """The header of the column, with its unit, in the active language."""
        return (
            _("%(label)s（%(unit)s）") % {"label": self.label, "unit": self.unit}
            if self.unit
            else str(self.label)
        )

    def note(self, edition):
        """What is to be known of the column in this edition; "" for nothing."""
        return str(NOT_ASKED) if (self.label_of or self.name) in edition.not_asked else ""

    @property
    def definition(self):
        """The numbered definition that governs the field, or `None`."""
        return definition_for(self.label_of or self.name)


def coded(name, ja, en, code_list):
    """A code and, beside it, what it means."""
    return (
        Field(name, Text(f"{ja}コード", f"{en} code"), "code", code_list=code_list),
        Field(f"{name}_label", Text(ja, en), code_list=code_list, label_of=name),
    )


EDITION = Field("edition", Text("版", "Edition"))
CASE_ID = Field("case_id", Text("事例番号", "Case number"))
PREFECTURE = (
    Field("prefecture_code", Text("都道府県コード", "Prefecture code"), "code", code_list="prefecture"),
    Field("prefecture", Text("都道府県", "Prefecture"), code_list="prefecture", label_of="prefecture_code"),
)
SYSTEM_TYPE = (
    Field("system_type", Text("システムの種類コード", "System type code"), "code"),
    Field("system_type_name", Text("システムの種類", "System type")),
    *coded("domain", "領域", "Domain", "domain"),
)
BODY = (
    Field("code", Text("団体コード", "Local government code"), "code"),
    Field("name", Text("団体名", "Name of the local government")),
    *coded("kind", "種別", "Kind", "kind"),
)
RESIDENTS = Field("residents", Text("人口（統計年）", "Residents (statistics year)"), "integer", UNIT_PEOPLE)
CASES = Field("cases", Text("件数", "Cases"), "integer", UNIT_CASES)

FIELDS = (
    EDITION,
    CASE_ID,
    *PREFECTURE,
    Field("name", Text("案件名", "Name")),
    *SYSTEM_TYPE,
    Field(
        "participant_count",
        Text("参加自治体数", "Participating local governments"),
        "integer",
        UNIT_BODIES,
    ),
    Field("population", Text("人口規模", "Population size"), "integer", UNIT_PEOPLE),
    Field("staff", Text("職員規模", "Staff size"), "integer", UNIT_PEOPLE),
    *coded("initial_cost_bracket", "初期費用規模", "Initial cost", "cost_bracket"),
    *coded("annual_operating_cost_bracket", "年間運用費用規模", "Annual operating cost", "cost_bracket"),
    Field("introduced_on", Text("導入年月", "Introduced in"), "month"),
    *coded("introduction_basis", "導入年月の根拠", "Basis of the introduction", "introduction_basis"),
    *coded("environment", "システム構築環境", "Environment", "environment"),
    *coded("prefecture_bears_cost", "都道府県の費用負担", "Costs borne by the prefecture", "yes_no"),
    *coded("subsidy_used", "補助金の活用", "Use of subsidies", "yes_no"),
    Field("subsidy_name", Text("補助金の名称", "Name of the subsidy")),
    Field("background", Text("調達の経緯", "Background")),
    Field("process", Text("調達のプロセス", "Process")),
    *coded("specification", "仕様書の提供", "Provision of the specification", "specification"),
    Field("contact_department", Text("担当部署", "Department in charge")),
    Field("benefits", Text("効果", "Benefits")),
    Field("challenges", Text("課題", "Challenges")),
)
"""The columns of the cases, in order."""

FIELDS_BY_NAME = {field.name: field for field in FIELDS}
