"""The 47 prefectures as a tile-grid map and as a geographic map, drawn on the server."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .addresses import address_of
from .definitions.prefectures import PREFECTURES, Prefecture
from .shading import Shading, shading_for

MAP_FILE = Path(__file__).parent / "static" / "vendor" / "japan-map" / "japan.json"
_SUFFIXES = ("県", "府", "都")


@dataclass(frozen=True)
class Area:
    """A prefecture on a map; `value` is `None` where it has not answered."""

    prefecture: Prefecture
    value: int | None
    level: int | str
    url: str
    path: str

    @property
    def short_name(self):
        return short_name_of(self.prefecture)

    @property
    def tile_x(self):
        return (self.prefecture.tile_column - 1) * 10

    @property
    def tile_y(self):
        return (self.prefecture.tile_row - 1) * 10


@dataclass(frozen=True)
class PrefectureMap:
    """Areas in code order with the shading that explains their colours."""

    areas: tuple[Area, ...]
    shading: Shading
    view_box: str

    @property
    def has_unanswered(self):
        return any(area.value is None for area in self.areas)


def short_name_of(prefecture):
    """What fits on a tile: 神奈川 rather than 神奈川県; 北海道 stays."""
    name = str(prefecture)
    return name[:-1] if name.endswith(_SUFFIXES) and len(name) > 2 else name


def map_of(counts, *, edition=""):
    """The map of a count per prefecture code; a code that is missing or `None` has not answered."""
    shading = shading_for(counts.values())
    outline = _outline()
    areas = tuple(
        Area(
            prefecture,
            counts.get(prefecture.code),
            shading.level(counts.get(prefecture.code)),
            address_of("prefecture", prefecture.code, edition=edition),
            outline["paths"].get(prefecture.map_id, ""),
        )
        for prefecture in PREFECTURES
    )
    return PrefectureMap(areas, shading, outline["view_box"])


@cache
def _outline():
    """The shapes of the prefectures by map id (@svg-maps/japan, CC BY 4.0); none before they are installed."""
    if not MAP_FILE.exists():
        return {"view_box": "0 0 438 516", "paths": {}}
    drawn = json.loads(MAP_FILE.read_text(encoding="utf-8"))
    return {
        "view_box": drawn["viewBox"],
        "paths": {place["id"]: place["path"] for place in drawn["locations"]},
    }
