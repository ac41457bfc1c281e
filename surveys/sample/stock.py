"""What the sample writes with: per system type in system_types.csv, for all of them here.

No sentence names a person or a real company.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

TYPES_FILE = Path(__file__).with_name("system_types.csv")


@dataclass(frozen=True)
class TypeStock:
    """`weight`: how often it is procured (1: once in the nation); `spread`: wide, some or near; `since`: year."""

    slug: str
    weight: int
    spread: str
    since: int
    title: str
    background: tuple
    benefits: tuple
    challenges: tuple


def read_types(path=TYPES_FILE):
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_type_stock(row) for row in csv.DictReader(file))


def _type_stock(row):
    texts = {name: tuple(row[name].split("|")) for name in ("background", "benefits", "challenges")}
    numbers = {name: int(row[name]) for name in ("weight", "since")}
    return TypeStock(**{**row, **texts, **numbers})


BACKGROUND = (
    "{government}と市町村の情報担当課長会議で課題を共有し、共同での調達を検討することになりました。",
    "市町村からの要望を受け、{government}が意向の調査を行ったところ、{count}団体が参加を希望しました。",
    "人口の減少により職員の確保が難しくなるなか、限られた人数で業務を続ける方法を探していました。",
    "先に導入していた団体の運用の状況を見学し、同じ仕様で広げることを決めました。",
    "{government}のDX推進計画に、共同調達の対象として位置付けました。",
    "更新の時期をそろえるため、契約期間の調整に2年をかけました。",
    "情報担当の職員が一人しかいない町村が多く、単独での調達は難しい状況でした。",
    "",
    "",
)
PROCESS = (
    "{government}が事務局となり、参加団体による検討会を{meetings}回開きました。",
    "参加団体の代表による作業部会で仕様書の案を作り、全団体の意見を照会してまとめました。",
    "情報提供依頼（RFI）を行い、事業者からの意見を仕様書に反映しました。",
    "先行する団体で3か月の試行を行い、結果を踏まえて仕様を定めました。",
    "参加団体が協定を結び、費用の負担と役割の分担を定めました。",
    "選定の委員会には参加団体の職員と外部の有識者が加わりました。",
    "公募型プロポーザルにより、一つの事業者を選びました。",
    "総合評価一般競争入札により、最も評価の高い事業者と契約しました。",
    "費用は均等割と人口割を組み合わせて負担しています。",
    "導入の時期は3段階に分け、準備の整った団体から順に利用を始めました。",
    "契約の単価を定めておき、後から参加する団体も同じ条件で利用できるようにしました。",
)
BENEFITS = (
    "単独で調達した場合の見積りと比べ、費用はおよそ{percent}%少なくなりました。",
    "仕様書を一から作る必要がなく、調達にかかる職員の作業が大きく減りました。",
    "情報担当の職員どうしのつながりができ、ほかの業務でも相談し合っています。",
    "専門の知識を持つ職員の少ない団体でも、同じ水準のサービスを受けられます。",
    "問合せの窓口を一本化し、障害のときの連絡が早くなりました。",
    "研修と手順書を共同で用意し、異動の際の引継ぎが容易になりました。",
    "",
)
CHALLENGES = (
    "参加団体の意向をまとめるのに時間がかかり、当初の予定より半年遅れました。",
    "事務局を担う{government}の負担が大きく、体制の見直しを検討しています。",
    "次の更新では、参加しない団体との調整も含めた進め方の整理が必要です。",
    "団体ごとの個別の要望をどこまで受け入れるか、判断の基準づくりに苦労しました。",
    "予算の要求の時期が団体によって異なり、参加の決定がそろいませんでした。",
    "途中から参加する団体の費用の負担の考え方を、あらかじめ決めておくべきでした。",
    "",
    "",
)
CONDITIONS = (
    "自治体に限り、担当部署への申込みで提供",
    "利用目的を確かめたうえで、自治体に提供",
    "受託事業者の了解が得られた部分に限り提供",
)
DEPARTMENTS = (
    "総務部 情報政策課",
    "企画部 デジタル戦略課",
    "総合政策局 DX推進課",
    "政策企画部 情報システム課",
    "企画振興部 市町村課",
    "デジタル推進局 市町村支援担当",
    "総務部 行政改革・デジタル課",
)
OPERATORS = (
    "サンプル情報システム株式会社",
    "見本データサービス株式会社",
    "例示ソリューションズ株式会社",
    "サンプル計算センター・見本通信 共同企業体",
    "株式会社架空クラウド",
)
SUBSIDIES = (
    ("地方創生加速化交付金", 2016, 2017),
    ("地方創生推進交付金", 2016, 2022),
    ("新型コロナウイルス感染症対応地方創生臨時交付金", 2020, 2023),
    ("デジタル田園都市国家構想交付金（デジタル実装タイプ）", 2022, 2024),
    ("新しい地方経済・生活環境創生交付金", 2025, 2026),
    ("特別交付税措置（都道府県と市町村の連携によるDX推進）", 2023, 2026),
    ("地域情報通信ブロードバンド・公共アプリケーション整備事業補助金", 2004, 2012),
    ("社会資本整備総合交付金", 2010, 2026),
)
"""Name and the years in which it could be used, about as in life."""

RETURN_REASONS = (
    "参加団体と費用の記入を確かめてください。詳しくは各件の理由をご覧ください。",
    "前年度の回答と異なるところがあります。導入年月の根拠を確かめてください。",
    "費用が千円単位で書かれている可能性があります。円単位で書き直してください。",
)
REMARKS = {
    "annual_operating_cost": "年間運用費用が初期費用に比べて大きいようです。5年間の総額ではないか、確かめてください。",
    "participants": "参加団体に都道府県が含まれていません。契約の当事者であれば加えてください。",
    "introduced_on": "導入年月が前年度の回答と異なります。共同調達による最初の導入の年月を書いてください。",
    "benefits": "効果の記述に数値の根拠があれば加えてください。",
}
"""Reasons of a return by the field they are about."""
