"""The reference files into the database: what is missing is written, what is there is left alone."""

from dataclasses import dataclass

from django.db import transaction

from ..importing.statistics import POPULATION_FIELDS, write_statistics
from ..models import LocalGovernment, SystemType
from .reading import FOLDER, read_local_governments, read_population, read_system_types


@dataclass(frozen=True)
class Loaded:
    """How much the files hold, and how much of it was written.

    `kept` are the bodies that have another name here than in the file: (code, name here, name in the file).
    """

    bodies: int
    figures: int
    system_types: int
    written: int
    kept: tuple


def load_reference(folder=FOLDER):
    """All files or nothing. ReferenceFileError names file and line of what is wrong, before any writing."""
    bodies, figures = read_local_governments(folder), read_population(folder)
    types = read_system_types(folder)
    with transaction.atomic():
        written, kept = _create_missing_bodies(bodies)
        written += write_statistics(figures, fields=POPULATION_FIELDS)
        written += _create_missing_types(types)
    return Loaded(len(bodies), len(figures), len(types), written, kept)


def _create_missing_bodies(bodies):
    """A body that is there stays as it is: the official list of a later date may have renamed it."""
    stored = dict(LocalGovernment.objects.values_list("code", "name"))
    missing = [body for body in bodies if body.code not in stored]
    LocalGovernment.objects.bulk_create(missing)
    names = ((body.code, stored.get(body.code, body.name), body.name) for body in bodies)
    return len(missing), tuple(row for row in names if row[1] != row[2])


def _create_missing_types(types):
    """The secretariat renames and moves types: one that is there, by slug or name, stays as it is."""
    taken = {key for pair in SystemType.objects.values_list("slug", "name") for key in pair}
    missing = [kind for kind in types if taken.isdisjoint((kind.slug, kind.name))]
    SystemType.objects.bulk_create(missing)
    return len(missing)
