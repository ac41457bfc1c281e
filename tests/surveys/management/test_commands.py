import datetime
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.utils import timezone

from procurement.models import Edition, JointProcurement
from surveys.models import Entry, Event, Submission, Survey
from surveys.remarks import RemarkDraft
from surveys.workflow import return_for_correction
from tests import factories
from tests.workbooks import COMPLETE_ROW, workbook

pytestmark = pytest.mark.django_db

BODIES = [(1, 270008), (1, 271004)]


def run(name, *args, **options):
    """(what it printed, what it complained of)."""
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def answer():
    return factories.submission()


@pytest.fixture
def file(tmp_path):
    """A function that writes rows as a file and gives its path."""

    def write(*rows, participants=BODIES):
        path = tmp_path / "回答.xlsx"
        path.write_bytes(workbook(rows or [COMPLETE_ROW], participants).getvalue())
        return path

    return write


def take_in(path, **options):
    return run("import_workbook", path, survey=2026, prefecture="27", **options)


def test_a_survey_opens_with_47_answers_and_days_to_answer(time_machine):
    time_machine.move_to("2026-10-01T03:00:00Z", tick=False)
    run("open_survey", fiscal_year=2026)
    survey = Survey.objects.get()
    assert survey.submissions.count() == 47
    assert (
        survey.statistics_year,
        survey.opened_on,
        survey.announced_deadline,
        survey.last_new_answers_on,
        survey.last_edits_on,
        survey.as_of,
    ) == (
        2022,
        datetime.date(2026, 10, 1),
        datetime.date(2026, 10, 31),
        datetime.date(2026, 11, 14),
        datetime.date(2026, 12, 30),
        datetime.date(2026, 10, 1),
    )


def test_the_days_of_a_survey_can_be_given():
    call_command(
        "open_survey",
        "--fiscal-year=2025",
        "--statistics-year=2024",
        "--opened-on=2025-10-01",
        "--deadline=2025-11-15",
        "--last-new-answers=2025-11-30",
        "--last-edits=2026-02-28",
        "--as-of=2025-09-01",
        verbosity=0,
        stdout=io.StringIO(),
    )
    survey = Survey.objects.get()
    assert (survey.statistics_year, f"{survey.last_edits_on}", f"{survey.as_of}") == (
        2024,
        "2026-02-28",
        "2025-09-01",
    )


def test_a_late_deadline_moves_the_later_days(time_machine):
    time_machine.move_to("2026-10-01T03:00:00Z", tick=False)
    run("open_survey", fiscal_year=2026, deadline=datetime.date(2027, 1, 31))
    survey = Survey.objects.get()
    assert survey.last_new_answers_on == survey.last_edits_on == datetime.date(2027, 1, 31)


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(CommandError, match="順に"):
        run("open_survey", fiscal_year=2026, deadline=datetime.date(2020, 1, 1), last_new_answers=None)
    assert not Survey.objects.exists()


def test_opening_twice_says_so_and_changes_no_date():
    run("open_survey", fiscal_year=2026)
    before = Survey.objects.values().get()
    out, _err = run("open_survey", fiscal_year=2026, deadline=timezone.localdate())
    assert "すでに開いています" in out
    assert Survey.objects.values().get() == before


def test_opening_again_adds_missing_answers():
    run("open_survey", fiscal_year=2026)
    Submission.objects.filter(prefecture_code__in=["01", "27"]).delete()
    out, _err = run("open_survey", fiscal_year=2026)
    assert "2件" in out
    assert Submission.objects.count() == 47


def test_a_workbook_is_taken_in_and_summed_up(answer, file):
    factories.entry(answer, number="7")
    out, err = take_in(file())
    assert "読んだ行 1、新規 1、変更 0、変更なし 0、ファイルにない件 1" in out
    assert "整理番号7" in out
    assert (err, answer.entries.count()) == ("", 2)


def test_the_same_workbook_twice_changes_nothing(answer, file):
    take_in(file())
    events = Event.objects.count()
    out, _err = take_in(file())
    assert "変更なし 1" in out
    assert Event.objects.count() == events


def test_wrong_cells_are_listed_and_nothing_is_taken_in(answer, file):
    rows = [COMPLETE_ROW, {**COMPLETE_ROW, "整理番号": 2, "導入年月": "いつか"}]
    err = io.StringIO()
    with pytest.raises(CommandError, match="1個"):
        call_command(
            "import_workbook", file(*rows), survey=2026, prefecture="27", stderr=err, stdout=io.StringIO()
        )
    assert "共同調達!I3 導入年月" in err.getvalue()
    assert not answer.entries.exists()


def test_taking_in_can_submit(answer, file):
    take_in(file(), submit=True)
    answer.refresh_from_db()
    assert answer.state == "submitted"


def returned(answer, file):
    """A return with a reason on the introduction month of the one case, and one on the whole."""
    take_in(file(), submit=True)
    drafts = [RemarkDraft("年月が違います。", answer.entries.get().pk, "introduced_on")]
    return_for_correction(answer, comment="確かめてください。", remarks=drafts)


def test_after_a_return_a_file_that_puts_the_reasons_right_is_submitted(answer, file):
    returned(answer, file)
    take_in(file({**COMPLETE_ROW, "導入年月": "2022-04"}), submit=True)
    answer.refresh_from_db()
    assert answer.state == "submitted"
    assert {remark.response for remark in answer.remarks.all()} == {"corrected"}


def test_after_a_return_a_file_that_leaves_a_reason_open_is_not_taken_in(answer, file):
    returned(answer, file)
    with pytest.raises(CommandError, match=r"1件に、まだ対応していません（.*導入年月）"):
        take_in(file({**COMPLETE_ROW, "概要": "書き足しました。"}), submit=True)
    assert (answer.entries.get().summary, answer.remarks.filter(response="").count()) == ("", 2)


def test_what_is_not_complete_is_listed_at_its_cells_and_not_taken_in(answer, file):
    err = io.StringIO()
    path = file({**COMPLETE_ROW, "案件名": None}, participants=[(1, 271004)])
    with pytest.raises(CommandError, match="取り込んでいません"):
        call_command(
            "import_workbook",
            path,
            survey=2026,
            prefecture="27",
            submit=True,
            stderr=err,
            stdout=io.StringIO(),
        )
    assert "共同調達!D2 案件名を書いてください。" in err.getvalue()
    assert "定義1-1" in err.getvalue()
    assert not answer.entries.exists()


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_workbook_for_an_answer_that_is_handed_in_is_refused(answer, file, state):
    Submission.objects.filter(pk=answer.pk).update(state=state)
    with pytest.raises(CommandError):
        take_in(file())
    assert not Entry.objects.exists()


def test_a_file_that_is_not_there_is_refused(answer, tmp_path):
    with pytest.raises(CommandError, match="開けません"):
        take_in(tmp_path / "nothing.xlsx")


def test_a_file_that_is_no_workbook_is_refused(answer, tmp_path):
    path = tmp_path / "回答.xlsx"
    path.write_text("整理番号")
    with pytest.raises(CommandError, match=r"\.xlsx"):
        take_in(path)


@pytest.mark.parametrize(
    "arguments",
    [
        ["import_workbook", "回答.xlsx", "--prefecture=27"],
        ["approve", "--prefecture=27"],
        ["publish", "--note=公表"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_survey_that_is_not_there_is_refused(arguments):
    with pytest.raises(CommandError, match="open_survey"):
        call_command(*arguments, "--survey=1999")


def test_a_prefecture_code_may_lack_its_zero(file):
    factories.survey()
    call_command(
        "import_workbook",
        str(file({**COMPLETE_ROW}, participants=[(1, 10006), (1, 11002)])),
        "--survey=2026",
        "--prefecture=1",
        stdout=io.StringIO(),
    )
    assert Entry.objects.get().submission.prefecture_code == "01"


def submitted(prefecture_code, survey):
    answer = factories.submission(prefecture_code, of=survey)
    factories.entry(answer)
    Submission.objects.filter(pk=answer.pk).update(state="submitted")


def states():
    return dict(Submission.objects.exclude(state="draft").values_list("prefecture_code", "state"))


def test_named_answers_are_approved():
    survey = factories.survey()
    for code in ("20", "21", "27"):
        submitted(code, survey)
    run("approve", survey=2026, prefecture=["20", "27"])
    assert states() == {"20": "approved", "21": "submitted", "27": "approved"}


def test_all_submitted_answers_are_approved():
    survey = factories.survey()
    for code in ("20", "27"):
        submitted(code, survey)
    run("approve", survey=2026, all_submitted=True)
    assert states() == {"20": "approved", "27": "approved"}


def test_one_that_cannot_be_approved_stops_all():
    survey = factories.survey()
    submitted("20", survey)
    with pytest.raises(CommandError, match="大阪府"):
        run("approve", survey=2026, prefecture=["20", "27"])
    assert states() == {"20": "submitted"}


def test_publishing_says_what_was_published():
    survey = factories.survey()
    submitted("27", survey)
    run("approve", survey=2026, prefecture=["27"])
    out, _err = run("publish", survey=2026, note="公表しました。")
    assert (Edition.objects.get().name, JointProcurement.objects.count()) == ("2026.1", 1)
    assert "2026.1を公表しました。事例 1件、承認済み 1、前の版から引き継ぎ 0、未回答 46。" in out


def test_publishing_nothing_is_refused():
    factories.survey()
    with pytest.raises(CommandError, match="承認済み"):
        run("publish", survey=2026, note="公表しました。")


SECRETARIAT = {
    "add_localgovernment",
    "add_localgovernmentstatistics",
    "add_survey",
    "add_systemtype",
    "change_localgovernment",
    "change_localgovernmentchange",
    "change_localgovernmentstatistics",
    "change_mail",
    "change_submission",
    "change_survey",
    "change_systemtype",
    "export_entry",
    "export_localgovernment",
    "export_localgovernmentstatistics",
    "export_systemtype",
    "import_entry",
    "import_localgovernment",
    "import_localgovernmentstatistics",
    "import_systemtype",
    "publish_survey",
    "view_edition",
    "view_entry",
    "view_event",
    "export_event",
    *(f"{action}_remarktemplate" for action in ("view", "add", "change", "delete", "import", "export")),
    "view_jointprocurement",
    "view_localgovernment",
    "view_localgovernmentchange",
    "view_localgovernmentstatistics",
    "view_mail",
    "view_plan",
    "view_previewpass",
    "view_previewview",
    "view_upload",
    "view_invitation",
    "add_invitation",
    "change_invitation",
    "view_signin",
    "view_submission",
    "view_survey",
    "view_systemtype",
}


def test_the_secretariat_has_exactly_its_permissions():
    group = Group.objects.create(name="事務局")
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    run("create_roles")
    assert set(group.permissions.values_list("codename", flat=True)) == SECRETARIAT


def test_creating_roles_twice_changes_nothing():
    run("create_roles")
    out, _err = run("create_roles")
    assert "変更はありません" in out
    assert "権限を設定しました" not in out
    assert Group.objects.count() == 3
