"""A new kind of mail; events can be exported; what approvals and later returns settled before counts as closed."""

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce


def close_what_was_settled(apps, schema_editor):
    remarks = apps.get_model("surveys", "Remark").objects
    later = remarks.filter(submission=OuterRef("submission"), returned__gt=OuterRef("returned"))
    settled = remarks.filter(Q(submission__state="approved") | Exists(later), closed_at=None)
    pks = list(settled.values_list("pk", flat=True))
    for start in range(0, len(pks), 500):
        some = remarks.filter(pk__in=pks[start : start + 500])
        some.update(closed_at=Coalesce(F("responded_at"), F("at")))


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0011_an_invitation_names_a_role"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="event",
            options={
                "default_permissions": ("add", "change", "delete", "view", "export"),
                "ordering": ["-at", "-id"],
                "verbose_name": "履歴",
                "verbose_name_plural": "履歴",
            },
        ),
        migrations.AlterField(
            model_name="mail",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opening", "調査の開始"),
                    ("reminder", "回答期限のお知らせ"),
                    ("receipt", "提出の控え"),
                    ("return", "差戻し"),
                    ("question", "確認中の質問と回答"),
                    ("approval", "承認"),
                    ("publication", "公表"),
                    ("account", "利用者の手続き"),
                ],
                max_length=12,
                verbose_name="種類",
            ),
        ),
        migrations.RunPython(close_what_was_settled, migrations.RunPython.noop),
    ]
