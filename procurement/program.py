"""Which program this is: what a manifest says of whoever wrote the files."""

import tomllib
import zlib
from functools import cache

import xlsxwriter
from django.conf import settings


@cache
def program():
    """The version of the program, and of what decides on the bytes of an Excel file."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "name": project["name"],
        "version": project["version"],
        "xlsxwriter": xlsxwriter.__version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
