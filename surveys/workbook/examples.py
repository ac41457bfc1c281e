"""What a right answer looks like in each column, for the person who has to put a wrong one right."""

from .columns import ENTRY_SHEET, PARTICIPANT_SHEET

_ENTRIES = {
    "number": "1",
    "case_id": "27-003",
    "system_type": "電子申請",
    "name": "電子申請システム共同利用",
    "summary": "県と市町村が同じ電子申請の仕組みを使う。",
    "single_specification": "有",
    "single_operator": "有",
    "operator": "株式会社〇〇",
    "introduced_on": "2021-05",
    "introduction_basis": "導入実績",
    "environment": "SaaS・LGWAN-ASP",
    "initial_cost": "12,000,000",
    "annual_operating_cost": "3,600,000",
    "prefecture_bears_cost": "無",
    "subsidy_used": "有",
    "subsidy_name": "デジタル田園都市国家構想交付金",
    "background": "市町村の担当者会議で、共同で調達したいという声があった。",
    "process": "県が仕様書の案を作り、市町村の意見を聴いて入札した。",
    "specification": "要相談",
    "contact_department": "デジタル推進課",
    "benefits": "1団体当たりの費用が下がった。",
    "challenges": "仕様を合わせるのに時間がかかった。",
}
_PARTICIPANTS = {"number": "1", "code": "271004", "name": "大阪市"}
EXAMPLES = {ENTRY_SHEET: _ENTRIES, PARTICIPANT_SHEET: _PARTICIPANTS}
