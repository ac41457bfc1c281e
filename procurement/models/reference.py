"""Reference data: the bodies that can take part, their figures, and the types of systems."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..definitions.choices import MUNICIPALITY_KINDS, Domain, Kind
from ..definitions.local_governments import is_code
from ..definitions.others import OTHER
from ..definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES_BY_CODE
from ..facts import NAME_LENGTH
from ..searching import searchable, words_of
from ..words import in_active_language


def validate_code(code):
    """Refuses what is not a 全国地方公共団体コード with a right check digit."""
    if not is_code(code):
        raise ValidationError(
            _("「%(code)s」は団体コードではありません。検査数字を含む6桁で書いてください（例：271004）。"),
            params={"code": code},
        )


def validate_slug_is_free(slug):
    """その他 is a row of the tabulation, not a system type."""
    if slug == OTHER:
        raise ValidationError(_("「other」は集計の「その他」のために使うので、種類の識別子にはできません。"))


class LocalGovernmentQuerySet(models.QuerySet):
    def municipalities(self):
        """市区町村 (definition 3-1)."""
        return self.filter(kind__in=MUNICIPALITY_KINDS)

    def in_prefecture(self, code):
        return self.filter(prefecture_code=code)

    def existing_on(self, day):
        """Bodies that were not abolished by that day."""
        return self.filter(Q(abolished_on__isnull=True) | Q(abolished_on__gt=day))

    def matching(self, query):
        """Bodies whose name, kana, romaji or code contains every word of the query."""
        return self.filter(*(Q(search__contains=word) for word in words_of(query)))

    def with_figures(self, year):
        """Annotates `residents` and `employees` of a statistics year; no data is `None`."""
        of_year = LocalGovernmentStatistics.objects.filter(local_government=models.OuterRef("pk"), year=year)
        return self.annotate(
            residents=models.Subquery(of_year.values("population")[:1]),
            employees=models.Subquery(of_year.values("staff")[:1]),
        )


class LocalGovernment(models.Model):
    """A body that can take part: prefecture, municipality, association. Joined on its code, never its name."""

    code = models.CharField(_("団体コード"), max_length=6, primary_key=True, validators=[validate_code])
    kind = models.CharField(_("種別"), max_length=30, choices=Kind)
    prefecture_code = models.CharField(_("都道府県"), max_length=2, choices=PREFECTURE_CHOICES)
    name = models.CharField(_("団体名"), max_length=NAME_LENGTH)
    kana = models.CharField(_("かな"), max_length=NAME_LENGTH, blank=True)
    romaji = models.CharField(_("ローマ字"), max_length=NAME_LENGTH, blank=True)
    established_on = models.DateField(_("設置日"), null=True, blank=True)
    abolished_on = models.DateField(_("廃止日"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("承継団体"),
    )
    search = models.TextField(editable=False, default="")

    objects = LocalGovernmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("団体")
        verbose_name_plural = pgettext_lazy("plural", "団体")
        ordering = ["code"]
        default_permissions = ("add", "change", "delete", "view", "import", "export")
        indexes = [models.Index(fields=["prefecture_code", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__startswith=models.F("prefecture_code")),
                name="a_code_begins_with_its_prefecture",
                violation_error_message=_("団体コードの上2桁は都道府県のコードです。"),
            ),
            models.CheckConstraint(
                condition=Q(established_on__isnull=True)
                | Q(abolished_on__isnull=True)
                | Q(established_on__lt=models.F("abolished_on")),
                name="a_body_is_established_before_it_is_abolished",
                violation_error_message=_("廃止日は設置日より後にしてください。"),
            ),
        ]

    def __str__(self):
        return self.display_name

    def save(self, *args, **kwargs):
        self.search = self.search_text()
        super().save(*args, **kwargs)

    def search_text(self):
        """What `matching` looks into."""
        return searchable(self.name, self.kana, self.romaji, self.code)

    @property
    def display_name(self):
        return in_active_language(self.name, self.romaji)

    @property
    def prefecture(self):
        return PREFECTURES_BY_CODE[self.prefecture_code]

    @property
    def is_municipality(self):
        return self.kind in MUNICIPALITY_KINDS


class LocalGovernmentStatistics(models.Model):
    """Residents (1 January) and employees (1 April) of one body in one statistics year."""

    local_government = models.ForeignKey(
        LocalGovernment, on_delete=models.PROTECT, related_name="statistics", verbose_name=_("団体")
    )
    year = models.PositiveSmallIntegerField(_("年"))
    population = models.PositiveIntegerField(_("人口（人）"), null=True, blank=True)
    population_as_of = models.DateField(_("人口の基準日"), null=True, blank=True)
    population_source = models.CharField(_("人口の出典"), max_length=NAME_LENGTH, blank=True)
    staff = models.PositiveIntegerField(_("職員数（人）"), null=True, blank=True)
    staff_as_of = models.DateField(_("職員数の基準日"), null=True, blank=True)
    staff_source = models.CharField(_("職員数の出典"), max_length=NAME_LENGTH, blank=True)
    is_sample = models.BooleanField(_("サンプルの職員数"), default=False)

    class Meta:
        verbose_name = _("人口・職員数")
        verbose_name_plural = pgettext_lazy("plural", "人口・職員数")
        ordering = ["local_government", "year"]
        default_permissions = ("add", "change", "delete", "view", "import", "export")
        constraints = [
            models.UniqueConstraint(
                fields=["local_government", "year"],
                name="a_body_has_one_row_of_statistics_a_year",
                violation_error_message=_("この団体のこの年の統計は、すでにあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.local_government} {self.year}"


class SystemType(models.Model):
    """What kind of system is procured; the survey offers these, editions keep a copy of the name."""

    slug = models.SlugField(
        _("識別子"), max_length=60, unique=True, validators=[validate_slug_is_free, RegexValidator(r"^[a-z]")]
    )
    name = models.CharField(_("名称"), max_length=60, unique=True)
    name_en = models.CharField(_("英語名"), max_length=60, blank=True)
    domain = models.CharField(_("領域"), max_length=30, choices=Domain)
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)

    class Meta:
        verbose_name = _("システムの種類")
        verbose_name_plural = pgettext_lazy("plural", "システムの種類")
        ordering = ["domain", "order", "slug"]
        default_permissions = ("add", "change", "delete", "view", "import", "export")

    def __str__(self):
        return in_active_language(self.name, self.name_en)


class ChangeKind(models.TextChoices):
    NEW = "new", _("新設")
    RENAMED = "renamed", _("名称の変更")
    ABOLISHED = "abolished", _("廃止")


class ChangeState(models.TextChoices):
    PROPOSED = "proposed", _("確認待ち")
    CONFIRMED = "confirmed", _("登録済み")
    REJECTED = "rejected", _("見送り")


class LocalGovernmentChange(models.Model):
    """What a newer official code list says otherwise; nothing of it holds until it is confirmed.

    `details` is the body as the list has it (name, kana, kind); `effective_on` and `successor` are
    proposed where they can be and completed by whoever confirms.
    """

    kind = models.CharField(_("変更"), max_length=10, choices=ChangeKind)
    code = models.CharField(_("団体コード"), max_length=6, validators=[validate_code])
    name = models.CharField(_("団体名"), max_length=NAME_LENGTH)
    details = models.JSONField(default=dict, blank=True)
    effective_on = models.DateField(_("変更の日"), null=True, blank=True)
    successor_code = models.CharField(_("承継団体のコード"), max_length=6, blank=True)
    source = models.CharField(_("一覧"), max_length=300)
    state = models.CharField(_("状態"), max_length=10, choices=ChangeState, default=ChangeState.PROPOSED)
    proposed_at = models.DateTimeField(_("提案"), auto_now_add=True)
    decided_at = models.DateTimeField(_("判断した日時"), null=True, blank=True)
    decided_by_name = models.CharField(_("判断した人"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("団体の変更")
        verbose_name_plural = pgettext_lazy("plural", "団体の変更")
        ordering = ["-proposed_at", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                condition=Q(state="proposed"),
                name="a_change_of_a_body_is_proposed_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.code} {self.name}"
