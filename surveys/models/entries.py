"""One case in an answer, with what only the secretariat sees."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procurement.definitions.text import Text
from procurement.facts import NAME_LENGTH, TEXT_LENGTH, ProcurementFacts
from procurement.fields import AnswerField, clean_missing
from procurement.models import JointProcurement, LocalGovernment

from ..fields import YenField
from .answers import Submission
from .people import User

ENTRY_ONLY = (
    "number",
    "case_id",
    "system_type_proposal",
    "summary",
    "single_specification",
    "single_operator",
    "operator",
    "initial_cost",
    "annual_operating_cost",
)
"""Fields of an entry that are not facts of the register: never copied to a published record."""


COPY_MARK = Text("（コピー）", " (copy)")
"""What the name of a copied entry ends with until someone gives it its own."""


class EntryQuerySet(models.QuerySet):
    def in_number_order(self):
        """1, 2, 10: as a person counts."""
        return self.order_by(Length("number"), "number")

    def visible_to(self, user):
        return self.filter(submission__in=Submission.objects.visible_to(user))


class Entry(ProcurementFacts):
    """One case in a submission, with what only the secretariat sees: exact amounts, operator, statements."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="entries", verbose_name=_("回答")
    )
    number = models.CharField(
        _("整理番号"),
        max_length=20,
        validators=[
            RegexValidator(
                r"^[0-9A-Za-z_-]+$", message=_("整理番号は半角の英数字で書いてください（例：1）。")
            )
        ],
    )
    case_id = models.CharField(
        _("事例番号"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(
                r"^[0-9]{2}-[0-9]{3,}$",
                message=_("事例番号は「27-003」の形です。新しい事例では空欄にします。"),
            )
        ],
    )
    summary = models.TextField(_("概要"), max_length=TEXT_LENGTH, blank=True)
    single_specification = AnswerField(_("単一の仕様書"))
    single_operator = AnswerField(_("単一の事業者"))
    operator = models.CharField(_("受託事業者"), max_length=NAME_LENGTH, blank=True)
    initial_cost = YenField(_("初期費用（円）"))
    annual_operating_cost = YenField(_("年間運用費用（円）"))
    participants = models.ManyToManyField(
        LocalGovernment, blank=True, related_name="entries", verbose_name=_("参加団体")
    )
    carried_from = models.ForeignKey(
        JointProcurement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("引き継いだ事例"),
    )
    carried_fields = models.JSONField(
        _("まだ確認していない引き継ぎ"), default=list, blank=True, editable=False
    )
    system_type_proposal = models.CharField(_("一覧にないシステムの種類"), max_length=60, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("統合先の件"),
    )
    token = models.CharField(max_length=36, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("作成"), auto_now_add=True)
    updated_at = models.DateTimeField(_("最終更新"), auto_now=True)

    kept = ()
    """After a save: fields in which somebody else's newer value was left standing."""

    objects = EntryQuerySet.as_manager()

    class Meta(ProcurementFacts.Meta):
        abstract = False
        verbose_name = _("回答の1件")
        verbose_name_plural = pgettext_lazy("plural", "回答の1件")
        ordering = ["submission", "id"]
        default_permissions = ("add", "change", "delete", "view", "import", "export")
        constraints = [
            *ProcurementFacts.Meta.constraints,
            models.UniqueConstraint(
                fields=["submission", "number"],
                name="a_number_stands_once_in_a_submission",
                violation_error_message=_("この整理番号は、この回答の中ですでに使われています。"),
            ),
            models.UniqueConstraint(
                fields=["submission", "case_id"],
                condition=~Q(case_id=""),
                name="a_case_stands_once_in_a_submission",
                violation_error_message=_("この事例番号は、この回答の中ですでに使われています。"),
            ),
            models.UniqueConstraint(
                fields=["submission", "token"],
                condition=~Q(token=""),
                name="a_page_of_a_new_entry_makes_one_entry",
            ),
            models.CheckConstraint(
                condition=(Q(initial_cost__isnull=True) | Q(initial_cost__gte=0))
                & (Q(annual_operating_cost__isnull=True) | Q(annual_operating_cost__gte=0)),
                name="an_amount_is_not_negative",
                violation_error_message=_("金額は0円以上で書いてください。"),
            ),
        ]

    def __str__(self):
        return self.name or _("（案件名なし）%(number)s") % {"number": self.number}

    def clean_fields(self, exclude=None):
        clean_missing(self, ENTRY_ONLY)
        super().clean_fields(exclude=exclude)

    def clean(self):
        super().clean()
        prefecture_code = self.submission.prefecture_code
        if self.case_id and not self.case_id.startswith(f"{prefecture_code}-"):
            message = _("事例番号は自分の都道府県のコード（%(code)s）で始まります。")
            raise ValidationError({"case_id": ValidationError(message, params={"code": prefecture_code})})
