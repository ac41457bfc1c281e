"""For every rule about an entry, an answer that breaks it and nothing else."""

import datetime

from procurement.models import LocalGovernment, SystemType
from tests import factories

OSAKA, OSAKA_CITY, SAKAI = "270008", "271004", "271403"
WITHOUT_FIGURES = "272035"
ACROSS = ["280003", "281000", "282014", "272094"]
IN_THE_FUTURE = datetime.date(2099, 1, 1)

BAD = {
    "system_type_is_given": {"system_type": None},
    "one_system_type": {"system_type_proposal": "母子健康手帳アプリ"},
    "name_is_given": {"name": ""},
    "single_specification_is_given": {"single_specification": None},
    "single_operator_is_given": {"single_operator": None},
    "one_specification": {"single_specification": False},
    "one_operator": {"single_operator": False},
    "two_organizations": {"participants": [OSAKA_CITY]},
    "introduced_on_is_given": {"introduced_on": None},
    "introduction_basis_is_given": {"introduction_basis": None},
    "participants_existed": {"participants": [OSAKA, SAKAI], "introduced_on": datetime.date(2022, 4, 1)},
    "case_is_known": {"case_id": "27-099"},
    "subsidy_name_needs_subsidy": {"subsidy_used": False, "subsidy_name": "交付金"},
    "municipality_takes_part": {"participants": [OSAKA, "200000"]},
    "own_bodies_take_part": {"participants": ["200000", "202011"]},
    "introduced_already": {"participants": [OSAKA, OSAKA_CITY], "introduced_on": IN_THE_FUTURE},
    "contact_is_a_department": {"contact_department": "情報政策課　０６－１２３４－５６７８"},
    "name_is_its_own": {"name": "電子申請の共同調達（コピー）"},
    "initial_cost_is_not_zero": {"initial_cost": 0},
    "annual_operating_cost_is_not_zero": {"annual_operating_cost": 0},
    "specification_is_shared": {
        "specification": "unavailable",
        "specification_condition": "自治体に限ります",
    },
    "participants_have_figures": {"participants": [OSAKA, WITHOUT_FIGURES]},
    "participants_remain": {"case_id": "27-001", "participants": [OSAKA, OSAKA_CITY]},
    "names_differ": {"name": "図書館システムの共同利用", "participants": [OSAKA_CITY, SAKAI, "272027"]},
    "participants_differ": {"participants": [SAKAI, "272043", "272051"]},
    "published_case_is_continued": {
        "system_type": "business-chat",
        "participants": [OSAKA, OSAKA_CITY, "272027"],
    },
    "no_other_prefecture_published_it": {"system_type": "rpa", "participants": ACROSS},
    "initial_cost_is_in_yen": {"initial_cost": 12_000},
    "annual_operating_cost_is_in_yen": {"annual_operating_cost": 12_000_000_000},
    "annual_cost_fits_the_initial_cost": {"initial_cost": 1_000_000, "annual_operating_cost": 10_000_000},
    "available_specification_says_where": {"specification": "available"},
    "negotiable_specification_says_on_what_condition": {"specification": "negotiable"},
}
"""For every rule about an entry, what breaks it and nothing else, in the world of `surroundings`."""


def abolish_sakai():
    """From April 2022, into 大阪市."""
    day = datetime.date(2022, 4, 1)
    LocalGovernment.objects.filter(code=SAKAI).update(abolished_on=day, successor_id=OSAKA_CITY)


def surroundings(answer, rule_id):
    """What the comparing rules compare with: an edition, peers, another entry, a body without figures."""
    factories.published_edition(
        factories.published_case(),
        factories.published_case("rpa", case_id="28-001", prefecture_code="28", participants=ACROSS),
    )
    factories.peers(answer.survey, initial_cost=12_000_000, annual_operating_cost=12_000_000)
    factories.entry(
        answer, number="99", name="図書館システム 共同調達", participants=[SAKAI, "272043", "272051"]
    )
    LocalGovernment.objects.get(code=WITHOUT_FIGURES).statistics.update(population=None)
    if rule_id == "participants_existed":
        abolish_sakai()


def bad_entry(answer, rule_id):
    """An entry that breaks the rule."""
    fields = dict(BAD[rule_id])
    if fields.get("system_type"):
        fields["system_type"] = SystemType.objects.get(slug=fields["system_type"])
    return factories.entry(answer, number="1", **fields)
