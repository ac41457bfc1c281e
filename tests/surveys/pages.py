"""What the tests of the survey's pages share: addresses, and a form as a browser would send it."""

from django.urls import reverse

from procurement.models import SystemType
from surveys.models import Submission


def address(name, *args, year=2026):
    return reverse(f"surveys:{name}", args=[year, *args])


def submission_of(prefecture_code, survey):
    return Submission.objects.get(survey=survey, prefecture_code=prefecture_code)


def typed(**fields):
    """A completely filled entry form; `participants` are codes."""
    return {
        "system_type": SystemType.objects.get(slug="business-chat").pk,
        "system_type_proposal": "",
        "name": "ビジネスチャットの共同調達",
        "summary": "",
        "single_specification": "yes",
        "single_operator": "yes",
        "operator": "",
        "participants": ["270008", "271004"],
        "introduced_on": "2021-05",
        "introduction_basis": "introduced",
        "environment": "saas",
        "initial_cost": "",
        "annual_operating_cost": "",
        "prefecture_bears_cost": "",
        "subsidy_used": "",
        "subsidy_name": "",
        "background": "",
        "process": "",
        "specification": "",
        "specification_address": "",
        "specification_condition": "",
        "contact_department": "",
        "benefits": "",
        "challenges": "",
        "action": "save",
        **fields,
    }


def page_of(response):
    return response.content.decode()
