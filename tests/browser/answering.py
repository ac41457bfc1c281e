"""Answering the survey as a person at a browser: signing in, filling the entry form, handing it in."""

from tests import factories

PASSWORD = "a-password-for-tests"
OSAKA_22 = (
    "泉大津・茨木・松原・摂津・島本・堺・高槻・八尾・柏原・藤井寺・忠岡・豊中・守口・富田林・羽曳野・"
    "四條畷・太子・吹田・枚方・寝屋川・門真・大阪狭山"
)


def person(prefecture_code):
    """Someone who can type a password."""
    return factories.user(f"staff-{prefecture_code}", prefecture_code=prefecture_code, password=PASSWORD)


def sign_in(page, live_server, user):
    """Through the sign-in page to the home of the open survey."""
    page.goto(f"{live_server.url}/survey/")
    page.get_by_label("ユーザー名").fill(user.username)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    page.wait_for_url("**/survey/2026/")


def choose(page, question, answer):
    """Ticks the answer of a question with a few fixed answers."""
    page.get_by_role("radiogroup", name=question).get_by_label(answer, exact=True).check()


def fill_texts(page, **texts):
    """Fields by their name in the form."""
    for name, text in texts.items():
        page.locator(f"#id_{name}").fill(text)


def save(page):
    page.get_by_role("button", name="下書きを保存する").last.click()
    page.wait_for_load_state()


def figures(page):
    """The derived figures that the form shows: participating municipalities, population, staff."""
    return [value.strip() for value in page.locator("#figures dd").all_inner_texts()]


def hand_in(page):
    """From the saved entry over the check and the confirmation to the receipt."""
    page.get_by_role("link", name="不足の確認").click()
    page.get_by_text("必要な項目はそろっています。").wait_for()
    page.get_by_role("link", name="確認して提出する").click()
    page.get_by_role("button", name="提出する").click()
    page.wait_for_url("**/receipt/")


def at_the_desk(open_page, live_server):
    """A page of somebody of the secretariat, with the answers that were handed in."""
    page = open_page()
    officer = factories.secretariat()
    officer.set_password(PASSWORD)
    officer.save()
    page.goto(f"{live_server.url}/admin/surveys/submission/?state=submitted")
    page.get_by_label("ユーザー名").fill(officer.username)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="サインイン").click()
    page.wait_for_url("**/submission/**")
    return page


def publish_at_the_desk(open_page, live_server):
    """Somebody of the secretariat approves what was handed in and publishes it; returns their page."""
    page = at_the_desk(open_page, live_server)
    approve_and_publish(page, live_server)
    return page


def approve_and_publish(page, live_server):
    """The one answer that was handed in, as the first edition of the survey."""
    page.goto(f"{live_server.url}/admin/surveys/submission/?state=submitted")
    page.locator("#result_list tbody a").first.click()
    page.locator("button[name=verb][value^=approve]").click()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="確認して公表する").click()
    page.get_by_label("更新内容").fill("調査の結果を公表しました。")
    for warning in page.get_by_label("確かめました").all():
        warning.check()
    page.get_by_label("上の確認事項を読みました。").check()
    page.get_by_role("button", name="最初の版として公表する").click()
    page.get_by_text("2026.1を公表しました。").wait_for()


def published_case(page, live_server, case_id):
    """What the public reads on the page of a case."""
    page.goto(f"{live_server.url}/cases/{case_id}/")
    return page.get_by_role("main").inner_text()
