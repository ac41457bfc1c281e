"""The 47 prefectures: code, name, region, and place on the tile-grid map."""

from dataclasses import dataclass

from .text import Text


@dataclass(frozen=True)
class Prefecture:
    """`code` is the 2-digit JIS X 0401 code; tiles count from 1 at the north-west corner."""

    code: str
    name: Text
    region: str
    tile_column: int
    tile_row: int
    map_id: str

    def __str__(self):
        return str(self.name)


REGIONS = {
    "hokkaido": Text("北海道", "Hokkaido"),
    "tohoku": Text("東北", "Tohoku"),
    "kanto": Text("関東", "Kanto"),
    "chubu": Text("中部", "Chubu"),
    "kinki": Text("近畿", "Kinki"),
    "chugoku": Text("中国", "Chugoku"),
    "shikoku": Text("四国", "Shikoku"),
    "kyushu": Text("九州・沖縄", "Kyushu and Okinawa"),
}

PREFECTURES = (
    Prefecture("01", Text("北海道", "Hokkaido"), "hokkaido", 15, 1, "hokkaido"),
    Prefecture("02", Text("青森県", "Aomori"), "tohoku", 14, 2, "aomori"),
    Prefecture("03", Text("岩手県", "Iwate"), "tohoku", 14, 3, "iwate"),
    Prefecture("04", Text("宮城県", "Miyagi"), "tohoku", 14, 4, "miyagi"),
    Prefecture("05", Text("秋田県", "Akita"), "tohoku", 13, 3, "akita"),
    Prefecture("06", Text("山形県", "Yamagata"), "tohoku", 13, 4, "yamagata"),
    Prefecture("07", Text("福島県", "Fukushima"), "tohoku", 14, 5, "fukushima"),
    Prefecture("08", Text("茨城県", "Ibaraki"), "kanto", 14, 6, "ibaraki"),
    Prefecture("09", Text("栃木県", "Tochigi"), "kanto", 13, 5, "tochigi"),
    Prefecture("10", Text("群馬県", "Gunma"), "kanto", 12, 6, "gunma"),
    Prefecture("11", Text("埼玉県", "Saitama"), "kanto", 13, 6, "saitama"),
    Prefecture("12", Text("千葉県", "Chiba"), "kanto", 14, 7, "chiba"),
    Prefecture("13", Text("東京都", "Tokyo"), "kanto", 13, 7, "tokyo"),
    Prefecture("14", Text("神奈川県", "Kanagawa"), "kanto", 13, 8, "kanagawa"),
    Prefecture("15", Text("新潟県", "Niigata"), "chubu", 12, 5, "niigata"),
    Prefecture("16", Text("富山県", "Toyama"), "chubu", 11, 6, "toyama"),
    Prefecture("17", Text("石川県", "Ishikawa"), "chubu", 10, 6, "ishikawa"),
    Prefecture("18", Text("福井県", "Fukui"), "chubu", 10, 7, "fukui"),
    Prefecture("19", Text("山梨県", "Yamanashi"), "chubu", 12, 7, "yamanashi"),
    Prefecture("20", Text("長野県", "Nagano"), "chubu", 11, 7, "nagano"),
    Prefecture("21", Text("岐阜県", "Gifu"), "chubu", 10, 8, "gifu"),
    Prefecture("22", Text("静岡県", "Shizuoka"), "chubu", 12, 8, "shizuoka"),
    Prefecture("23", Text("愛知県", "Aichi"), "chubu", 11, 8, "aichi"),
    Prefecture("24", Text("三重県", "Mie"), "chubu", 10, 9, "mie"),
    Prefecture("25", Text("滋賀県", "Shiga"), "kinki", 9, 8, "shiga"),
    Prefecture("26", Text("京都府", "Kyoto"), "kinki", 9, 7, "kyoto"),
    Prefecture("27", Text("大阪府", "Osaka"), "kinki", 8, 8, "osaka"),
    Prefecture("28", Text("兵庫県", "Hyogo"), "kinki", 8, 7, "hyogo"),
    Prefecture("29", Text("奈良県", "Nara"), "kinki", 9, 9, "nara"),
    Prefecture("30", Text("和歌山県", "Wakayama"), "kinki", 9, 10, "wakayama"),
    Prefecture("31", Text("鳥取県", "Tottori"), "chugoku", 7, 7, "tottori"),
    Prefecture("32", Text("島根県", "Shimane"), "chugoku", 6, 7, "shimane"),
    Prefecture("33", Text("岡山県", "Okayama"), "chugoku", 7, 8, "okayama"),
    Prefecture("34", Text("広島県", "Hiroshima"), "chugoku", 6, 8, "hiroshima"),
    Prefecture("35", Text("山口県", "Yamaguchi"), "chugoku", 5, 8, "yamaguchi"),
    Prefecture("36", Text("徳島県", "Tokushima"), "shikoku", 7, 11, "tokushima"),
    Prefecture("37", Text("香川県", "Kagawa"), "shikoku", 7, 10, "kagawa"),
    Prefecture("38", Text("愛媛県", "Ehime"), "shikoku", 6, 10, "ehime"),
    Prefecture("39", Text("高知県", "Kochi"), "shikoku", 6, 11, "kochi"),
    Prefecture("40", Text("福岡県", "Fukuoka"), "kyushu", 4, 9, "fukuoka"),
    Prefecture("41", Text("佐賀県", "Saga"), "kyushu", 3, 9, "saga"),
    Prefecture("42", Text("長崎県", "Nagasaki"), "kyushu", 2, 9, "nagasaki"),
    Prefecture("43", Text("熊本県", "Kumamoto"), "kyushu", 3, 10, "kumamoto"),
    Prefecture("44", Text("大分県", "Oita"), "kyushu", 4, 10, "oita"),
    Prefecture("45", Text("宮崎県", "Miyazaki"), "kyushu", 4, 11, "miyazaki"),
    Prefecture("46", Text("鹿児島県", "Kagoshima"), "kyushu", 3, 11, "kagoshima"),
    Prefecture("47", Text("沖縄県", "Okinawa"), "kyushu", 1, 12, "okinawa"),
)

PREFECTURES_BY_CODE = {prefecture.code: prefecture for prefecture in PREFECTURES}
PREFECTURE_CHOICES = tuple((prefecture.code, prefecture.name.ja) for prefecture in PREFECTURES)
