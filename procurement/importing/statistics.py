"""Writing figures of a year without touching the other figures of the same body and year."""

from ..models import LocalGovernmentStatistics

POPULATION_FIELDS = ("population", "population_as_of", "population_source")
STAFF_FIELDS = ("staff", "staff_as_of", "staff_source", "is_sample")


def write_statistics(rows, *, fields):
    """Creates or updates the rows that differ in these fields; how many did."""
    stored = _stored_values({row.year for row in rows}, fields)
    changed = [row for row in rows if stored.get(_key(row)) != _values(row, fields)]
    LocalGovernmentStatistics.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["local_government", "year"],
        update_fields=fields,
    )
    return len(changed)


def _stored_values(years, fields):
    rows = LocalGovernmentStatistics.objects.filter(year__in=years)
    values = rows.values_list("local_government_id", "year", *fields)
    return {(code, year): tuple(rest) for code, year, *rest in values}


def _key(row):
    return row.local_government_id, row.year


def _values(row, fields):
    return tuple(getattr(row, field) for field in fields)
