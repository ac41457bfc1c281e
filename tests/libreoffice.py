"""LibreOffice, in which people also fill in workbooks: ``python -m tests.libreoffice`` finds or installs it.

Exits with 1 under CI=true when there is none; elsewhere its tests are skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.debian import exit_code, install

PACKAGE = "libreoffice-calc-nogui"
SECONDS = 120


def find():
    """The path of LibreOffice, or None."""
    return os.environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")


def required():
    """Skips the test that asks, with the reason, where there is none; fails it under CI=true."""
    if find():
        return
    reason = f"no LibreOffice: install {PACKAGE}, or set SOFFICE to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def saved_again(content, *, kind="xlsx"):
    """What LibreOffice makes of a workbook when somebody opens and saves it (`kind`: xlsx, pdf)."""
    with tempfile.TemporaryDirectory() as folder:
        given, saved = Path(folder, "in", "book.xlsx"), Path(folder, "out", f"book.{kind}")
        given.parent.mkdir()
        given.write_bytes(content)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [find(), profile, "--headless", "--convert-to", kind, "--outdir", saved.parent, given]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return saved.read_bytes()


def main():
    reason = None if find() else install([PACKAGE])
    print(f"LibreOffice: {find()}" if find() else f"No LibreOffice ({reason}).")
    return exit_code(find())


if __name__ == "__main__":
    sys.exit(main())
