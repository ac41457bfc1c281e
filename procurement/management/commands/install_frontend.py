import json
import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

MAP_PREFIX = "export default "
# Manifest storage looks for the file that this line names, and it is not copied.
SOURCE_MAP = re.compile(r"^\s*(//|/\*)[#@]\s*sourceMappingURL=.*$\n?", re.MULTILINE)


def without_source_map(text):
    return SOURCE_MAP.sub("", text)


def map_as_json(module):
    """The JSON inside the map's one-line JavaScript module, so that Python can read it."""
    prefix, found, value = module.partition(MAP_PREFIX)
    if prefix.strip() or not found:
        raise CommandError("@svg-maps/japan/index.js no longer starts with “export default”.")
    return json.dumps(json.loads(value.strip().rstrip(";")), ensure_ascii=False)


def unchanged(text):
    return text


# Path in node_modules, path in static/vendor, what happens to the text on the way.
FILES = (
    ("chart.js/dist/chart.umd.min.js", "chartjs/chart.umd.min.js", without_source_map),
    ("chart.js/LICENSE.md", "chartjs/LICENSE.md", unchanged),
    ("@digital-go-jp/design-tokens/dist/tokens.css", "design-tokens/tokens.css", without_source_map),
    ("@digital-go-jp/design-tokens/LICENSE", "design-tokens/LICENSE", unchanged),
    ("@svg-maps/japan/index.js", "japan-map/japan.json", map_as_json),
    ("@svg-maps/japan/LICENSE.md", "japan-map/LICENSE.md", unchanged),
)


def install(modules, vendor):
    for source, target, change in FILES:
        path = vendor / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change((modules / source).read_text(encoding="utf-8")), encoding="utf-8")


class Command(BaseCommand):
    help = "Copies the front-end files the pages use from node_modules to procurement/static/vendor."
    # Runs before the first migration, when checks that look at the database cannot pass.
    requires_system_checks = ()

    def handle(self, **options):
        base = Path(settings.BASE_DIR)
        try:
            install(base / "node_modules", base / "procurement" / "static" / "vendor")
        except FileNotFoundError as error:
            raise CommandError(f"{error.filename} is missing: run “npm ci --ignore-scripts”.") from error
        if options["verbosity"]:
            self.stdout.write(f"{len(FILES)} front-end files installed.")
