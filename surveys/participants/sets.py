"""Many bodies at once: by kind, of one's own prefecture, of another, or of a whole region."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procurement.definitions.choices import MUNICIPALITY_KINDS, Kind
from procurement.definitions.prefectures import PREFECTURES, REGIONS
from procurement.models import LocalGovernment

SETS = {
    "municipalities": (_("すべての市区町村"), MUNICIPALITY_KINDS),
    "cities": (_("市だけ（政令指定都市を含む）"), {Kind.DESIGNATED_CITY, Kind.CITY}),
    "towns": (_("町村だけ"), {Kind.TOWN, Kind.VILLAGE}),
    "wards": (_("特別区"), {Kind.SPECIAL_WARD}),
    "associations": (_("一部事務組合・広域連合"), {Kind.PARTIAL_AFFAIRS_ASSOCIATION, Kind.WIDE_AREA_UNION}),
    "prefectures": (_("都道府県"), {Kind.PREFECTURE}),
}


@dataclass(frozen=True)
class Area:
    """Where: a prefecture or a region; `value` stands in the form."""

    value: str
    label: str
    codes: tuple


def areas(own):
    """(region, its areas), the own prefecture first and alone, then its region."""
    mine = next(prefecture for prefecture in PREFECTURES if prefecture.code == own)
    regions = sorted(REGIONS, key=lambda region: region != mine.region)
    return [("", [_area(mine)]), *((str(REGIONS[region]), _areas_of(region, own)) for region in regions)]


def bodies_of(area_value, set_value, *, own):
    """The bodies that exist today; none for what is not on the list."""
    by_value = {area.value: area for _region, found in areas(own) for area in found}
    if area_value not in by_value or set_value not in SETS:
        return LocalGovernment.objects.none()
    existing = LocalGovernment.objects.existing_on(timezone.localdate())
    codes, kinds = by_value[area_value].codes, SETS[set_value][1]
    return existing.filter(prefecture_code__in=codes, kind__in=kinds).order_by("code")


def _areas_of(region, own):
    members = [prefecture for prefecture in PREFECTURES if prefecture.region == region]
    label = _("%(region)sのすべて") % {"region": REGIONS[region]}
    whole = Area(region, str(label), tuple(one.code for one in members))
    others = [_area(prefecture) for prefecture in members if prefecture.code != own]
    return [whole, *others] if len(members) > 1 else others


def _area(prefecture):
    return Area(prefecture.code, str(prefecture), (prefecture.code,))
