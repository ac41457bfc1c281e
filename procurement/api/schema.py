"""How answers and parameters are described in openapi.json; the words come from the field dictionary."""

from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from ..code_lists import CODE_LISTS, in_language
from ..definitions.choices import Kind
from ..downloads import FIELDS_BY_NAME
from ..filters import SORTS, CaseFilters
from ..filters.parameters import LONGEST, CodesField, LocalGovernmentCodesField, NumberField
from ..tabulation import NO_DATA

PARTICIPANT_WORDS = {"code": "団体コード（6桁）", "name": "団体名", "kind": "種別"}


def described(name):
    """A field's label, unit and definition, in Japanese as the whole API is."""
    field = FIELDS_BY_NAME.get(name)
    if field is None:
        return ""
    unit = f"（{in_language(field.unit, 'ja')}）" if field.unit else ""
    definition = f"（定義{field.definition.number}）" if field.definition else ""
    return f"{in_language(field.label, 'ja')}{unit}{definition}"


def text(name, **kwargs):
    return serializers.CharField(help_text=described(name), **kwargs)


def number(name, **kwargs):
    return serializers.IntegerField(help_text=described(name), min_value=0, **kwargs)


def answer(name):
    return serializers.BooleanField(help_text=described(name), allow_null=True)


def code(name, code_list, **kwargs):
    return serializers.ChoiceField(
        choices=list(CODE_LISTS[code_list].labels), help_text=described(name), **kwargs
    )


class ParticipantSerializer(serializers.Serializer):
    code = serializers.RegexField("^[0-9]{6}$", help_text=PARTICIPANT_WORDS["code"])
    name = serializers.CharField(help_text=PARTICIPANT_WORDS["name"])
    kind = serializers.ChoiceField(choices=Kind.values, help_text=PARTICIPANT_WORDS["kind"])


class CaseSerializer(serializers.Serializer):
    """A published case; no data is `null`."""

    case_id = text("case_id")
    edition = text("edition")
    prefecture_code = code("prefecture_code", "prefecture")
    prefecture = text("prefecture")
    name = text("name", allow_null=True)
    system_type = text("system_type")
    system_type_name = text("system_type_name")
    domain = code("domain", "domain")
    participant_count = number("participant_count")
    population = number("population", allow_null=True)
    staff = number("staff", allow_null=True)
    initial_cost_bracket = code("initial_cost_bracket", "cost_bracket", allow_null=True)
    annual_operating_cost_bracket = code("annual_operating_cost_bracket", "cost_bracket", allow_null=True)
    introduced_on = serializers.RegexField(
        "^[0-9]{4}-[0-9]{2}$", help_text=described("introduced_on"), allow_null=True
    )
    introduction_basis = code("introduction_basis", "introduction_basis", allow_null=True)
    environment = code("environment", "environment", allow_null=True)
    prefecture_bears_cost = answer("prefecture_bears_cost")
    subsidy_used = answer("subsidy_used")
    subsidy_name = text("subsidy_name", allow_null=True)
    background = text("background", allow_null=True)
    process = text("process", allow_null=True)
    specification = code("specification", "specification", allow_null=True)
    contact_department = text("contact_department", allow_null=True)
    benefits = text("benefits", allow_null=True)
    challenges = text("challenges", allow_null=True)
    participants = ParticipantSerializer(many=True, help_text="参加団体（団体コード順）")


class WithdrawalSerializer(serializers.Serializer):
    """The notice in the place of a withdrawn edition."""

    at = serializers.DateTimeField(help_text="取り下げた日時")
    notice = serializers.CharField(help_text="お知らせ")


class EditionSerializer(serializers.Serializer):
    """A publication; it never changes."""

    edition = serializers.CharField(help_text="版の名前（例：2025.1）。パラメーター edition に指定できます。")
    fiscal_year = serializers.IntegerField(help_text="年度")
    revision = serializers.IntegerField(help_text="改訂番号")
    as_of = serializers.DateField(help_text="いつ時点の数値か")
    updated = serializers.DateTimeField(help_text="データの更新日時")
    statistics_year = serializers.IntegerField(help_text="人口と職員数の年")
    is_sample = serializers.BooleanField(help_text="サンプルデータかどうか")
    checksum = serializers.CharField(help_text="内容の検査値（SHA-256）")
    release_note = serializers.CharField(help_text="更新内容")
    unanswered_prefectures = serializers.ListField(
        child=serializers.CharField(), help_text="未回答の都道府県のコード"
    )
    not_asked = serializers.ListField(
        child=serializers.CharField(),
        help_text="この年の調査で尋ねていない項目。どの事例でもnullで、データなしとは区別されます。",
    )
    is_newest = serializers.BooleanField(help_text="最新の版かどうか")
    withdrawn = WithdrawalSerializer(
        help_text="取り下げられた版の日時とお知らせ。取り下げられた版を edition に指定すると410を返します。",
        allow_null=True,
    )


class SystemTypeSerializer(serializers.Serializer):
    """A system type that has cases in the edition."""

    system_type = serializers.CharField(help_text="コード")
    name = serializers.CharField(help_text="名称")
    name_en = serializers.CharField(help_text="英語名", allow_null=True)
    domain = serializers.ChoiceField(choices=list(CODE_LISTS["domain"].labels), help_text="領域")
    cases = serializers.IntegerField(help_text="版全体（全国）の件数")
    is_named = serializers.BooleanField(help_text="集計で独立の行になるか。falseなら「その他」（定義2-1）")


class LocalGovernmentSerializer(serializers.Serializer):
    """A body of the register of local governments as it is today."""

    code = serializers.RegexField("^[0-9]{6}$", help_text="団体コード（6桁）")
    name = serializers.CharField(help_text="団体名")
    kana = serializers.CharField(help_text="かな", allow_null=True)
    romaji = serializers.CharField(help_text="ローマ字", allow_null=True)
    kind = serializers.ChoiceField(choices=Kind.values, help_text="種別")
    prefecture_code = serializers.ChoiceField(
        choices=list(CODE_LISTS["prefecture"].labels), help_text="都道府県コード"
    )
    prefecture = serializers.CharField(help_text="都道府県")
    abolished_on = serializers.DateField(help_text="廃止日", allow_null=True)
    successor = serializers.CharField(help_text="承継団体の団体コード", allow_null=True)


class CodeSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    label_en = serializers.CharField()


class CodeListSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="コードの種類")
    title = serializers.CharField()
    title_en = serializers.CharField()
    codes = CodeSerializer(many=True)


class DefinitionSerializer(serializers.Serializer):
    number = serializers.CharField(help_text="定義の番号")
    term = serializers.CharField()
    text = serializers.CharField()


class ReportSummarySerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    definitions = serializers.ListField(child=serializers.CharField(), help_text="定義の番号")


class ColumnSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    unit = serializers.CharField()


class RowSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    group = serializers.CharField(allow_null=True, help_text="行が属する領域のコード")
    values = serializers.DictField(
        child=serializers.FloatField(allow_null=True), help_text="列のコード → 値。データなしは null"
    )


class ReportSerializer(serializers.Serializer):
    """A tabulation of the cases asked for."""

    slug = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    finding = serializers.CharField(help_text="集計から計算した一文")
    edition = serializers.CharField(allow_null=True)
    as_of = serializers.DateField(required=False, help_text="いつ時点の数値か")
    updated = serializers.DateTimeField(required=False, help_text="データの更新日時")
    statistics_year = serializers.IntegerField(required=False)
    is_sample = serializers.BooleanField(required=False)
    checksum = serializers.CharField(required=False)
    publisher = serializers.CharField()
    source = serializers.CharField(help_text="出典")
    licence = serializers.CharField()
    licence_url = serializers.URLField()
    definitions = DefinitionSerializer(many=True)
    columns = ColumnSerializer(many=True)
    rows = RowSerializer(many=True)


ERROR = inline_serializer(
    "Error",
    {
        "detail": serializers.CharField(help_text="何が間違っているか"),
        "errors": serializers.DictField(
            child=serializers.ListField(child=serializers.CharField()),
            required=False,
            help_text="パラメーターの名前 → 説明",
        ),
    },
)
WRONG = {400: ERROR, 404: ERROR}

EDITION = OpenApiParameter("edition", str, description="版（例：2025.1）。省略すると最新の版です。")


def parameters(filters=CaseFilters):
    """The filters as parameters, described from their form fields."""
    return [_parameter(name, filter_) for name, filter_ in filters.base_filters.items()]


def _parameter(name, filter_):
    described = {"name": name, "description": in_language(filter_.label, "ja")}
    field = filter_.field_class
    if issubclass(field, LocalGovernmentCodesField):
        return OpenApiParameter(type=_list({"type": "string", "pattern": "^[0-9]{6}$"}), **described)
    if issubclass(field, CodesField):
        return OpenApiParameter(type=_list(_item(filter_)), **described)
    if name == "sort":
        codes = [sign + column for column in SORTS for sign in ("", "-")]
        return OpenApiParameter(type=str, enum=codes, **described)
    return OpenApiParameter(type=_line(field), **described)


def _item(filter_):
    choices = filter_.extra.get("choices")
    return {"type": "string", **({"enum": [str(code) for code, _label in choices]} if choices else {})}


def _list(item):
    return {"type": "array", "items": item}


def _line(field):
    if issubclass(field, NumberField):
        return {"type": "string", "pattern": f"^([0-9]{{1,9}}|{NO_DATA})$"}
    return {"type": "string", "maxLength": LONGEST}
