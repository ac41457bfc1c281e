"""Where Chromium is: ``python -m tests.chromium`` prints it, installing it first where it may.

Exits with 1 under CI=true when there is none; elsewhere the browser tests are skipped.
"""

import os
import shutil
import subprocess
import sys

from tests.debian import exit_code, install

NAMES = ("chromium", "chromium-browser", "google-chrome")


def starts(path):
    """Some systems ship a “chromium-browser” that only says where to get the real one."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def find():
    """The path of a Chromium that starts, or None."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    return next((path for path in candidates if starts(path)), None)


def has_japanese_font():
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=ja"], capture_output=True).stdout.strip())


def missing_packages():
    return [
        *([] if find() or os.environ.get("CHROMIUM") else ["chromium"]),
        # Without one, Japanese text is boxes of one width, and layout tests prove nothing.
        *([] if has_japanese_font() else ["fonts-noto-cjk"]),
    ]


def main():
    packages = missing_packages()
    reason = install(packages) if packages else None
    if path := find():
        print(f"Chromium: {path}")
        if reason:
            print(f"Could not install {' '.join(packages)}: {reason}.")
        return 0
    print(f"No Chromium ({reason or 'the one named or installed does not start'}).")
    print("Install it or set CHROMIUM to its path; until then the browser tests are skipped.")
    return exit_code(is_found=False)


if __name__ == "__main__":
    sys.exit(main())
