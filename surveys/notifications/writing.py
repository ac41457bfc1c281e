"""Mails are rows, written with what they tell of, and sent once that is certain."""

from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from procurement.definitions.prefectures import PREFECTURES_BY_CODE

from ..models import Mail, MailKind, Submission, Survey
from .sending import send

LANGUAGE = "ja"
"""Mails are in Japanese, for nobody says in what language they like theirs; the pages they lead to are in both."""
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Letter:
    """What is told to many; `template` is a file of surveys/mails, named like the kind unless said."""

    kind: MailKind
    key: str
    survey: Survey | None = None
    submission: Submission | None = None
    template: str = ""
    context: dict = field(default_factory=dict)

    def to(self, people, *, prefecture_code=""):
        """The mails, not yet written; people of one prefecture, or of the secretariat."""
        if not people:
            return []
        facts = self._facts(prefecture_code)
        return [Mail(**facts, user=user, to=user.email) for user in people]

    def to_address(self, address, *, prefecture_code=""):
        """The same for somebody who has no account yet."""
        return Mail(**self._facts(prefecture_code), to=address)

    def _facts(self, prefecture_code):
        subject, body = self._text(prefecture_code)
        about = {"kind": self.kind, "key": self.key, "survey": self.survey, "submission": self.submission}
        return {**about, "subject": subject, "body": body}

    def _text(self, prefecture_code):
        """(subject, body): the first line of the template and the rest."""
        context = {
            **self.context,
            "survey": self.survey,
            "submission": self.submission,
            "prefecture": PREFECTURES_BY_CODE.get(prefecture_code),
            "base_url": settings.BASE_URL,
        }
        with translation.override(LANGUAGE):
            text = render_to_string(f"surveys/mails/{self.template or self.kind}.txt", context)
        subject, _newline, body = text.strip().partition("\n")
        return " ".join(subject.split())[:LONGEST_SUBJECT], _tidy(body)


def post(mails):
    """Writes those that are new, each to an address once, and has them sent; how many."""
    written = (
        set(Mail.objects.filter(key__in={mail.key for mail in mails}).values_list("key", "to"))
        if mails
        else ()
    )
    new = {(mail.key, mail.to): mail for mail in mails if (mail.key, mail.to) not in written}
    if new:
        send.enqueue([mail.pk for mail in Mail.objects.bulk_create(new.values())])
    return len(new)


def _tidy(text):
    """Without the empty lines that the tags of a template leave: at most one in a row, none at the ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept) + "\n"
