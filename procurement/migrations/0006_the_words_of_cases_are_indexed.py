"""Cases are found by pieces of their words, through an index of the database; names of bodies are spelled anew."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import procurement.models.case_texts
from procurement.models.case_texts import index_of
from procurement.searching import searchable

# SQLite makes a table anew to take a column away, and its triggers go with the old one.
TRIGGERS = import_module("procurement.migrations.0002_published_rows_do_not_change")

TABLE = "procurement_casetext"
LAY = {
    "postgresql": [f"CREATE INDEX procurement_casegrams ON {TABLE} USING gin (string_to_array(grams, ' '))"],
    "sqlite": [
        "CREATE VIRTUAL TABLE procurement_casegrams USING fts5"
        f"(grams, content='{TABLE}', content_rowid='case_id', detail='none', tokenize='ascii')",
        f"CREATE TRIGGER {TABLE}_is_indexed AFTER INSERT ON {TABLE} BEGIN "
        "INSERT INTO procurement_casegrams (rowid, grams) VALUES (new.case_id, new.grams); END",
        f"CREATE TRIGGER {TABLE}_is_forgotten AFTER DELETE ON {TABLE} BEGIN "
        "INSERT INTO procurement_casegrams (procurement_casegrams, rowid, grams) "
        "VALUES ('delete', old.case_id, old.grams); END",
        f"CREATE TRIGGER {TABLE}_does_not_change BEFORE UPDATE ON {TABLE} BEGIN "
        "SELECT RAISE(ABORT, 'the words of a case are not changed but made anew'); END",
    ],
}
LIFT = {
    "postgresql": ["DROP INDEX procurement_casegrams"],
    "sqlite": [
        f"DROP TRIGGER {TABLE}_is_indexed",
        f"DROP TRIGGER {TABLE}_is_forgotten",
        f"DROP TRIGGER {TABLE}_does_not_change",
        "DROP TABLE procurement_casegrams",
    ],
}


def lay_immutability(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        TRIGGERS.lay(apps, schema_editor)


def lift_immutability(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        TRIGGERS.lift(apps, schema_editor)


def lay(apps, schema_editor):
    for statement in LAY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift(apps, schema_editor):
    for statement in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def index(apps, schema_editor):
    CaseText = apps.get_model("procurement", "CaseText")
    cases = apps.get_model("procurement", "JointProcurement").objects.order_by("pk")
    parts = apps.get_model("procurement", "Participation").objects
    for edition in cases.order_by().values_list("edition", flat=True).distinct():
        of_edition = {}
        for part in parts.filter(joint_procurement__edition=edition):
            of_edition.setdefault(part.joint_procurement_id, []).append(part)
        rows = [
            CaseText(case_id=case.pk, **index_of(case, of_edition.get(case.pk, ())))
            for case in cases.filter(edition=edition)
        ]
        CaseText.objects.bulk_create(rows, batch_size=500)


def spell_bodies(apps, schema_editor):
    LocalGovernment = apps.get_model("procurement", "LocalGovernment")
    changed = []
    for body in LocalGovernment.objects.all():
        spelled = searchable(body.name, body.kana, body.romaji, body.code)
        if spelled != body.search:
            body.search = spelled
            changed.append(body)
    LocalGovernment.objects.bulk_update(changed, ["search"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0005_manifests_and_withdrawals"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseText",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="procurement.jointprocurement",
                    ),
                ),
                ("text", models.TextField()),
                ("grams", procurement.models.case_texts.GramsField()),
            ],
        ),
        migrations.RunPython(lift_immutability, lay_immutability),
        migrations.RemoveField(model_name="jointprocurement", name="search"),
        migrations.RunPython(lay_immutability, lift_immutability),
        migrations.RunPython(lay, lift),
        migrations.RunPython(index, migrations.RunPython.noop),
        migrations.RunPython(spell_bodies, migrations.RunPython.noop),
    ]
