"""Which questions and rules give prefectures trouble: what the rules found, what was confirmed, sent back, edited.

Everything is counted from what is stored of a survey. A question is ranked by how many prefectures stumbled over
it in any way, so that one prefecture with many cases does not make a question difficult.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Event, Remark, State, Upload, Verb
from .rules import ENTRY_RULES, SUBMISSION_RULES, Rule
from .rules.together import findings_by_answer
from .wording import SHOWN, label_of

FOUND, CONFIRMED, UPLOADED, RETURNED, EDITED = "found", "confirmed", "uploaded", "returned", "edited"
KINDS = {
    FOUND: gettext_lazy("提出された回答への指摘"),
    CONFIRMED: gettext_lazy("理由つきの確認"),
    UPLOADED: gettext_lazy("ファイルでの指摘"),
    RETURNED: gettext_lazy("差戻し・質問"),
    EDITED: gettext_lazy("差戻し後の修正"),
}
"""The kinds of trouble, in the order of the table."""
ADVICE = {
    CONFIRMED: gettext_lazy(
        "理由つきの確認が最も多い項目です。確認事項の条件が実態に合うかを確かめてください。"
    ),
    UPLOADED: gettext_lazy("ファイルでの指摘が最も多い項目です。見出しの説明と記入例を確かめてください。"),
    RETURNED: gettext_lazy(
        "差戻しと質問が最も多い項目です。問いの文と説明に、求める内容を書き足してください。"
    ),
    EDITED: gettext_lazy(
        "差戻しの後の修正が最も多い項目です。関係する項目の説明と合わせて見直してください。"
    ),
    FOUND: gettext_lazy("提出後の指摘が最も多い項目です。書き方の例を問いの説明に加えてください。"),
}
HANDED_IN = (State.SUBMITTED, State.RETURNED, State.APPROVED)
BACK = (Verb.RETURN_FOR_CORRECTION, Verb.REOPEN)
MOST_REASONS = 20
_PLACE = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True)
class Trouble:
    """One thing that went wrong at a field ("" for the whole answer); `rule` is "" where no rule said so."""

    kind: str
    field: str
    prefecture_code: str
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Difficulty:
    """What happened at one field or rule: how often by kind, and in how many prefectures."""

    counts: Counter
    prefectures: int
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, troubles):
        reasons = dict.fromkeys(trouble.reason for trouble in troubles if trouble.reason)
        return cls(
            Counter(trouble.kind for trouble in troubles),
            len({trouble.prefecture_code for trouble in troubles}),
            tuple(reasons),
        )

    @property
    def total(self):
        return self.counts.total()

    @property
    def numbers(self):
        """In the order of `KINDS`."""
        return [self.counts[kind] for kind in KINDS]

    @property
    def rank(self):
        return -self.prefectures, -self.total

    @property
    def shown_reasons(self):
        return self.reasons[:MOST_REASONS]


@dataclass(frozen=True)
class Question:
    """A field of the form with its difficulty."""

    name: str
    difficulty: Difficulty

    @property
    def label(self):
        return label_of(self.name)

    @property
    def advice(self):
        """Where to begin; "" where nobody stumbled."""
        most = max(ADVICE, key=lambda kind: self.difficulty.counts[kind])
        return str(ADVICE[most]) if self.difficulty.counts[most] else ""


@dataclass(frozen=True)
class RuleInUse:
    """A rule of the table with what it led to; `returned` counts what was asked about its first field."""

    rule: Rule
    difficulty: Difficulty

    @property
    def labels(self):
        return [label_of(name) for name in self.rule.fields] or [_("回答全体")]

    @property
    def sentence(self):
        """The message, with an ellipsis where it names what it found."""
        return _PLACE.sub("…", str(self.rule.message))

    @property
    def anchor(self):
        return f"definition-{self.rule.definition}"

    @property
    def counted(self):
        """(kind in words, how often) of what happened at all."""
        return [
            (label, self.difficulty.counts[kind])
            for kind, label in KINDS.items()
            if self.difficulty.counts[kind]
        ]


@dataclass(frozen=True)
class Report:
    """`answers` is how many prefectures have handed in."""

    questions: tuple[Question, ...]
    rules: tuple[RuleInUse, ...]
    answers: int


def report_of(survey):
    """Every rule and every question of a survey, the most difficult first; a fixed number of queries."""
    submissions = list(survey.submissions.filter(state__in=HANDED_IN).order_by("prefecture_code"))
    for submission in submissions:
        submission.survey = survey
    troubles = [
        *_found(submissions),
        *_uploaded(survey),
        *_returned(survey),
        *_edited(survey),
    ]
    questions, rules = _by_question(troubles), _by_rule(troubles)
    return Report(tuple(questions), tuple(rules), len(submissions))


def _by_question(troubles):
    found = defaultdict(list)
    for trouble in troubles:
        found[trouble.field].append(trouble)
    questions = [Question(name, Difficulty.of(found[name])) for name in SHOWN]
    return sorted(questions, key=lambda question: question.difficulty.rank)


def _by_rule(troubles):
    found, asked = defaultdict(list), defaultdict(list)
    for trouble in troubles:
        found[trouble.rule].append(trouble)
        if trouble.kind == RETURNED:
            asked[trouble.field].append(trouble)
    rules = [
        RuleInUse(rule, Difficulty.of([*found[rule.id], *asked[(*rule.fields, "")[0]]]))
        for rule in (*ENTRY_RULES, *SUBMISSION_RULES)
    ]
    return sorted(rules, key=lambda one: one.difficulty.rank)


def _found(submissions):
    codes = {submission.pk: submission.prefecture_code for submission in submissions}
    for key, (_cases, findings) in findings_by_answer(submissions).items():
        for finding in findings:
            yield Trouble(
                CONFIRMED if finding.confirmation else FOUND,
                finding.field,
                codes[key],
                finding.rule.id,
                finding.confirmation.reason if finding.confirmation else "",
            )


def _uploaded(survey):
    """What was found in the files that prefectures sent, whatever became of them."""
    uploads = Upload.objects.filter(submission__survey=survey).order_by("pk")
    rows = uploads.values_list("submission__prefecture_code", "result")
    for prefecture_code, result in rows.iterator(chunk_size=10):
        for found in result.get("findings", ()):
            yield Trouble(UPLOADED, found.get("field", ""), prefecture_code, found.get("rule", ""))


def _returned(survey):
    rows = Remark.objects.filter(submission__survey=survey).order_by("pk")
    for field, prefecture_code in rows.values_list("field", "submission__prefecture_code"):
        yield Trouble(RETURNED, field, prefecture_code)


def _edited(survey):
    """Fields that a prefecture changed after its answer had come back for the first time."""
    events = Event.objects.filter(submission__survey=survey)
    came_back = dict(
        events.filter(verb__in=BACK).order_by().values_list("submission").annotate(first=Min("pk"))
    )
    edits = events.filter(verb=Verb.UPDATE, submission__in=came_back).order_by("pk")
    rows = edits.values_list("pk", "submission", "submission__prefecture_code", "changes")
    for key, submission, prefecture_code, changes in rows.iterator():
        if key > came_back[submission]:
            yield from (Trouble(EDITED, name, prefecture_code) for name in changes)
