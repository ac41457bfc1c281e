"""What is checked of an answer as a whole."""

from django.utils.translation import gettext_lazy as _

from procurement.words import joined

from .rule import ERROR, WARNING, Rule


def _earlier_cases_missing(submission, context):
    """The cases of the newest edition that the answer does not speak of."""
    missing = [case_id for case_id in context.before if case_id not in context.answered_case_ids]
    return {"cases": joined(missing), "count": len(missing), "seen": missing} if missing else None


SUBMISSION_RULES = (
    Rule(
        "something_is_answered",
        ERROR,
        (),
        _("共同調達が1件も登録されていません。実施していない場合は「共同調達の実施なし」にしてください。"),
        _("1件以上の登録、または「共同調達の実施なし」"),
        lambda submission, context: not context.cases and not submission.nil_return,
    ),
    Rule(
        "nil_return_has_no_entries",
        ERROR,
        (),
        _(
            "「共同調達の実施なし」ですが、登録されている件があります。件を削除するか、「実施なし」を取り消してください。"
        ),
        _("どちらか一方"),
        lambda submission, context: context.cases and submission.nil_return,
    ),
    Rule(
        "nil_return_has_a_reason",
        ERROR,
        (),
        _("「共同調達の実施なし」の理由が書かれていません。調査のホームで理由を書いてください。"),
        _("理由（例：市区町村に要望を聞いたが、該当する調達がなかった）"),
        lambda submission, context: submission.nil_return and not submission.nil_return_reason.strip(),
    ),
    Rule(
        "earlier_cases_are_answered",
        WARNING,
        (),
        _(
            "最新の版にある%(count)s件の事例が、この回答にありません（%(cases)s）。続いている事例は、事例番号を選んで登録してください。"
        ),
        _("続いている事例をすべて登録、または終了した事例だけを外す"),
        _earlier_cases_missing,
    ),
)
