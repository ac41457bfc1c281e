"""A file that a prefecture sent, from its arrival to what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..fields import PackedJSONField
from .answers import Submission
from .people import User


class UploadState(models.TextChoices):
    WAITING = "waiting", _("読み取り待ち")
    READING = "reading", _("読み取り中")
    READ = "read", _("読み取り済み（まだ取り込んでいません）")
    REFUSED = "refused", _("読み取れませんでした")
    TAKING = "taking", _("取り込み中")
    TAKEN = "taken", _("取り込みました")
    DISCARDED = "discarded", _("取り込まずに終えました")


WORK = frozenset({UploadState.WAITING, UploadState.READING, UploadState.TAKING})
"""States in which the program has something to do before a person has."""


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(submission__in=Submission.objects.visible_to(user))

    def listed(self):
        """Without what only the page of one upload shows."""
        return self.defer("content", "result", "choice")


class UploadManager(models.Manager.from_queryset(UploadQuerySet)):
    """The content, up to 25 MB, is fetched only where it is read."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class Upload(models.Model):
    """A workbook or CSV file of answers; nothing of it is an answer before it is taken in.

    The file lies in the database, so that one backup holds everything and a lost disk of one machine
    loses nothing. `result` is what the page of the upload shows (see `surveys.upload_results`), `choice` how a
    person wants it taken in, `attempts` how often the work that its state names was begun.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="uploads", verbose_name=_("回答")
    )
    name = models.CharField(_("ファイル名"), max_length=255)
    content = models.BinaryField()
    state = models.CharField(_("状態"), max_length=10, choices=UploadState, default=UploadState.WAITING)
    rows_read = models.PositiveIntegerField(_("読んだ行"), default=0)
    rows_total = models.PositiveIntegerField(_("行数"), default=0)
    result = PackedJSONField(default=dict)
    choice = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(_("読み取れなかった理由"), blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("送った人"), max_length=200, blank=True)
    language = models.CharField(max_length=5, default="ja")
    at = models.DateTimeField(_("日時"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    objects = UploadManager()

    class Meta:
        verbose_name = _("ファイル")
        verbose_name_plural = pgettext_lazy("plural", "ファイル")
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.name

    @property
    def is_being_worked_on(self):
        return self.state in WORK
