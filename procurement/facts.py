"""What is true of a joint procurement whoever states it: shared by the survey and the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .definitions.choices import Environment, IntroductionBasis, Specification
from .fields import AddressField, AnswerField, CodeField, MonthField, clean_missing

NAME_LENGTH = 200
TEXT_LENGTH = 4000


class ProcurementFacts(models.Model):
    """The facts of definitions 2-1 and 4-1 to 4-4 and the texts; never a yen amount.

    Presence is not asked here: a draft may lack any of them. `None` or "" means no data.
    """

    system_type = models.ForeignKey(
        "procurement.SystemType",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_set",
        verbose_name=_("システムの種類"),
    )
    name = models.CharField(_("案件名"), max_length=NAME_LENGTH, blank=True)
    introduced_on = MonthField(_("導入年月"), null=True, blank=True)
    introduction_basis = CodeField(_("導入年月の根拠"), choices=IntroductionBasis)
    environment = CodeField(_("システム構築環境"), choices=Environment)
    prefecture_bears_cost = AnswerField(_("都道府県の費用負担"))
    subsidy_used = AnswerField(_("補助金の活用"))
    subsidy_name = models.CharField(_("補助金の名称"), max_length=NAME_LENGTH, blank=True)
    background = models.TextField(_("調達の経緯"), max_length=TEXT_LENGTH, blank=True)
    process = models.TextField(_("調達のプロセス"), max_length=TEXT_LENGTH, blank=True)
    specification = CodeField(_("仕様書の提供"), choices=Specification)
    specification_address = AddressField(_("仕様書の掲載先"), max_length=500, blank=True)
    specification_condition = models.CharField(_("仕様書提供の条件"), max_length=NAME_LENGTH, blank=True)
    contact_department = models.CharField(_("担当部署"), max_length=NAME_LENGTH, blank=True)
    benefits = models.TextField(_("効果"), max_length=TEXT_LENGTH, blank=True)
    challenges = models.TextField(_("課題"), max_length=TEXT_LENGTH, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(introduced_on__isnull=True) | models.Q(introduced_on__day=1),
                name="%(class)s_introduction_is_a_month",
                violation_error_message=_("導入年月は年と月で表します。"),
            ),
        ]

    def facts(self):
        """The facts by field name, as the constructor of another carrier of facts takes them."""
        return {name: getattr(self, name) for name in FACTS}

    def clean_fields(self, exclude=None):
        clean_missing(self, FACTS)
        super().clean_fields(exclude=exclude)


FACTS = tuple(field.name for field in ProcurementFacts._meta.local_fields)
