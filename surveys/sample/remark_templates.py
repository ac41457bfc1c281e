"""Words for reasons that reviewers often give."""

from surveys.models import RemarkTemplate

TEMPLATES = (
    ("金額の単位", "initial_cost", "金額の単位を確かめてください。千円単位ではなく、円単位で書きます。"),
    ("導入年月の根拠", "introduction_basis", "導入年月の根拠を、契約書や仕様書で確かめてください。"),
    ("参加団体のもれ", "participants", "一部事務組合や広域連合のもれがないか、確かめてください。"),
    ("前年度との違い", "", "前年度の回答から大きく変わっています。変わった理由を教えてください。"),
)


def create_remark_templates():
    """Titles that are there already keep their words."""
    RemarkTemplate.objects.bulk_create(
        (
            RemarkTemplate(title=title, field=field, text=text, order=order)
            for order, (title, field, text) in enumerate(TEMPLATES, start=1)
        ),
        ignore_conflicts=True,
    )
