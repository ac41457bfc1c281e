"""The database itself refuses to change a published row, whoever asks (docs/decisions/0003)."""

from django.db import migrations

TABLES = ("procurement_edition", "procurement_jointprocurement", "procurement_participation")
REFUSAL = "published rows do not change; a correction is a new revision"

POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION procurement_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


def statements(vendor):
    """The statements that lay the triggers, and those that take them away."""
    if vendor == "postgresql":
        lay = [POSTGRESQL_FUNCTION] + [
            f"CREATE TRIGGER {table}_is_immutable BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION procurement_refuse_change()"
            for table in TABLES
        ]
        lift = [f"DROP TRIGGER {table}_is_immutable ON {table}" for table in TABLES]
        return lay, [*lift, "DROP FUNCTION procurement_refuse_change()"]
    lay = [
        f"CREATE TRIGGER {table}_is_immutable BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
    ]
    return lay, [f"DROP TRIGGER {table}_is_immutable" for table in TABLES]


def lay(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor)[0]:
        schema_editor.execute(statement)


def lift(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor)[1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
