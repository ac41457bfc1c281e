"""What is said about a field: by the secretariat when it hands an answer back, and among colleagues."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .answers import Submission
from .entries import Entry
from .events import Event
from .people import User

REMARK_LENGTH = 4000


class Response(models.TextChoices):
    """How a prefecture answers a remark."""

    CORRECTED = "corrected", _("修正しました")
    EXPLAINED = "explained", _("説明します")


class Remark(models.Model):
    """What the secretariat asks of a prefecture about a field, an entry, or the whole answer: a reason of a return
    or, where `returned` is null, a question while the answer is handed in. It is open until it is closed.

    It outlives its entry, so it keeps the name; `field` is "" where it is about all of the entry or answer.
    `before` is what it is about as it was handed back: {field: words in Japanese}.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("回答")
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="remarks", verbose_name=_("件")
    )
    entry_name = models.CharField(_("対象"), max_length=300, blank=True)
    returned = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="remarks",
        verbose_name=pgettext_lazy("verb", "差戻し"),
    )
    field = models.CharField(_("項目"), max_length=40, blank=True)
    text = models.TextField(_("差戻しの理由"), max_length=REMARK_LENGTH)
    before = models.JSONField(_("差戻しのときの内容"), default=dict, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("書いた人"), max_length=200, blank=True)
    at = models.DateTimeField(_("日時"), auto_now_add=True)
    response = models.CharField(_("対応"), max_length=10, choices=Response, blank=True)
    response_text = models.TextField(_("説明"), max_length=REMARK_LENGTH, blank=True)
    responded_by_name = models.CharField(_("対応した人"), max_length=200, blank=True)
    responded_at = models.DateTimeField(_("対応した日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("完了した日時"), null=True, blank=True)
    closed_by_name = models.CharField(_("完了した人"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("差戻しの理由")
        verbose_name_plural = pgettext_lazy("plural", "差戻しの理由")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(response=Response.EXPLAINED) | ~Q(response_text=""),
                name="an_explanation_has_a_text",
                violation_error_message=_("「説明します」のときは、説明を書いてください。"),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_answered(self):
        return bool(self.response)

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def is_question(self):
        return self.returned_id is None

    @property
    def seen(self):
        """A mark of the answer as somebody saw it: two who answer at once do not undo each other."""
        return self.responded_at.isoformat() if self.responded_at else ""

    @property
    def field_label(self):
        return str(Entry._meta.get_field(self.field).verbose_name) if self.field else ""

    @property
    def place_within(self):
        """The place without the name of its case."""
        return self.field_label or str(_("この件全体") if self.entry_name else _("回答全体"))

    @property
    def place(self):
        """What it is about, in words: 回答全体; a case; a case and its field."""
        if not self.entry_name:
            return str(_("回答全体"))
        return _("%(entry)s：%(field)s") % {
            "entry": self.entry_name,
            "field": self.field_label or _("この件全体"),
        }


class RemarkTemplate(models.Model):
    """Words for a reason that is often given, to begin from."""

    title = models.CharField(_("見出し"), max_length=60, unique=True)
    field = models.CharField(_("項目"), max_length=40, blank=True)
    text = models.TextField(_("文例"), max_length=REMARK_LENGTH)
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)

    class Meta:
        verbose_name = _("理由の文例")
        verbose_name_plural = pgettext_lazy("plural", "理由の文例")
        ordering = ["order", "title"]
        default_permissions = ("add", "change", "delete", "view", "import", "export")

    def __str__(self):
        return self.title


class Note(models.Model):
    """A word to a colleague on a field; the secretariat does not read it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="notes", verbose_name=_("件"))
    field = models.CharField(_("項目"), max_length=40)
    text = models.TextField(_("メモ"), max_length=REMARK_LENGTH)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("書いた人"), max_length=200, blank=True)
    at = models.DateTimeField(_("日時"), auto_now_add=True)
    done_at = models.DateTimeField(_("済みにした日時"), null=True, blank=True)
    done_by_name = models.CharField(_("済みにした人"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("メモ")
        verbose_name_plural = pgettext_lazy("plural", "メモ")
        ordering = ["id"]

    def __str__(self):
        """Without its text: the admin prints what hangs on a row that is to be deleted."""
        return f"{self._meta.verbose_name} {self.pk}"
