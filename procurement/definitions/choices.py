"""The code lists of a joint procurement; codes are part of the addresses and files others rely on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .missing import is_missing, normalised

_YES_NO_WORDS = {
    **dict.fromkeys(("有", "有り", "あり", "はい", "○", "〇", "yes", "true", "1"), True),
    **dict.fromkeys(("無", "無し", "なし", "いいえ", "×", "no", "false", "0"), False),
    None: None,
}


class Domain(TextChoices):
    GENERAL_AFFAIRS = "general_affairs", _("総務部門")
    LINE_DEPARTMENTS = "line_departments", _("事業部門")
    TOOLS = "tools", _("ツール")


class Environment(TextChoices):
    SAAS = "saas", _("SaaS・LGWAN-ASP")
    PRIVATE_CLOUD = "private_cloud", _("データセンター・プライベートクラウド")
    ON_PREMISES = "on_premises", _("庁内設置（オンプレミス）")
    OTHER = "other", _("その他")


class Specification(TextChoices):
    AVAILABLE = "available", _("可")
    NEGOTIABLE = "negotiable", _("要相談")
    UNAVAILABLE = "unavailable", _("不可")


class IntroductionBasis(TextChoices):
    INTRODUCED = "introduced", _("導入実績")
    DELIVERY_DEADLINE = "delivery_deadline", _("納入期限")


class YesNo(TextChoices):
    """How a yes-or-no fact (definitions 4-2 and 4-3) is written in addresses and files."""

    YES = "yes", _("有")
    NO = "no", _("無")

    @classmethod
    def code_for(cls, value):
        """`True` → "yes", `False` → "no", `None` (no data) → `None`."""
        return None if value is None else (cls.YES if value else cls.NO).value

    @classmethod
    def value_for(cls, answer):
        """What a person answered: 有, あり, はい, ○, yes → `True`; 無, なし, いいえ, × → `False`.

        No data → `None`; ValueError for anything else.
        """
        word = None if is_missing(answer) else normalised(answer)
        if word not in _YES_NO_WORDS:
            raise ValueError(answer)
        return _YES_NO_WORDS[word]


class Kind(TextChoices):
    PREFECTURE = "prefecture", _("都道府県")
    DESIGNATED_CITY = "designated_city", _("政令指定都市")
    CITY = "city", _("市")
    SPECIAL_WARD = "special_ward", _("特別区")
    TOWN = "town", _("町")
    VILLAGE = "village", _("村")
    PARTIAL_AFFAIRS_ASSOCIATION = "partial_affairs_association", _("一部事務組合")
    WIDE_AREA_UNION = "wide_area_union", _("広域連合")
    OTHER = "other", _("その他の団体")


MUNICIPALITY_KINDS = frozenset({Kind.DESIGNATED_CITY, Kind.CITY, Kind.SPECIAL_WARD, Kind.TOWN, Kind.VILLAGE})
"""市区町村: what definition 3-1 counts. Prefectures, associations and other bodies are not in it."""

STAFF_KINDS = MUNICIPALITY_KINDS | {Kind.PREFECTURE}
"""Whose employees definition 3-3 adds up: prefectures and municipalities, not associations."""
