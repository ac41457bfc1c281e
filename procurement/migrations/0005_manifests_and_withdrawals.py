from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

# SQLite makes a table anew to add a column, and its triggers go with the old one.
TRIGGERS = import_module("procurement.migrations.0002_published_rows_do_not_change")
NEW_TABLES = ("procurement_manifest", "procurement_withdrawal")


def lay_new(apps, schema_editor):
    """The database refuses to change these rows too (docs/decisions/0003)."""
    action = {
        "postgresql": "FOR EACH ROW EXECUTE FUNCTION procurement_refuse_change()",
        "sqlite": f"BEGIN SELECT RAISE(ABORT, '{TRIGGERS.REFUSAL}'); END",
    }[schema_editor.connection.vendor]
    for table in NEW_TABLES:
        schema_editor.execute(f"CREATE TRIGGER {table}_is_immutable BEFORE UPDATE ON {table} {action}")


def lift_new(apps, schema_editor):
    on_table = {"postgresql": " ON {}", "sqlite": ""}[schema_editor.connection.vendor]
    for table in NEW_TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_is_immutable{on_table.format(table)}")


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0004_bodies_are_established_before_they_are_abolished'),
    ]

    operations = [
        migrations.RunPython(TRIGGERS.lift, TRIGGERS.lay),
        migrations.AddField(
            model_name='edition',
            name='not_asked',
            field=models.JSONField(blank=True, default=list, verbose_name='この年に尋ねなかった項目'),
        ),
        migrations.CreateModel(
            name='Manifest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField(verbose_name='内容')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='manifest', to='procurement.edition', verbose_name='版')),
            ],
            options={
                'verbose_name': '目録',
                'verbose_name_plural': '目録',
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notice', models.TextField(verbose_name='取下げのお知らせ')),
                ('at', models.DateTimeField(verbose_name='取り下げた日時')),
                ('by_name', models.CharField(blank=True, max_length=200, verbose_name='取り下げた人')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='procurement.edition', verbose_name='版')),
            ],
            options={
                'verbose_name': '版の取下げ',
                'verbose_name_plural': '版の取下げ',
            },
        ),
        migrations.RunPython(TRIGGERS.lay, TRIGGERS.lift),
        migrations.RunPython(lay_new, lift_new),
    ]
