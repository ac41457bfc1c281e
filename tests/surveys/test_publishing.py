import datetime

import pytest
from django.core.management import call_command

from procurement.definitions.others import OTHER
from procurement.models import Edition, ImmutableError, JointProcurement, LocalGovernment, Participation
from surveys.checks import checklist
from surveys.confirmations import confirm_finding
from surveys.editing import delete_entry, save_entry
from surveys.models import Response
from surveys.publishing import checksum_of, publish
from surveys.responding import respond
from surveys.workflow import Refused, approve, reopen, submit
from tests import factories
from tests.workbooks import COMPLETE_ROW, workbook

pytestmark = pytest.mark.django_db

NOTE = "公表しました。"
QUERIES = 60


@pytest.fixture
def survey():
    return factories.survey(2025)


def answered(survey, prefecture_code="27", count=1, **fields):
    """An approved answer with some entries."""
    answer = factories.submission(prefecture_code, of=survey)
    for _place in range(count):
        factories.entry(answer, **fields)
    return factories.approved(answer)


def corrected(answer, edit):
    """Reopened, edited and approved again."""
    reopen(answer, comment="訂正")
    edit(answer)
    for remark in answer.remarks.filter(response=""):
        respond(answer, remark.pk, response=Response.CORRECTED, by=None)
    answer.refresh_from_db()
    submit(answer)
    approve(answer, close_answered=True)


def rename(answer):
    entry = answer.entries.order_by("pk").first()
    entry.name = "訂正した名前"
    save_entry(entry, participants=entry.participants.all(), by=None)


def content_of(edition):
    """Everything a reader can see of an edition."""
    cases = JointProcurement.objects.in_edition(edition).order_by("case_id").values()
    parts = Participation.objects.filter(joint_procurement__edition=edition).order_by("pk").values()
    return list(Edition.objects.filter(pk=edition.pk).values()), list(cases), list(parts)


def municipalities_of(prefecture_code):
    own = LocalGovernment.objects.in_prefecture(prefecture_code)
    return list(own.filter(kind="prefecture").values_list("code", flat=True)) + list(
        own.municipalities().values_list("code", flat=True)
    )


def named_in_osaka(*names):
    own = LocalGovernment.objects.in_prefecture("27").municipalities()
    return ["270008", *(own.get(name__startswith=name).code for name in names)]


CASES = {
    "business chat of 大阪府": (
        "27",
        {"システムの種類": "ビジネスチャット", "導入年月": "2021-05", "システム構築環境": "SaaS・LGWAN-ASP"},
        lambda: named_in_osaka(
            *[
                "泉大津",
                "茨木",
                "松原",
                "摂津",
                "島本",
                "堺",
                "高槻",
                "八尾",
                "柏原",
                "藤井寺",
                "忠岡",
                "豊中",
                "守口",
                "富田林",
                "羽曳野",
                "四條畷",
            ],
            *["太子", "吹田", "枚方", "寝屋川", "門真", "大阪狭山"],
        ),
        {"participant_count": 22, "population": 4_200_000, "annual_operating_cost_bracket": None},
    ),
    "electronic library of 長野県": (
        "20",
        {
            "システムの種類": "電子図書館",
            "導入年月": "令和4年8月",
            "都道府県の費用負担": "有",
            "補助金の活用": "有",
        },
        lambda: municipalities_of("20"),
        {
            "participant_count": 77,
            "population": 2_050_000,
            "prefecture_bears_cost": True,
            "subsidy_used": True,
        },
    ),
    "integrated GIS of 岐阜県": (
        "21",
        {"システムの種類": "統合型GIS", "導入年月": "H18.4", "年間運用費用（円）": 70_000_000},
        lambda: municipalities_of("21"),
        {
            "participant_count": 42,
            "population": 1_990_000,
            "annual_operating_cost_bracket": "50m_to_100m",
            "introduced_on": datetime.date(2006, 4, 1),
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_real_case_goes_from_workbook_to_edition(survey, tmp_path, name):
    prefecture_code, row, participants, published = CASES[name]
    path = tmp_path / "回答.xlsx"
    path.write_bytes(
        workbook([{**COMPLETE_ROW, **row}], [(1, int(code)) for code in participants()]).getvalue()
    )
    of = {"survey": 2025, "verbosity": 0}
    call_command("import_workbook", path, prefecture=prefecture_code, submit=True, **of)
    call_command("approve", prefecture=[prefecture_code], **of)
    call_command("publish", note=NOTE, **of)
    case = JointProcurement.objects.get()
    assert {field: getattr(case, field) for field in published} == published


def test_an_amount_is_published_as_its_bracket_only(survey):
    answered(survey, annual_operating_cost=70_000_000, initial_cost=4_999_999)
    publish(survey, note=NOTE)
    case = JointProcurement.objects.get()
    assert (case.initial_cost_bracket, case.annual_operating_cost_bracket) == ("under_5m", "50m_to_100m")
    assert "70000000" not in str(JointProcurement.objects.values().get())


@pytest.mark.parametrize("yen", [None, 0])
def test_no_amount_is_no_bracket_and_zero_is_the_lowest(survey, yen):
    answered(survey, initial_cost=yen)
    publish(survey, note=NOTE)
    assert JointProcurement.objects.get().initial_cost_bracket == (None if yen is None else "under_5m")


@pytest.mark.parametrize("note", ["", " \n"])
def test_publishing_is_refused_without_a_note(survey, note):
    answered(survey)
    with pytest.raises(Refused, match="更新内容"):
        publish(survey, note=note)


def test_publishing_is_refused_without_an_approved_answer(survey):
    submit(factories.entry(factories.submission(of=survey)).submission)
    with pytest.raises(Refused, match="承認済み"):
        publish(survey, note=NOTE)
    assert not Edition.objects.exists()


def test_publishing_is_refused_when_somebody_else_has_just_published(survey):
    answered(survey)
    publish(survey, note=NOTE, after="")
    with pytest.raises(Refused, match=r"2025\.1"):
        publish(survey, note=NOTE, after="")


def test_only_approved_answers_are_published(survey):
    answered(survey, "27")
    submit(factories.entry(factories.submission("20", of=survey)).submission)
    factories.entry(factories.submission("21", of=survey))
    publish(survey, note=NOTE)
    assert list(JointProcurement.objects.values_list("prefecture_code", flat=True)) == ["27"]


def test_an_edition_names_who_has_not_answered(survey):
    answered(survey, "27")
    answered(survey, "18", count=0)
    edition = publish(survey, note=NOTE)
    assert len(edition.unanswered_prefectures) == 45
    assert not {"27", "18"} & set(edition.unanswered_prefectures)


def test_a_correction_is_a_second_revision_and_leaves_the_first_as_it_was(survey):
    answer = answered(survey, count=2)
    first = publish(survey, note=NOTE)
    before = content_of(first)
    corrected(answer, rename)
    second = publish(survey, note="訂正しました。")
    assert (second.name, content_of(first)) == ("2025.2", before)
    assert second.cases.first().name == "訂正した名前"


def test_a_prefecture_under_correction_stays_as_it_was(survey):
    answer = answered(survey, "27", annual_operating_cost=70_000_000)
    answered(survey, "20")
    first = publish(survey, note=NOTE)
    reopen(answer, comment="訂正")
    rename(answer)
    second = publish(survey, note="再公表しました。")
    assert second.checksum == first.checksum
    assert [case[1:] for case in second.cases.values_list("pk", "case_id", "name")] == [
        case[1:] for case in first.cases.values_list("pk", "case_id", "name")
    ]
    assert Participation.objects.filter(joint_procurement__edition=second).count() == 6


def test_a_nil_return_under_correction_still_counts_as_answered(survey):
    answered(survey, "27")
    nil = answered(survey, "18", count=0)
    publish(survey, note=NOTE)
    reopen(nil, comment="確かめてください。")
    assert "18" not in publish(survey, note="再公表しました。").unanswered_prefectures


def test_a_carried_prefecture_is_on_the_checklist(survey):
    answer = answered(survey, "27", count=2)
    answered(survey, "20")
    publish(survey, note=NOTE)
    reopen(answer, comment="訂正")
    check = checklist(survey)
    assert (check.approved, check.carried, check.entries, check.cases_carried) == (("20",), ("27",), 1, 2)


def test_the_checklist_names_bodies_without_figures(survey):
    body = LocalGovernment.objects.get(code="271004")
    body.statistics.filter(year=2022).update(population=None)
    union = LocalGovernment.objects.filter(kind="wide_area_union").first()
    answered(survey, participants=["270008", "271004", union.code])
    check = checklist(survey)
    places = {finding.check.id: [place.text for place in finding.places] for finding in check.warnings}
    assert places["no-population"] == ["大阪府 大阪市"]
    assert places["no-staff"] == ["大阪府", "大阪府 大阪市"]


def test_case_ids_are_given_in_order_and_kept(survey):
    answer = answered(survey, count=2)
    publish(survey, note=NOTE)
    corrected(answer, factories.entry)
    edition = publish(survey, note="追加しました。")
    assert list(edition.cases.values_list("case_id", flat=True)) == ["27-001", "27-002", "27-003"]
    assert list(answer.entries.order_by("pk").values_list("case_id", flat=True)) == [
        "27-001",
        "27-002",
        "27-003",
    ]


def test_a_case_id_is_never_given_again(survey):
    answer = answered(survey, count=2)
    publish(survey, note=NOTE)

    def replace_the_last(answer):
        delete_entry(answer.entries.order_by("pk").last(), by=None)
        factories.entry(answer, number="9")

    corrected(answer, replace_the_last)
    edition = publish(survey, note="差し替えました。")
    assert list(edition.cases.values_list("case_id", flat=True)) == ["27-001", "27-003"]


def test_a_case_keeps_its_id_in_the_next_year(survey):
    answered(survey)
    publish(survey, note=NOTE)
    next_year = factories.survey(2026)
    answered(next_year, case_id="27-001")
    assert publish(next_year, note=NOTE).cases.get().case_id == "27-001"


def test_numbers_go_beyond_three_digits(survey):
    factories.published_edition(factories.published_case(case_id="27-999"), fiscal_year=2024)
    answered(survey)
    assert publish(survey, note=NOTE).cases.get().case_id == "27-1000"


def test_the_same_content_has_the_same_checksum(survey):
    answered(survey)
    assert publish(survey, note="1").checksum == publish(survey, note="2").checksum


def test_another_content_has_another_checksum(survey):
    answer = answered(survey)
    first = publish(survey, note="1")
    corrected(answer, rename)
    assert publish(survey, note="2").checksum != first.checksum


def test_what_cases_came_to_hold_later_leaves_earlier_checksums_as_they_are():
    """A literal of the release before footnotes and addresses of specifications."""
    case = JointProcurement(case_id="27-001", prefecture_code="27", name="電子申請", participant_count=1)
    body = Participation(
        local_government_id="271004", kind="designated_city", name="大阪市", residents=2_700_000
    )
    assert checksum_of([(case, [body])]) == (
        "ceb82797b5f04cf6969b3074feecfc941a608206bfb7b489cd5d017aeb929ca4"
    )


def test_the_checksum_notices_a_participant(survey):
    answer = answered(survey)
    first = publish(survey, note="1")

    def exchange(answer):
        save_entry(answer.entries.get(), participants=["270008", "271004", "272027"], by=None)

    corrected(answer, exchange)
    assert publish(survey, note="2").checksum != first.checksum


def test_a_type_with_one_case_keeps_its_own_name_in_the_edition(survey):
    answered(survey)
    publish(survey, note=NOTE)
    assert JointProcurement.objects.get().system_type_slug != OTHER


def test_an_edition_keeps_the_name_of_a_body_as_it_was(survey):
    answered(survey)
    edition = publish(survey, note=NOTE)
    LocalGovernment.objects.filter(code="271004").update(name="新大阪市")
    parts = Participation.objects.filter(joint_procurement__edition=edition)
    assert parts.get(local_government="271004").name == "大阪市"


def test_an_edition_of_a_sample_survey_is_a_sample():
    survey = factories.survey(2025, is_sample=True)
    answered(survey)
    assert publish(survey, note=NOTE).is_sample


@pytest.mark.parametrize("at", [None, datetime.datetime(2024, 3, 22, tzinfo=datetime.UTC)])
def test_an_edition_says_when_it_was_published(survey, time_machine, at):
    now = datetime.datetime(2026, 3, 22, 1, tzinfo=datetime.UTC)
    answered(survey)
    time_machine.move_to(now, tick=False)
    assert publish(survey, note=NOTE, at=at).published_at == (at or now)


FOOTNOTE = "国の実証事業のため、費用がかかりませんでした。"


def answered_with_a_reason(survey, *, is_footnote, **fields):
    """An approved answer whose zero yen was confirmed."""
    answer = factories.submission(of=survey)
    entry = factories.entry(answer, **{"initial_cost": 0, **fields})
    rule_id = "initial_cost_is_not_zero"
    data = {f"reason_{rule_id}": FOOTNOTE} | ({f"footnote_{rule_id}": "yes"} if is_footnote else {})
    confirm_finding(entry, rule_id, data, by=None)
    factories.approved(answer)
    return entry


@pytest.mark.parametrize(
    ("is_footnote", "footnotes"),
    [(True, [{"field": "initial_cost_bracket", "text": FOOTNOTE}]), (False, [])],
    ids=["to be published", "for the secretariat"],
)
def test_a_reason_is_published_only_where_the_prefecture_said_so(survey, is_footnote, footnotes):
    answered_with_a_reason(survey, is_footnote=is_footnote)
    publish(survey, note=NOTE)
    assert JointProcurement.objects.get().footnotes == footnotes


def test_a_reason_for_a_value_that_has_changed_since_is_not_published(survey):
    entry = answered_with_a_reason(survey, is_footnote=True)
    corrected(entry.submission, lambda answer: change(answer.entries.get(), initial_cost=5))
    publish(survey, note=NOTE)
    assert JointProcurement.objects.get().footnotes == []


def change(entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    save_entry(entry, participants=entry.participants.all(), by=None)


def test_footnotes_and_the_address_of_the_specification_stay_while_an_answer_is_corrected(survey):
    address = "https://www.pref.example.jp/spec/"
    access = {"specification": "available", "specification_address": address}
    entry = answered_with_a_reason(survey, is_footnote=True, **access)
    answered(survey, "20")
    first = publish(survey, note=NOTE)
    reopen(entry.submission, comment="訂正")
    second = publish(survey, note="再公表しました。")
    kept = second.cases.get(prefecture_code="27")
    assert (kept.footnotes[0]["text"], kept.specification_address) == (FOOTNOTE, address)
    assert second.checksum == first.checksum


def test_the_checksum_notices_a_footnote(survey):
    entry = answered_with_a_reason(survey, is_footnote=True)
    first = publish(survey, note=NOTE)
    entry.confirmations.update(reason="ちがう理由")
    assert publish(survey, note=NOTE).checksum != first.checksum


@pytest.fixture
def published(survey):
    answered(survey)
    return publish(survey, note=NOTE)


@pytest.mark.parametrize("attempt", ["save", "delete"])
@pytest.mark.parametrize("model", [Edition, JointProcurement, Participation])
def test_a_published_row_refuses_to_be_changed(published, model, attempt):
    with pytest.raises(ImmutableError):
        getattr(model.objects.first(), attempt)()


@pytest.mark.parametrize("model", [Edition, JointProcurement, Participation])
def test_published_rows_refuse_to_be_changed_together(published, model):
    for attempt in (model.objects.all().delete, lambda: model.objects.update(pk=0)):
        with pytest.raises(ImmutableError):
            attempt()


@pytest.mark.parametrize("count", [1, 8])
def test_publishing_takes_as_many_queries_with_many_cases_as_with_one(
    survey, django_assert_num_queries, count
):
    answered(survey, count=count)
    publish(survey, note="case ids are given")
    with django_assert_num_queries(QUERIES):
        publish(survey, note=NOTE)
