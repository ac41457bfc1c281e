import django.db.models.deletion
from django.db import migrations, models


def _reference(to, label):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=to,
        verbose_name=label,
    )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_a_remark_knows_its_return_and_what_it_was_about")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="tried_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="最後に試みた日時"),
        ),
        migrations.AlterField("mail", "submission", _reference("surveys.submission", "回答")),
        migrations.AlterField("mail", "survey", _reference("surveys.survey", "調査")),
    ]
