"""Builders shared by the tests; each makes what a test speaks of and sensible facts for the rest."""

import datetime
from itertools import chain

from django.contrib.auth.models import Group
from django.utils import timezone

from procurement.figures import figures_for
from procurement.models import CaseText, Edition, JointProcurement, LocalGovernment, Participation, SystemType
from surveys.editing import save_entry, set_nil_return
from surveys.models import Entry, Survey, User
from surveys.remarks import todo_of
from surveys.responding import respond
from surveys.roles import SECRETARIAT, grant_secretariat
from surveys.workflow import approve, open_survey, submit

NO_CASE = "市区町村に要望を聞きましたが、該当する調達はありませんでした。"
FIRST_PUBLISHED = datetime.datetime(2026, 1, 15, 3, 0, tzinfo=datetime.UTC)


def published_case(system_type="business-chat", *, participants=("270008", "271004", "272027"), **facts):
    """A case for `published_edition`: a system type's slug, codes of bodies, and fields of JointProcurement."""
    return {"system_type": system_type, "participants": participants, **facts}


def published_edition(*cases, fiscal_year=2025, revision=1, unanswered=(), **fields):
    """An edition with these cases (see `published_case`); they are led by 大阪府 and numbered from 27-001
    unless they say otherwise. Figures are those of the participants unless given."""
    defaults = {
        "as_of": datetime.date(2025, 10, 1),
        "published_at": FIRST_PUBLISHED + datetime.timedelta(days=revision + 400 * (fiscal_year - 2025)),
        "release_note": "公表しました。",
        "checksum": f"{fiscal_year:032}{revision:032}",
    }
    edition = Edition.objects.create(
        **{**defaults, **fields},
        fiscal_year=fiscal_year,
        revision=revision,
        unanswered_prefectures=list(unanswered),
    )
    add_published_cases(edition, cases)
    return edition


def add_published_cases(edition, cases):
    types = {found.slug: found for found in SystemType.objects.all()}
    codes = {code for facts in cases for code in facts["participants"]}
    bodies = LocalGovernment.objects.with_figures(edition.statistics_year).in_bulk(codes)
    records, parts = [], {}
    for number, facts in enumerate(cases, start=1):
        taking_part = [bodies[code] for code in facts["participants"]]
        record = _record(edition, number, types[facts["system_type"]], taking_part, facts)
        records.append(record)
        parts[record.case_id] = [_part(record, body) for body in taking_part]
    JointProcurement.objects.bulk_create(records, batch_size=500)
    Participation.objects.bulk_create(chain.from_iterable(parts.values()), batch_size=2000)
    CaseText.objects.bulk_create([CaseText.of(record, parts[record.case_id]) for record in records])


def _record(edition, number, system_type, bodies, facts):
    given = {name: value for name, value in facts.items() if name not in ("system_type", "participants")}
    prefecture_code = given.pop("prefecture_code", "27")
    fields = {
        "case_id": f"{prefecture_code}-{number:03}",
        "name": f"{system_type.name}の共同調達",
        "domain": system_type.domain,
        "system_type_slug": system_type.slug,
        "system_type_name": system_type.name,
        "system_type_name_en": system_type.name_en,
        **figures_for(bodies).as_fields(),
        **given,
    }
    return JointProcurement(
        edition=edition, system_type=system_type, prefecture_code=prefecture_code, **fields
    )


def _part(record, body):
    part = Participation.of(body)
    part.joint_procurement = record
    return part


def varied_cases():
    """Ten cases that between them have every difficulty: single types, missing answers, other prefectures."""
    nagano = {"prefecture_code": "20", "participants": ("200000", "202011", "202029")}
    across = ("270008", "271004", "280003", "281000", "282014")
    return (
        published_case(
            introduced_on=datetime.date(2021, 5, 1),
            introduction_basis="introduced",
            environment="saas",
            prefecture_bears_cost=True,
            subsidy_used=True,
            initial_cost_bracket="under_5m",
            annual_operating_cost_bracket="500m_and_over",
            specification="available",
            staff=12_300,
        ),
        published_case(
            introduced_on=datetime.date(2021, 6, 1),
            environment="on_premises",
            prefecture_bears_cost=False,
            initial_cost_bracket="100m_to_500m",
            staff=400,
            participants=("270008", "273210", "273228"),
        ),
        published_case(
            "rpa", environment="saas", introduced_on=datetime.date(2024, 1, 1), subsidy_used=False
        ),
        published_case("rpa", case_id="28-001", prefecture_code="28", participants=across),
        published_case(
            "rpa", case_id="28-002", prefecture_code="28", participants=across[2:], subsidy_used=True
        ),
        published_case("groupware", case_id="20-001", **nagano, prefecture_bears_cost=True, staff=9_900),
        published_case("electronic-bidding", case_id="20-002", **nagano, environment="other"),
        published_case("electronic-library", case_id="20-003", **nagano, environment="private_cloud"),
        published_case("integrated-gis", case_id="20-004", **nagano, environment="saas", population=0),
        published_case("integrated-gis", case_id="20-005", **nagano, population=None, name=""),
    )


def varied_edition(**fields):
    """`varied_cases` published; 青森県 and 沖縄県 have not answered."""
    return published_edition(*varied_cases(), unanswered=("02", "47"), **fields)


def survey(fiscal_year=2026, **fields):
    """An open survey with its 47 submissions, whose dates leave a month."""
    today = timezone.localdate()
    later = dict.fromkeys(
        ("announced_deadline", "last_new_answers_on", "last_edits_on"), today + datetime.timedelta(30)
    )
    dates = {"opened_on": today, "as_of": today, **later}
    return open_survey(Survey(fiscal_year=fiscal_year, **{**dates, **fields}))


def submission(prefecture_code="27", *, of=None):
    """A prefecture's draft in a survey; in a new one unless said."""
    return (of or survey()).submissions.select_related("survey").get(prefecture_code=prefecture_code)


def entry(answer, *, participants=None, **fields):
    """A complete entry of a submission, written past the state of the submission; fields may differ."""
    own = LocalGovernment.objects.in_prefecture(answer.prefecture_code).order_by("code")
    complete = {
        "number": str(answer.entries.count() + 1),
        "name": f"電子申請の共同調達{answer.entries.count() + 1}",
        "system_type": SystemType.objects.get(slug="electronic-application"),
        "single_specification": True,
        "single_operator": True,
        "introduced_on": datetime.date(2021, 5, 1),
        "introduction_basis": "introduced",
    }
    made = Entry.objects.create(submission=answer, **{**complete, **fields})
    made.participants.set(own[:3] if participants is None else participants)
    return made


def peers(of, prefecture_codes=("13", "20", "40"), **fields):
    """An entry of each of these prefectures, handed in to a survey."""
    for code in prefecture_codes:
        answer = submission(code, of=of)
        entry(answer, **fields)
        submit(answer)


def user(username, **fields):
    """Somebody who can sign in; `prefecture_code` or `is_staff` says for whom."""
    return User.objects.create_user(username, **fields)


def approved(answer):
    """The same submission, handed in and approved with what it holds; nothing held is a nil return."""
    if not answer.entries.exists():
        set_nil_return(answer, value=True, by=None, reason=NO_CASE)
    submit(answer)
    return approve(answer, close_answered=True)


def secretariat(username="jimukyoku"):
    """Someone of the secretariat, with the permissions of its group and no more."""
    group, _created = Group.objects.get_or_create(name=SECRETARIAT)
    grant_secretariat(group)
    person = User.objects.create_user(username, is_staff=True)
    person.groups.add(group)
    return person


def survey_open_today(fiscal_year=2026, **fields):
    """A survey that began ten days ago; its deadline is in 20 days, its last edits are in 50."""
    today = timezone.localdate()
    days = {"opened_on": -10, "announced_deadline": 20, "last_new_answers_on": 30, "last_edits_on": 50}
    dates = {name: today + datetime.timedelta(days=offset) for name, offset in days.items()}
    return survey(fiscal_year, **{**dates, **fields})


def staff_of(prefecture_code, name=""):
    """Someone who answers for a prefecture."""
    return user(name or f"staff-{prefecture_code}", prefecture_code=prefecture_code)


def answered_entry(submission, *, by, participants=("270008", "271004", "272051"), **fields):
    """A complete entry as a person saves it, with its event; `fields` may say otherwise."""
    complete = {
        "system_type": SystemType.objects.get(slug="business-chat"),
        "name": "ビジネスチャットの共同調達",
        "single_specification": True,
        "single_operator": True,
        "introduced_on": datetime.date(2021, 5, 1),
        "introduction_basis": "introduced",
    }
    return save_entry(
        Entry(submission=submission, **{**complete, **fields}), participants=participants, by=by
    )


def respond_to_all(answer, *, by=None):
    """Every reason of the last return of a submission is answered with 「修正しました」."""
    answer.refresh_from_db()
    for remark in todo_of(answer).open:
        respond(answer, remark.pk, response="corrected", by=by)
