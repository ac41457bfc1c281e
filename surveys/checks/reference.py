"""Checks of the reference data and the words behind an edition."""

from django.urls import reverse

from procurement.definitions.glossary import DEFINITIONS
from procurement.definitions.prefectures import PREFECTURES_BY_CODE

from .check import Place

WITHOUT_STAFF = ("partial_affairs_association", "wide_area_union", "other")
"""Kinds of bodies whose employees are not counted (definition 3-3)."""


def without_population(situation):
    return _statistics_of(
        body for body in situation.bodies if body.is_municipality and body.residents is None
    )


def without_staff(situation):
    counted = (body for body in situation.bodies if body.kind not in WITHOUT_STAFF)
    return _statistics_of(body for body in counted if body.employees is None)


def without_english_name(situation):
    for body in situation.bodies:
        if not body.romaji:
            yield Place(body.code, body.name, _change("localgovernment", body.pk))
    for found in situation.system_types:
        if not found.name_en:
            yield Place(found.slug, found.name, _change("systemtype", found.pk))


def sample_mixed_in(situation):
    """Editions of the other kind, and made-up figures in what is no sample."""
    for edition in situation.editions_of_the_other_kind:
        address = reverse("admin:procurement_edition_change", args=[edition.pk])
        yield Place(edition.name, edition.name, address)
    if not situation.survey.is_sample:
        made_up = situation.bodies_with_sample_figures
        yield from _statistics_of(body for body in situation.bodies if body.code in made_up)


def without_text(_situation, definitions=DEFINITIONS):
    for one in definitions:
        if not all((one.term.ja, one.term.en, one.text.ja, one.text.en)):
            yield Place(one.number, f"{one.number} {one.term.ja}", f"{_definitions()}#{one.anchor}")


def _definitions():
    return reverse("procurement:definitions")


def _statistics_of(bodies):
    address = reverse("admin:procurement_localgovernmentstatistics_changelist")
    for body in bodies:
        text = body.display_name
        if body.is_municipality:
            text = f"{PREFECTURES_BY_CODE[body.prefecture_code].name} {text}"
        yield Place(body.code, text, f"{address}?q={body.code}")


def _change(model, pk):
    return reverse(f"admin:procurement_{model}_change", args=[pk])
