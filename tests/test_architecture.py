"""config → surveys → procurement → procurement.definitions: imports point one way, and amounts stay behind."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from surveys.fields import YenField

BASE = Path(__file__).parent.parent
MAY_IMPORT = {
    "procurement.definitions": ("procurement.definitions",),
    "procurement": ("procurement",),
    "surveys": ("procurement", "surveys"),
    "config": ("procurement", "surveys", "config"),
}
OURS = ("procurement", "surveys", "config", "tests")
AMOUNTS = {"YenField", "yen_for", "amount_in_words"}
"""Names that a public module has no use for: they read or show an exact amount."""


def is_within(module, package):
    return module == package or module.startswith(f"{package}.")


def layer_of(module):
    return next(layer for layer in MAY_IMPORT if is_within(module, layer))


def imports_of(source, module, *, is_package=False):
    """Absolute names of everything a module's source imports, `from a import b` as a and a.b."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*parents, *filter(None, [node.module])])
            yield from (base, *(f"{base}.{alias.name}" for alias in node.names))


def breaches(source, module, *, is_package=False):
    """What a module imports against the direction."""
    allowed = MAY_IMPORT[layer_of(module)]
    found = imports_of(source, module, is_package=is_package)
    ours = (name for name in found if any(is_within(name, package) for package in OURS))
    return sorted({name for name in ours if not _is_allowed(name, allowed)})


def _is_allowed(name, allowed):
    return any(is_within(name, package) for package in allowed)


def names_in(source):
    nodes = list(ast.walk(ast.parse(source)))
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    imported = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return named | imported | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def modules():
    for package in ("procurement", "surveys", "config"):
        for path in sorted((BASE / package).rglob("*.py")):
            parts = path.relative_to(BASE).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            yield ".".join(parts[:-1] if is_package else parts), path.read_text(encoding="utf-8"), is_package


MODULES = [pytest.param(*module, id=module[0]) for module in modules()]
PUBLIC = [
    pytest.param(name, source, id=name)
    for name, source, _is_package in modules()
    if layer_of(name) == "procurement"
]


@pytest.mark.parametrize(("module", "source", "is_package"), MODULES)
def test_imports_point_in_the_one_direction(module, source, is_package):
    assert breaches(source, module, is_package=is_package) == []


@pytest.mark.parametrize(("module", "source"), PUBLIC)
def test_no_public_module_reads_or_shows_an_amount(module, source):
    assert AMOUNTS & names_in(source) == set()


@pytest.mark.parametrize(
    "model", list(apps.get_app_config("procurement").get_models()), ids=lambda model: model.__name__
)
def test_no_public_table_holds_an_amount(model):
    names = {field.name for field in model._meta.get_fields()}
    assert names.isdisjoint({"initial_cost", "annual_operating_cost"})
    assert not [field for field in model._meta.get_fields() if isinstance(field, YenField)]


@pytest.mark.parametrize(
    ("module", "source", "breach"),
    [
        ("procurement.views", "from surveys.models import Entry", "surveys.models"),
        ("procurement.views", "import surveys", "surveys"),
        ("procurement.views", "def later():\n    import surveys.rules", "surveys.rules"),
        ("procurement.reports.status", "from config import settings", "config.settings"),
        ("procurement.definitions.costs", "from ..models import Edition", "procurement.models.Edition"),
        ("procurement.definitions.costs", "from procurement import figures", "procurement.figures"),
        ("surveys.rules", "from config.settings import DEBUG", "config.settings"),
        ("config.urls", "from tests import factories", "tests.factories"),
    ],
)
def test_a_planted_breach_is_found(module, source, breach):
    assert breach in breaches(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("procurement.definitions.costs", "from .missing import none_if_missing\nimport re"),
        ("procurement.reports.status", "from ..definitions.costs import COSTS\nfrom . import registry"),
        ("surveys.rules", "from procurement.models import Edition\nfrom .models import Entry"),
        ("config.urls", "import surveys.urls, procurement.urls"),
    ],
)
def test_what_points_the_right_way_is_no_breach(module, source):
    assert breaches(source, module) == []


def test_a_planted_amount_is_found():
    assert AMOUNTS & names_in("from .definitions.costs import yen_for") == {"yen_for"}
    assert AMOUNTS & names_in("from .definitions import costs\ncosts.amount_in_words(1)") == {
        "amount_in_words"
    }
