import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0003_an_upload_can_be_taken_up_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="remark",
            name="returned",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="remarks",
                to="surveys.event",
                verbose_name="差戻し",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="before",
            field=models.JSONField(blank=True, default=dict, verbose_name="差戻しのときの内容"),
        ),
    ]
