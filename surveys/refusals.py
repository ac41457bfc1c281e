"""Why a move or an edit is not made: each refusal says what to do, and carries what it is about."""

from django.utils.translation import gettext as _

from procurement.words import joined


class Refused(Exception):
    """A move or an edit that cannot be made now; the message says why and what to do."""


class NotComplete(Refused):
    """A submission with errors; `findings` lists them."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(
            _("提出できません。直すところが%(count)s件あります：%(first)s")
            % {"count": len(findings), "first": findings[0].message}
        )


class Unanswered(Refused):
    """A returned submission whose reasons are not all answered; `remarks` are those that are not."""

    def __init__(self, remarks):
        self.remarks = remarks
        super().__init__(
            _(
                "提出できません。差戻しの理由のうち%(count)s件に、まだ対応していません（%(places)s）。"
                "調査の画面で、それぞれに「修正しました」か「説明します」と答えてください。"
            )
            % {"count": len(remarks), "places": joined(remark.place for remark in remarks)}
        )


class NotClosed(Refused):
    """An answer about which something is still to be settled; `remarks` are what is open."""

    def __init__(self, remarks):
        self.remarks = remarks
        super().__init__(
            _(
                "承認できません。完了していない質問や差戻しの理由が%(count)s件あります（%(places)s）。"
                "それぞれを完了にしてから、承認してください。"
            )
            % {"count": len(remarks), "places": joined(remark.place for remark in remarks)}
        )
