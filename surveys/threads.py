"""A question about an answer that is handed in: asked on a field, a case or the whole, answered, closed or asked on.

Nothing is handed back by it. What is open when the answer is handed back goes along as a reason of the return.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from .models import Remark, State, Verb
from .notifications import tell_of_question
from .remarks import RemarkDraft, close_all, close_answered_at, written_down
from .workflow import Refused, locked_for_review, record_drafts, touch

CLOSABLE = frozenset({State.SUBMITTED, State.RETURNED})


@transaction.atomic
def ask(submission, *, by=None, comment="", remarks: Sequence[RemarkDraft] = ()):
    """Asks the prefecture, which answers with the state as it is; `comment` is the question on all of it.

    Where there is an answer at the same place already, it is asked on: the earlier question is closed.
    """
    drafts = [draft for draft in (RemarkDraft(comment), *remarks) if draft.text.strip()]
    if not drafts:
        raise Refused(_("質問を書いてください。都道府県に伝わります。"))
    locked = locked_for_review(submission.pk, by=by)
    if locked.state != State.SUBMITTED:
        raise Refused(
            _("「%(state)s」の回答には質問できません。質問は、提出済みの間にします。")
            % {"state": locked.get_state_display()}
        )
    record_drafts(locked, drafts, verb=Verb.ASK, by=by, on_whole=True)
    close_answered_at(locked, drafts, by=by)
    touch(locked)
    locked.refresh_from_db(fields=["version"])
    tell_of_question(locked, written_down(locked, drafts, by=by))
    return locked


@transaction.atomic
def close(submission, pk, *, by=None):
    """Settles one question or reason, with or without an answer; whoever comes second is told so."""
    locked = locked_for_review(submission.pk, by=by)
    remark = Remark.objects.filter(submission=locked, pk=pk, closed_at=None).select_related("entry").first()
    if remark is None or locked.state not in CLOSABLE:
        raise Refused(_("この質問や差戻しの理由は、すでに完了しているか、いまは完了にできません。"))
    remark.submission = locked
    close_all([remark], by=by)
    touch(locked)
    locked.refresh_from_db(fields=["version"])
    return remark
