"""The occasions of a survey. A key names the occasion: nobody is told of the same one twice."""

from django.db.models import Count
from django.utils import timezone

from procurement.models import JointProcurement

from ..models import MailKind, State
from .people import by_prefecture, recipients, secretariat
from .writing import Letter, post


def tell_of_opening(survey):
    """The people of all prefectures; nobody before the survey's first day, nor when it is too late to answer."""
    if not survey.opened_on <= timezone.localdate() <= survey.last_new_answers_on:
        return 0
    opening = Letter(MailKind.OPENING, f"opening:{survey.fiscal_year}", survey=survey)
    return _tell_prefectures(opening)


def tell_of_reminder(missing, offset, *, today):
    """Those who have not handed in, `offset` days from the deadline that their answers have in common.

    A deadline that was moved is another occasion.
    """
    survey, deadline = missing[0].survey, missing[0].deadline
    key = f"reminder:{survey.fiscal_year}:{deadline}:{offset}"
    reminder = Letter(MailKind.REMINDER, key, survey=survey, context=_dates_of(missing[0], today))
    return _tell_prefectures(reminder, [submission.prefecture_code for submission in missing])


def reminder_by_hand(submission, press):
    """The letter by which somebody of the secretariat reminds a prefecture now; `press` names the occasion."""
    return Letter(
        MailKind.REMINDER,
        f"remind:{submission.pk}:{press}",
        survey=submission.survey,
        submission=submission,
        template="reminder_of_return" if submission.state == State.RETURNED else "",
        context=_dates_of(submission, timezone.localdate()),
    )


def tell_of_extension(submission, event):
    """The day that a prefecture was given, and why."""
    about = {"survey": submission.survey, "submission": submission, "template": "extension"}
    key = f"extension:{submission.pk}:{event.pk}"
    _tell(Letter(MailKind.REMINDER, key, **about), submission.prefecture_code)


def tell_of_taking_over(submission, event):
    """That the secretariat answers in the prefecture's place, with whom it spoke, and why."""
    about = {"survey": submission.survey, "submission": submission, "template": "taking_over"}
    letter = Letter(MailKind.RECEIPT, f"taking_over:{event.pk}", context={"event": event}, **about)
    _tell(letter, submission.prefecture_code)


def _dates_of(submission, today):
    days = (submission.deadline - today).days
    return {
        "days": days,
        "late": -days,
        "deadline": submission.deadline,
        "last_day": submission.last_day_to_edit,
        "is_extended": submission.extended_to is not None,
    }


def tell_of_submission(submission):
    """A receipt to everybody of the prefecture; to the secretariat, that there is something to review."""
    context = {"entries": _named(submission)}
    _tell_own(submission, MailKind.RECEIPT, **context)
    arrival = _about(submission, MailKind.RECEIPT, template="arrival", **context)
    post(arrival.to(secretariat(MailKind.RECEIPT)))


def tell_of_return(submission, remarks):
    """The reasons, each with its place, and the way to the first."""
    _tell_own(submission, MailKind.RETURN, remarks=remarks)


def tell_of_question(submission, questions):
    """The questions, each with its place, and the way to the first; the answer stays handed in."""
    _tell_own(submission, MailKind.QUESTION, questions=questions)


def tell_of_answer(remark):
    """Whoever asked, or all of the secretariat where that person is not told."""
    answer = _about(remark.submission, MailKind.QUESTION, template="answer", remark=remark)
    people = secretariat(MailKind.QUESTION)
    post(answer.to([user for user in people if user.pk == remark.by_id] or people))


def tell_of_approval(submission):
    _tell_own(submission, MailKind.APPROVAL, entries=_named(submission))


def tell_of_publication(survey, edition):
    """Each prefecture with its own public page, and the secretariat."""
    context = {"edition": edition, "cases": JointProcurement.objects.in_edition(edition)}
    key = f"publication:{edition.name}"
    _tell_prefectures(Letter(MailKind.PUBLICATION, key, survey=survey, context=context))
    published = Letter(MailKind.PUBLICATION, f"{key}:secretariat", survey=survey, context=context)
    post(published.to(secretariat(MailKind.PUBLICATION)))


def tell_of_refused_plan(plan):
    """To the secretariat, whoever planned it: at its time the edition did not appear."""
    refused = Letter(
        MailKind.PUBLICATION,
        f"plan-refused:{plan.pk}",
        survey=plan.survey,
        template="plan_refused",
        context={"plan": plan},
    )
    post(refused.to(secretariat(MailKind.PUBLICATION)))


def _tell_prefectures(letter, codes=None):
    """How many mails were written."""
    groups = by_prefecture(recipients(letter.kind, codes))
    return post([mail for code, people in groups for mail in letter.to(people, prefecture_code=code)])


def _tell_own(submission, kind, **context):
    _tell(_about(submission, kind, **context), submission.prefecture_code)


def _tell(letter, code):
    post(letter.to(recipients(letter.kind, [code]), prefecture_code=code))


def _about(submission, kind, *, template="", **context):
    """What happened to an answer in the version that it now has."""
    key = f"{template or kind}:{submission.pk}:{submission.version}"
    return Letter(
        kind, key, survey=submission.survey, submission=submission, template=template, context=context
    )


def _named(submission):
    """Asked for only where somebody is told."""
    entries = submission.entries.in_number_order().select_related("system_type")
    return entries.annotate(bodies=Count("participants"))
