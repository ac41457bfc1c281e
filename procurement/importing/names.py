"""Names of bodies differ between official files in glyphs and spaces; here they become one spelling."""

import re

from .sheets import plain

# Each line is one character in its spellings; the first stands for all.
VARIANTS = (
    "ケヶヵがガ",
    "のノ",
    "梼檮",
    "恵惠",
    "沢澤",
    "高髙",
    "崎﨑嵜",
    "竜龍",
    "辺邊邉",
    "斎齋斉齊",
    "塩鹽",
    "国國",
    "富冨",
    "栄榮",
    "島嶋嶌",
    "曽曾",
    "桧檜",
    "鯵鰺",
    "芦蘆",
    "薮藪",
    "麹麴",
    "竈竃釜",
    "渕淵",
    "館舘",
    "条條",
    "瀬瀨",
    "頸頚",
    "籠篭",
    "広廣",
    "浜濱",
    "豊豐",
    "真眞",
)
_SPELLING = str.maketrans({other: group[0] for group in VARIANTS for other in group[1:]})
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DISTRICT = re.compile(r"^.+?郡(?=.+[町村]$)")


def name_key(name):
    """One spelling of a name: "檮　原 町" and "梼原町" give the same."""
    return _VARIATION_SELECTORS.sub("", plain(name)).translate(_SPELLING)


def bodies_by_name(bodies):
    """`name_key` → the bodies of that name; more than one where they cannot be told apart."""
    found = {}
    for body in bodies:
        found.setdefault(name_key(body.name), []).append(body)
    return found


def bodies_named(name, by_name):
    """The bodies a printed name may mean; towns are also found behind their 郡 (泉北郡忠岡町)."""
    key = name_key(name)
    return by_name.get(key) or by_name.get(_DISTRICT.sub("", key), [])
