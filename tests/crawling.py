"""Every public address, what a visitor gets there, and a planted answer whose words and numbers are nowhere else."""

import datetime
import io
import re
import zipfile

from django.utils import timezone

from procurement.downloads import EXTENSIONS
from procurement.downloads.datasets import DATASETS_BY_NAME
from procurement.models import LocalGovernmentStatistics, SystemType
from procurement.reports import REPORTS
from surveys.models import Entry
from tests import factories
from tests.addresses import addresses

FLEETING = ("Date", "Server", "Connection", "Set-Cookie", "Content-Length", "Transfer-Encoding")
"""Headers of the moment or of the server, not of what is answered."""
BODIES = ("270008", "271004", "272027")
TEXTS = {
    "name": "かなりあ案件",
    "subsidy_name": "かなりあ補助金",
    "background": "かなりあ経緯",
    "process": "かなりあ工程",
    "specification_address": "https://canary.example.jp/spec",
    "specification_condition": "かなりあ条件",
    "contact_department": "かなりあ課",
    "benefits": "かなりあ効果",
    "challenges": "かなりあ課題",
}
NOTE = "かなりあ公表"
CANARIES = {*TEXTS.values(), NOTE, "かなりあ種別", "Canarytype", "27-987", "1991-07", "7,770,000", "7770000"}
"""What an edition with the planted answer shows: words, codes, a month, and the population of its bodies."""
VALUES = {
    "system_type": "canary",
    "code": "27",
    "municipality": "271004",
    "case_id": "27-987",
    "edition": "2026.1",
}
"""What stands for the parameters of an address so that it leads to the planted answer."""
REPORT_VIEWS = ("api:report", "procurement:report", "procurement:report_chart", "procurement:report_file")


def planted_answer():
    """大阪府's approved answer with every canary; a system type and a population are its own."""
    kind, _made = SystemType.objects.update_or_create(
        slug="canary",
        defaults={"name": "かなりあ種別", "name_en": "Canarytype", "domain": "tools", "order": 999},
    )
    answer = factories.submission("27", of=factories.survey_open_today())
    facts = {"introduced_on": datetime.date(1991, 7, 1), "subsidy_used": True, "specification": "negotiable"}
    planted = factories.entry(
        answer, participants=BODIES, system_type=kind, initial_cost=71_234_567, **facts, **TEXTS
    )
    for code, residents in zip(BODIES[1:], (7_700_000, 77_777), strict=True):
        LocalGovernmentStatistics.objects.update_or_create(
            local_government_id=code, year=answer.survey.statistics_year, defaults={"population": residents}
        )
    factories.approved(answer)
    Entry.objects.filter(pk=planted.pk).update(case_id="27-987")
    return answer


def at_next_minute():
    return timezone.now().replace(second=0, microsecond=0) + datetime.timedelta(minutes=2)


def public_addresses(**values):
    """Each address of the public URL table with these values of its parameters, and with every report and file."""
    kinds = [(report.slug, "cases", "csv") for report in REPORTS]
    kinds += [("status", name, extension) for name in DATASETS_BY_NAME for extension in EXTENSIONS]
    return sorted({path for kind in kinds for path in _of_kind(values, *kind)})


def _of_kind(values, report, dataset, extension):
    fixed = {"extension": extension, "name": dataset, **values}

    def sample(name, parameter):
        if parameter == "slug":
            return report if name in REPORT_VIEWS else values["system_type"]
        if name == "procurement:manifest":
            return values["edition"]
        if parameter == "code" and "municipality" in name:
            return values["municipality"]
        if parameter == "value":
            return values["code"]
        return fixed.get(parameter, "nothing")

    found = addresses(sample)
    public = [path for name, path in found if name.startswith(("procurement:", "api:"))]
    # The files below a page have no names of their own that would tell a prefecture from a type.
    return [
        path.replace(f"/system-types/{values['code']}/", f"/system-types/{values['system_type']}/")
        for path in public
    ]


def trace_of(response):
    """(status, headers, body) of an answer of Django's test client: all that a visitor could learn from it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name not in FLEETING}
    return response.status_code, headers, readable(body)


def readable(body):
    """The text of an answer; of a workbook, of all of its parts."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in sorted(parts.namelist()))
    # Drawn anew for every answer: it says nothing.
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", body.decode("utf-8", errors="replace"))
