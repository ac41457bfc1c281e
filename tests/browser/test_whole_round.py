"""A whole round of a survey at browsers: two officers, a prefecture, and a reader of the public pages."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from procurement.definitions.prefectures import PREFECTURES
from surveys.editing import set_nil_return
from surveys.models import Mail, Plan, Submission, Survey
from surveys.plans import publish_due
from surveys.workflow import submit
from tests import factories
from tests.browser.answering import PASSWORD, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

LATE = ("13", "20")
"""Those who hand in only after they were reminded."""


@pytest.fixture
def people(reference):
    for code in ("27", *LATE):
        staff = factories.staff_of(code)
        staff.email = f"staff-{code}@example.jp"
        staff.set_password(PASSWORD)
        staff.save()
    for name in ("first", "second"):
        officer = factories.secretariat(name)
        officer.set_password(PASSWORD)
        officer.save()
    factories.published_edition(factories.published_case(), fiscal_year=2025)


def test_a_whole_round_is_played_from_the_opening_to_the_withdrawal(people, open_page, live_server):
    first = officer(open_page, live_server, "first")
    second = officer(open_page, live_server, "second")
    public = open_page()

    survey = opened(first, live_server)
    hand_in([prefecture.code for prefecture in PREFECTURES if prefecture.code not in LATE], survey)
    reminded(first, live_server)
    hand_in(LATE, survey)

    asked_and_answered(first, open_page, live_server, survey)
    returned_and_corrected(first, open_page, live_server, survey)
    refused_by_the_checklist(first, live_server, survey)
    approved_by_two(first, second, live_server, survey)

    previewed(first, public, live_server, survey)
    published_at_its_time(first, public, live_server, survey)
    corrected(first, second, open_page, live_server, survey)
    withdrawn(first, public, live_server, survey)


def officer(open_page, live_server, name):
    page = open_page()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("ユーザー名").fill(name)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    page.wait_for_url("**/admin/")
    return page


def opened(page, live_server):
    """The officer opens the survey, to be approved by two."""
    today = timezone.localdate()
    page.goto(f"{live_server.url}/admin/surveys/survey/add/")
    page.get_by_label("年度").fill("2026")
    days = {
        "いつ時点の数値か": -30,
        "開始日": 0,
        "回答期限": 20,
        "新しい回答の最終日": 30,
        "修正の最終日": 60,
    }
    for label, offset in days.items():
        page.get_by_label(label, exact=False).first.fill(str(today + datetime.timedelta(offset)))
    page.get_by_label("承認に2人の確認を求める").check()
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**/submission/?survey=*")
    expect(page.locator("#result_list tbody tr")).to_have_count(47)
    return Survey.objects.get(fiscal_year=2026)


def hand_in(codes, survey):
    """The answers of the prefectures arrive: a case each of three, the others have none."""
    for answer in survey.submissions.filter(prefecture_code__in=codes).select_related("survey"):
        code = answer.prefecture_code
        if code in ("27", *LATE):
            factories.entry(
                answer,
                name=f"{answer.prefecture}の電子申請",
                introduced_on=datetime.date(2021, int(code[0]), 1),
            )
        else:
            set_nil_return(answer, value=True, by=None, reason=factories.NO_CASE)
        submit(answer)


def board(page, live_server, query):
    page.goto(f"{live_server.url}/admin/surveys/submission/?{query}")


def act_on_all(page, action):
    page.locator("#action-toggle").check()
    page.get_by_label("操作").select_option(label=action)
    page.get_by_role("button", name="実行").click()


def reminded(page, live_server):
    """Two are missing; the officer sees the mail before it is sent."""
    board(page, live_server, "state=draft")
    act_on_all(page, "選んだ都道府県に催促する（送る前に確かめます）")
    expect(page.get_by_text("staff-13@example.jp")).to_be_visible()
    page.get_by_role("button", name="この2通を送る").click()
    expect(page.get_by_text("2都道府県に、2通の催促を送りました。")).to_be_visible()
    assert Mail.objects.filter(kind="reminder").count() == 2


def review(page, live_server, survey, code):
    answer = survey.submissions.get(prefecture_code=code)
    page.goto(f"{live_server.url}/admin/surveys/submission/{answer.pk}/review/")
    return answer


def asked_and_answered(page, open_page, live_server, survey):
    """A question on a field, while the answer stays handed in; nobody approves while it is open."""
    review(page, live_server, survey, "27")
    page.locator("button", has_text="この項目に理由を書く：効果").first.click()
    page.get_by_label("差戻しの理由※任意").fill("効果を具体的に教えてください。")
    page.get_by_role("button", name="差し戻さずに質問する").click()
    expect(page.get_by_text("大阪府に質問しました。")).to_be_visible()
    expect(page.get_by_text("答えを待っている質問が1件あるため、まだ承認できません。")).to_be_visible()

    osaka = open_page()
    sign_in(osaka, live_server, factories.User.objects.get(username="staff-27"))
    question = osaka.get_by_role("form", name=re.compile("質問への回答"))
    question.get_by_role("textbox").fill("窓口の待ち時間が半分になりました。")
    question.get_by_role("button", name="質問に答える").click()
    expect(osaka.get_by_text("窓口の待ち時間が半分になりました。").first).to_be_visible()

    review(page, live_server, survey, "27")
    expect(page.get_by_text("窓口の待ち時間が半分になりました。").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^完了にする")).first.click()
    expect(page.get_by_text("を完了にしました。")).to_be_visible()


def returned_and_corrected(page, open_page, live_server, survey):
    """A return with a reason at a field; the prefecture corrects it and hands in again."""
    review(page, live_server, survey, "13")
    page.locator("button", has_text="この項目に理由を書く：導入年月").first.click()
    page.get_by_label("差戻しの理由※任意").fill("年月を確かめてください。")
    page.get_by_role("button", name="理由を付けて差し戻す").click()
    expect(page.get_by_text("東京都の回答を「差戻し」にしました。")).to_be_visible()
    correct(open_page, live_server, survey, "13", introduced_on="2022-04")


def correct(open_page, live_server, survey, code, **values):
    """The prefecture goes to the first reason, changes the fields, answers it and hands in."""
    page = open_page()
    sign_in(page, live_server, factories.User.objects.get(username=f"staff-{code}"))
    page.get_by_role("link", name="最初の指摘へ").click()
    for name, value in values.items():
        page.locator(f"#id_{name}").fill(value)
    reason = page.locator("[id^=remark-]").first
    reason.get_by_label("修正しました", exact=True).check()
    reason.get_by_role("button", name=re.compile("対応を記録する")).click()
    expect(reason.get_by_text(f"staff-{code}")).to_be_visible()
    page.goto(f"{live_server.url}/survey/2026/submit/")
    page.get_by_role("button", name="提出する", exact=True).click()
    page.wait_for_url("**/receipt/")


def publish_page(page, live_server, survey):
    page.goto(f"{live_server.url}/admin/surveys/survey/{survey.pk}/publish/")


def refused_by_the_checklist(page, live_server, survey):
    publish_page(page, live_server, survey)
    expect(page.get_by_text("承認済みの回答がありません。")).to_be_visible()
    expect(page.get_by_role("button", name="最初の版として公表する")).to_have_count(0)


def approved_by_two(first, second, live_server, survey):
    """The answer that was returned by its reviewers one after the other, the rest at once."""
    for page in (first, second):
        review(page, live_server, survey, "13")
        page.get_by_role("button", name=re.compile("承認")).and_(page.locator("[name=verb]")).first.click()
        expect(page.get_by_role("status").get_by_text("東京都")).to_be_visible()
        board(page, live_server, "state=submitted")
        act_on_all(page, "選んだ回答を承認する")
    states = survey.submissions.order_by().values_list("state", flat=True).distinct()
    assert list(states) == ["approved"]
    assert set(Submission.objects.values_list("approved_first_by__username", flat=True)) == {"first"}


def tick_and_note(page, note):
    page.get_by_label("更新内容").fill(note)
    for warning in page.get_by_label("確かめました").all():
        warning.check()
    page.get_by_label("上の確認事項を読みました。").check()


def previewed(page, public, live_server, survey):
    """The officer reads the edition as it will be; the public sees nothing of it."""
    publish_page(page, live_server, survey)
    page.get_by_role("link", name="公表前のプレビューを開く").click()
    page.goto(f"{page.url.rstrip('/')}/cases/13-001/")
    expect(page.get_by_role("heading", name="東京都の電子申請")).to_be_visible()
    assert public.request.get(f"{live_server.url}/cases/13-001/").status == 404


def published_at_its_time(page, public, live_server, survey):
    """A warning that is not ticked stops it; then the time is set, and at that time it is there."""
    publish_page(page, live_server, survey)
    page.get_by_label("更新内容").fill("令和8年度調査の結果です。")
    page.get_by_label("上の確認事項を読みました。").check()
    page.get_by_role("button", name="最初の版として公表する").click()
    expect(page.get_by_text("まだ確かめていない注意が")).to_be_visible()

    tick_and_note(page, "令和8年度調査の結果です。")
    page.get_by_label("日時を指定して公表する").check()
    moment = timezone.localtime() + datetime.timedelta(days=1)
    page.locator("input[name=day]").fill(f"{moment:%Y-%m-%d}")
    page.locator("input[name=time]").fill("09:00")
    page.get_by_role("button", name="最初の版として公表する").click()
    expect(page.get_by_text("の公表を予約しました。")).to_be_visible()
    assert public.request.get(f"{live_server.url}/cases/13-001/").status == 404

    publish_due(Plan.objects.get().at)
    public.goto(f"{live_server.url}/cases/13-001/")
    expect(public.get_by_role("heading", name="東京都の電子申請")).to_be_visible()
    expect(public.get_by_text("2026.1").first).to_be_visible()


def corrected(first, second, open_page, live_server, survey):
    """An answer is opened again, corrected, approved by two and published as the second revision."""
    review(first, live_server, survey, "27")
    first.get_by_role("link", name="変わらない項目もすべて開く").click()
    first.locator("button", has_text="この項目に理由を書く：効果").first.click()
    first.get_by_label("差戻しの理由※任意").fill("待ち時間の効果を書いてください。")
    first.get_by_role("button", name="理由を付けて再開する").click()
    expect(first.get_by_text("大阪府の回答を「差戻し」にしました。")).to_be_visible()
    correct(open_page, live_server, survey, "27", benefits="待ち時間が半分になった。")
    for page in (first, second):
        review(page, live_server, survey, "27")
        page.get_by_role("button", name=re.compile("承認")).and_(page.locator("[name=verb]")).first.click()
    publish_page(first, live_server, survey)
    expect(first.get_by_text("待ち時間が半分になった。").first).to_be_attached()
    tick_and_note(first, "大阪府の効果を加えました。")
    first.get_by_role("button", name="新しい改訂として公表する").click()
    expect(first.get_by_text("2026.2を公表しました。")).to_be_visible()


def withdrawn(page, public, live_server, survey):
    """The second revision is withdrawn: its notice stands there, and the first is what the public sees."""
    publish_page(page, live_server, survey)
    page.get_by_role("link", name=re.compile("^取り下げる.*2026.2")).click()
    page.get_by_label("取下げのお知らせ").fill("大阪府の効果に誤りがありました。")
    page.get_by_label("取り下げる版の名前").fill("2026.2")
    page.get_by_role("button", name="2026.2を取り下げる").click()
    expect(page.get_by_text("大阪府の効果に誤りがありました。").first).to_be_visible()

    gone = public.request.get(f"{live_server.url}/cases/27-001/?edition=2026.2")
    assert (gone.status, "大阪府の効果に誤りがありました。" in gone.text()) == (410, True)
    public.goto(f"{live_server.url}/cases/27-001/")
    expect(public.get_by_text("2026.1").first).to_be_visible()
    expect(public.get_by_text("待ち時間が半分になった。")).to_have_count(0)
