"""What happened to an answer or to who may work on it; it outlives its subject."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .answers import State, Submission
from .entries import Entry
from .people import User


class Verb(models.TextChoices):
    """What an event tells of: the moves of `surveys.workflow`, the edits of `surveys.editing`."""

    OPEN = "open", _("開始")
    SUBMIT = "submit", _("提出")
    RETURN_FOR_CORRECTION = "return_for_correction", pgettext_lazy("verb", "差戻し")
    REMARK = "remark", _("差戻しの理由")
    APPROVE = "approve", _("承認")
    REOPEN = "reopen", _("再開")
    PUBLISH = "publish", _("公表")
    CREATE = "create", _("追加")
    UPDATE = "update", _("変更")
    DELETE = "delete", _("削除")
    COPY = "copy", _("コピー")
    CARRY = "carry", _("引き継ぎ")
    CONFIRM = "confirm", pgettext_lazy("verb", "確認")
    RESPOND = "respond", _("差戻しへの対応")
    TAKE_IN = "take_in", _("ファイルの取り込み")
    EXTEND = "extend", _("期限の延長")
    REMIND = "remind", _("催促")
    TAKE_OVER = "take_over", _("事務局による代理の回答")
    ASK = "ask", _("質問")
    CLOSE = "close", _("質問の完了")
    APPROVE_FIRST = "approve_first", _("1人目の承認")
    MERGE = "merge", _("他の都道府県の件との統合")
    MARK_DISTINCT = "mark_distinct", _("別の件であることの記録")
    MAP_SYSTEM_TYPE = "map_system_type", _("システムの種類の割り当て")
    PLAN = "plan", _("公表の予約")
    CANCEL_PLAN = "cancel_plan", _("公表の予約の取消し")
    WITHDRAW_EDITION = "withdraw_edition", _("版の取下げ")
    NIL_RETURN = "nil_return", _("「実施なし」の設定")
    WITHDRAW_NIL_RETURN = "withdraw_nil_return", _("「実施なし」の取消し")
    INVITE = "invite", pgettext_lazy("verb", "利用者の招待")
    REVOKE_INVITATION = "revoke_invitation", _("招待の取消し")
    ACCEPT_INVITATION = "accept_invitation", _("招待された人の登録")
    DEACTIVATE = "deactivate", _("利用の停止")
    REACTIVATE = "reactivate", _("利用の再開")
    RESET_SECOND_FACTOR = "reset_second_factor", _("2要素認証のリセット")


class Event(models.Model):
    """What happened to a submission, by whom and why. It outlives its subject, so it keeps their names."""

    submission = models.ForeignKey(
        Submission, on_delete=models.SET_NULL, null=True, related_name="events", verbose_name=_("回答")
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("件")
    )
    subject = models.CharField(_("対象"), max_length=300)
    verb = models.CharField(_("操作"), max_length=30, choices=Verb)
    from_state = models.CharField(_("前の状態"), max_length=10, choices=State, blank=True)
    to_state = models.CharField(_("後の状態"), max_length=10, choices=State, blank=True)
    by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("利用者"),
    )
    by_name = models.CharField(_("操作した人"), max_length=200, blank=True)
    at = models.DateTimeField(_("日時"), auto_now_add=True)
    comment = models.TextField(_("理由・コメント"), blank=True)
    on_behalf = models.BooleanField(_("事務局による代理"), default=False)
    changes = models.JSONField(_("変更の前と後"), default=dict, blank=True)

    class Meta:
        verbose_name = _("履歴")
        verbose_name_plural = pgettext_lazy("plural", "履歴")
        ordering = ["-at", "-id"]
        default_permissions = ("add", "change", "delete", "view", "export")

    def __str__(self):
        return f"{self.subject} {self.verb}"
