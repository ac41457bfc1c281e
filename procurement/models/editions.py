"""What is published: editions, their cases and who takes part. It is written once and read ever after."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..definitions.choices import MUNICIPALITY_KINDS, Domain, Kind
from ..definitions.costs import COSTS
from ..definitions.prefectures import PREFECTURE_CHOICES, PREFECTURES_BY_CODE
from ..definitions.sizes import DEFAULT_STATISTICS_YEAR
from ..facts import NAME_LENGTH, ProcurementFacts
from ..figures import SizeLabels
from ..words import in_active_language
from .reference import LocalGovernment


class ImmutableError(Exception):
    """Someone tried to change what has been published; a correction is a new revision."""


class PublishedQuerySet(models.QuerySet):
    """Rows of an edition: they are created once and read ever after."""

    def update(self, **kwargs):
        raise ImmutableError(f"{self.model.__name__} rows are published and cannot be changed.")

    def delete(self):
        raise ImmutableError(f"{self.model.__name__} rows are published and cannot be deleted.")


class Published(models.Model):
    """A row that belongs to an edition and therefore never changes."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ImmutableError(f"{self!r} is published and cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ImmutableError(f"{self!r} is published and cannot be deleted.")


class EditionQuerySet(PublishedQuerySet):
    def newest(self):
        """The edition a visitor sees who asks for none, or `None` before the first publication."""
        return self.standing().order_by("-fiscal_year", "-revision").first()

    def standing(self):
        """Editions that were not withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def with_notice(self):
        """Each with its withdrawal, if there is one, without a query of its own."""
        return self.select_related("withdrawal")

    def before(self, edition):
        """The newest of these that is older than an edition, or `None`."""
        earlier_year = Q(fiscal_year__lt=edition.fiscal_year)
        same_year = Q(fiscal_year=edition.fiscal_year, revision__lt=edition.revision)
        return self.filter(earlier_year | same_year).order_by("-fiscal_year", "-revision").first()

    def answered_by(self, prefecture_code):
        """Editions that know of a prefecture: not those in which it had not answered."""
        listed = Cast("unanswered_prefectures", models.TextField())
        return self.annotate(unanswered=listed).exclude(unanswered__contains=f'"{prefecture_code}"')

    def named(self, name):
        """The edition called `2025.1`; `Edition.DoesNotExist` if there is none."""
        fiscal_year, _dot, revision = name.partition(".")
        if not (fiscal_year.isdecimal() and revision.isdecimal() and len(name) < 12):
            raise self.model.DoesNotExist(name)
        return self.get(fiscal_year=int(fiscal_year), revision=int(revision))


class Edition(Published):
    """One publication of a fiscal year's answers; a correction is a new revision beside the old one."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    revision = models.PositiveSmallIntegerField(_("改訂番号"))
    statistics_year = models.PositiveSmallIntegerField(_("統計年"), default=DEFAULT_STATISTICS_YEAR)
    as_of = models.DateField(_("いつ時点の数値か"))
    published_at = models.DateTimeField(_("データの更新日"))
    release_note = models.TextField(_("更新内容"))
    unanswered_prefectures = models.JSONField(_("未回答の都道府県"), default=list, blank=True)
    not_asked = models.JSONField(_("この年に尋ねなかった項目"), default=list, blank=True)
    checksum = models.CharField(_("検査値（SHA-256）"), max_length=64)
    is_sample = models.BooleanField(_("サンプルデータ"), default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("edition", "版")
        verbose_name_plural = pgettext_lazy("plural", "版")
        ordering = ["-fiscal_year", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "revision"],
                name="a_revision_of_a_year_exists_once",
                violation_error_message=_("この年度のこの改訂は、すでに公表されています。"),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def not_asked_labels(self):
        """The facts about which the survey of the year did not ask, as people read them."""
        return [JointProcurement._meta.get_field(name).verbose_name for name in self.not_asked]

    @property
    def name(self):
        """How addresses and files call it: `2025.1`."""
        return f"{self.fiscal_year}.{self.revision}"

    @property
    def is_standing(self):
        """Whether it was not withdrawn; ask editions `with_notice`, in a row."""
        return not hasattr(self, "withdrawal")


class Manifest(Published):
    """What an edition's files held when it was published: name, SHA-256 and rows of each, and the program's version.

    `content` is {"edition", "program", "files": [{"name", "sha256", "rows"}, …]}.
    """

    edition = models.OneToOneField(
        Edition,
        on_delete=models.PROTECT,
        related_name="manifest",
        verbose_name=pgettext_lazy("edition", "版"),
    )
    content = models.JSONField(_("内容"))

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("目録")
        verbose_name_plural = pgettext_lazy("plural", "目録")

    def __str__(self):
        return str(self.edition)


class Withdrawal(Published):
    """The notice that stands where a withdrawn edition was; the edition itself stays in the register."""

    edition = models.OneToOneField(
        Edition,
        on_delete=models.PROTECT,
        related_name="withdrawal",
        verbose_name=pgettext_lazy("edition", "版"),
    )
    notice = models.TextField(_("取下げのお知らせ"))
    at = models.DateTimeField(_("取り下げた日時"))
    by_name = models.CharField(_("取り下げた人"), max_length=200, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("版の取下げ")
        verbose_name_plural = pgettext_lazy("plural", "版の取下げ")

    def __str__(self):
        return str(self.edition)


class JointProcurementQuerySet(PublishedQuerySet):
    def in_edition(self, edition):
        return self.filter(edition=edition)


def _null_or_bracket(name):
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": list(COSTS.by_code)})


class JointProcurement(SizeLabels, ProcurementFacts, Published):
    """A published case. `population` and `staff` are floored; costs are brackets, never amounts."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cases", verbose_name=_("版"))
    case_id = models.CharField(_("事例番号"), max_length=10)
    prefecture_code = models.CharField(_("都道府県"), max_length=2, choices=PREFECTURE_CHOICES)
    domain = models.CharField(_("領域"), max_length=30, choices=Domain)
    system_type_slug = models.CharField(max_length=60)
    system_type_name = models.CharField(max_length=60)
    system_type_name_en = models.CharField(max_length=60, blank=True)
    participants = models.ManyToManyField(
        LocalGovernment,
        through="Participation",
        related_name="joint_procurements",
        verbose_name=_("参加団体"),
    )
    participant_count = models.PositiveIntegerField(_("参加自治体数"))
    population = models.PositiveIntegerField(_("人口規模（人）"), null=True)
    population_is_complete = models.BooleanField(default=True)
    staff = models.PositiveIntegerField(_("職員規模（人）"), null=True)
    staff_is_complete = models.BooleanField(default=True)
    initial_cost_bracket = models.CharField(_("初期費用規模"), max_length=20, null=True)  # noqa: DJ001
    annual_operating_cost_bracket = models.CharField(_("年間運用費用規模"), max_length=20, null=True)  # noqa: DJ001
    footnotes = models.JSONField(_("注記"), default=list, blank=True)

    objects = JointProcurementQuerySet.as_manager()

    class Meta(ProcurementFacts.Meta):
        abstract = False
        verbose_name = _("事例")
        verbose_name_plural = pgettext_lazy("plural", "事例")
        ordering = ["case_id"]
        indexes = [
            models.Index(fields=["edition", "prefecture_code"]),
            models.Index(fields=["edition", "system_type_slug"]),
        ]
        constraints = [
            *ProcurementFacts.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "case_id"], name="a_case_appears_once_in_an_edition"),
            models.CheckConstraint(
                condition=Q(system_type__isnull=False), name="a_published_case_has_a_system_type"
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population=models.F("population") / 10_000 * 10_000),
                name="a_published_population_is_floored",
            ),
            models.CheckConstraint(
                condition=Q(staff__isnull=True) | Q(staff=models.F("staff") / 100 * 100),
                name="a_published_staff_number_is_floored",
            ),
            models.CheckConstraint(
                condition=_null_or_bracket("initial_cost_bracket"), name="an_initial_cost_is_a_bracket"
            ),
            models.CheckConstraint(
                condition=_null_or_bracket("annual_operating_cost_bracket"),
                name="an_annual_operating_cost_is_a_bracket",
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.name}"

    @property
    def prefecture(self):
        return PREFECTURES_BY_CODE[self.prefecture_code]

    @property
    def system_type_label(self):
        return in_active_language(self.system_type_name, self.system_type_name_en)

    @property
    def initial_cost(self):
        """The bracket of the initial cost, or `None`; there is no amount."""
        return COSTS.by_code.get(self.initial_cost_bracket)

    @property
    def annual_operating_cost(self):
        """The bracket of the annual operating cost, or `None`; there is no amount."""
        return COSTS.by_code.get(self.annual_operating_cost_bracket)


class Participation(Published):
    """A body's part in a published case: name, kind and residents of the statistics year as published."""

    joint_procurement = models.ForeignKey(
        JointProcurement, on_delete=models.PROTECT, related_name="participations"
    )
    local_government = models.ForeignKey(
        LocalGovernment, on_delete=models.PROTECT, related_name="participations"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    prefecture_code = models.CharField(max_length=2, choices=PREFECTURE_CHOICES)
    name = models.CharField(max_length=NAME_LENGTH)
    name_en = models.CharField(max_length=NAME_LENGTH, blank=True)
    residents = models.PositiveIntegerField(null=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        ordering = ["local_government_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["joint_procurement", "local_government"], name="a_body_takes_part_once_in_a_case"
            ),
        ]

    def __str__(self):
        return self.display_name

    @classmethod
    def of(cls, body):
        """The part of a body annotated with its figures; the case is yet to be given."""
        return cls(
            local_government_id=body.code,
            kind=body.kind,
            prefecture_code=body.prefecture_code,
            name=body.name,
            name_en=body.romaji,
            residents=body.residents,
        )

    @property
    def display_name(self):
        return in_active_language(self.name, self.name_en)

    @property
    def is_municipality(self):
        return self.kind in MUNICIPALITY_KINDS
