"""A published case and its participants as plain values: what files and API say of it.

No data is `None`; names are the edition's own copies, in Japanese; there are no amounts.
"""

from .definitions.periods import month_code


def case_facts(case):
    """The case without its participants; the keys are the fields of the dictionary and of the API."""
    return {
        "case_id": case.case_id,
        "edition": case.edition.name,
        "prefecture_code": case.prefecture_code,
        "prefecture": case.prefecture.name.ja,
        "name": case.name or None,
        "system_type": case.system_type_slug,
        "system_type_name": case.system_type_name,
        "domain": case.domain,
        "participant_count": case.participant_count,
        "population": case.population,
        "staff": case.staff,
        "initial_cost_bracket": case.initial_cost_bracket,
        "annual_operating_cost_bracket": case.annual_operating_cost_bracket,
        "introduced_on": month_code(case.introduced_on),
        "introduction_basis": case.introduction_basis,
        "environment": case.environment,
        "prefecture_bears_cost": case.prefecture_bears_cost,
        "subsidy_used": case.subsidy_used,
        "subsidy_name": case.subsidy_name or None,
        "background": case.background or None,
        "process": case.process or None,
        "specification": case.specification,
        "contact_department": case.contact_department or None,
        "benefits": case.benefits or None,
        "challenges": case.challenges or None,
    }


def case_record(case):
    """The case with its participants, which should be prefetched."""
    return {**case_facts(case), "participants": [participant(part) for part in case.participations.all()]}


def participant(part):
    return {"code": part.local_government_id, "name": part.name, "kind": part.kind}
