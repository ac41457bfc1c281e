"""Results of uploads are stored compressed; those not yet taken in are read again."""

import surveys.fields
from django.db import migrations


def read_again(apps, schema_editor):
    unfinished = apps.get_model("surveys", "Upload").objects.filter(state__in=("reading", "read", "taking"))
    unfinished.update(state="waiting", attempts=0)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0008_reasons_given_before_are_to_be_answered_too"),
    ]

    operations = [
        migrations.RunPython(read_again, migrations.RunPython.noop),
        migrations.RemoveField(model_name="upload", name="result"),
        migrations.AddField(
            model_name="upload",
            name="result",
            field=surveys.fields.PackedJSONField(default=dict),
        ),
    ]
