"""How a prefecture answers the reasons of a return: 「修正しました」, or 「説明します」 with a text; and a question
while its answer is handed in, with a text."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .inputs import key_in
from .models import Response, State, Verb
from .notifications import tell_of_answer
from .recording import record
from .remarks import changes_since, read_text, todo_of
from .workflow import Refused, locked_for_answer, locked_for_edit, touch

EDITS = (Verb.CREATE, Verb.UPDATE, Verb.DELETE, Verb.COPY, Verb.CARRY, Verb.TAKE_IN)
"""What tells that something of an answer has been put right since."""


def respond(submission, pk, *, response, text="", by, seen=None):
    """Answers one reason or question, or answers it anew: until the answer is handed in again, or it is closed.

    `seen` is the mark of the answer that the person had before their eyes (`None`: whichever there is).
    """
    with transaction.atomic():
        locked = locked_for_answer(submission.pk, by=by) if _is_question(submission, pk) else None
        locked = locked or locked_for_edit(submission.pk, by=by)
        remark = next((each for each in todo_of(locked).remarks if each.pk == pk), None)
        if remark is None or remark.closed_at:
            raise Refused(_("この質問や差戻しの理由は、いまは回答できません。画面を開き直してください。"))
        if _is_said_already(remark, response, text):
            return remark
        _refuse_if_answered(remark, seen)
        return _answered(remark, response=response, text=text, by=by)


def _is_question(submission, pk):
    return submission.remarks.filter(pk=pk, returned=None).exists()


def _is_said_already(remark, response, text):
    """The same once more: a second press of the same button."""
    said = (remark.response, remark.response_text)
    return remark.is_answered and said == (response, text.replace("\0", "").strip())


def _refuse_if_answered(remark, seen):
    if seen is not None and seen != remark.seen:
        raise Refused(
            _(
                "「%(place)s」には、開いている間に%(name)sさんが答えました。"
                "画面で内容を読み、必要なら対応を変えてください。"
            )
            % {"place": remark.place, "name": remark.responded_by_name}
        )


def act(entry, argument, data, *, by):
    """`respond:<pk>` of the entry's form, with the inputs `response_<pk>`, `response_text_<pk>` and `response_seen_<pk>`."""
    return respond_from(entry.submission, argument, data, by=by)


def respond_from(submission, argument, data, *, by):
    """Answers as the inputs say, and gives what to tell the person; ValidationError by the names of the inputs."""
    remark = respond(
        submission,
        key_in(argument),
        response=data.get(f"response_{argument}", ""),
        text=data.get(f"response_text_{argument}", ""),
        seen=data.get(f"response_seen_{argument}"),
        by=by,
    )
    return " ".join([_answer_in_words(remark), *_hint(remark), _rest_in_words(submission)])


@transaction.atomic
def respond_with_file(submission, *, by=None):
    """Hands a corrected file in as the answer: every open reason whose place has changed since is 「修正しました」."""
    for remark in todo_of(locked_for_edit(submission.pk, by=by)).open:
        if _is_corrected(remark):
            _answered(remark, response=Response.CORRECTED, text="", by=by)


def _is_corrected(remark):
    if remark.entry_name:
        return bool(changes_since(remark, remark.entry)) or remark.entry is None
    later = remark.submission.events.filter(at__gt=remark.at, verb__in=EDITS)
    return later.exists()


def _answered(remark, *, response, text, by):
    """Writes the answer down; the one of a question is told to the secretariat, which waits for nothing else."""
    _read_into(remark, response, text)
    event = record(
        remark.submission, Verb.RESPOND, entry=remark.entry, by=by, comment=_response_in_words(remark)
    )
    remark.responded_by_name, remark.responded_at = event.by_name, timezone.now()
    remark.save(update_fields=["response", "response_text", "responded_by_name", "responded_at"])
    if remark.submission.state == State.SUBMITTED:
        touch(remark.submission)
        tell_of_answer(remark)
    return remark


def _read_into(remark, response, text):
    """Takes what was answered; ValidationError by the names of the inputs."""
    if response not in Response.values:
        message = _("「修正しました」か「説明します」のどちらかを選んでください。")
        raise ValidationError({f"response_{remark.pk}": message})
    if remark.is_question and response != Response.EXPLAINED:
        raise Refused(_("提出済みの回答は直せません。質問には、文章で答えてください。"))
    remark.response = response
    remark.response_text = read_text(text, name=f"response_text_{remark.pk}")
    if response == Response.EXPLAINED and not remark.response_text:
        message = _("「説明します」のときは、説明を書いてください（例：契約書の日付を確かめました）。")
        if remark.is_question:
            message = _("質問への回答を書いてください（例：契約書の日付を確かめました）。")
        raise ValidationError({f"response_text_{remark.pk}": message})


def _response_in_words(remark):
    """導入年月：説明します。契約書の日付です。"""
    place = remark.place_within
    if remark.is_question:
        return _("%(place)s：%(text)s") % {"place": place, "text": remark.response_text}
    words = {"place": place, "response": remark.get_response_display(), "text": remark.response_text}
    return _("%(place)s：%(response)s。%(text)s") % words


def _answer_in_words(remark):
    words = {"place": remark.place, "response": remark.get_response_display()}
    if remark.is_question:
        return _("「%(place)s」への質問に答えました。事務局に知らせました。") % words
    return _("「%(place)s」への差戻しの理由に「%(response)s」と答えました。") % words


def _hint(remark):
    """A correction that is nowhere to be seen may lie elsewhere, so it is asked about and not refused."""
    is_unchanged = remark.before and changes_since(remark, remark.entry) == []
    if remark.response == Response.CORRECTED and is_unchanged:
        yield _("ただし、差戻しのあと、この内容は変わっていません。直し忘れがないか、確かめてください。")


def _rest_in_words(submission):
    todo = todo_of(submission)
    count = len(todo.open)
    if todo.are_questions and not count:
        return _("質問は、すべて答えてあります。")
    if not count:
        return _("すべての理由に対応しました。確認して、もう一度提出してください。")
    return ngettext("残りは%(count)s件です。", "残りは%(count)s件です。", count) % {"count": count}
