"""How much processor time reading and checking takes beside plainly reading the same cells, and in how much memory.

`make benchmark`. Every measurement is a process of its own, on a database of its own with the reference data.
The last column of the second table is the time beside that of an honest file of 1,000 rows.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

ROWS, HONEST_ROWS, BODIES = 10_000, 1_000, 4


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/benchmark.sqlite3"
        django.setup()
        _prepare()
        large = _file(folder, "large", ROWS)
        plain, ours = _measured("plain", large), _measured("check", large)
        print(f"{ROWS:,} cases, {ROWS * BODIES:,} participants")
        print(f"  plain reading    {plain['seconds']:6.2f} s  {plain['megabytes']:4} MB")
        print(f"  read and checked {ours['seconds']:6.2f} s  {ours['megabytes']:4} MB")
        print(
            f"  ratio            {ours['seconds'] / plain['seconds']:6.2f}    (at most 3; memory under 300 MB)"
        )
        _report_hostile(folder)


def _report_hostile(folder):
    from .hostile import FILES

    honest = _measured("check", _file(folder, "honest", HONEST_ROWS))
    print(f"{HONEST_ROWS:,} honest cases: {honest['seconds']:.2f} s, {honest['megabytes']} MB")
    good = Path(_file(folder, "good", 1)).read_bytes()
    for name, make in FILES.items():
        path = Path(folder, "hostile.xlsx")
        path.write_bytes(make(good))
        found = _measured("check", path)
        ratio = found["seconds"] / honest["seconds"]
        print(
            f"  {name:24} {found['seconds']:5.2f} s {found['megabytes']:4} MB {ratio:5.2f}  {found['outcome']}"
        )


def _measured(what, path):
    command = [sys.executable, "-m", "benchmarks.workbook", what, str(path)]
    return json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )


def _file(folder, name, rows):
    """A workbook of complete cases, no two alike, as a spreadsheet program writes it."""
    import xlsxwriter

    from surveys.workbook.columns import ENTRY_COLUMNS, ENTRY_SHEET, PARTICIPANT_COLUMNS, PARTICIPANT_SHEET
    from surveys.workbook.examples import EXAMPLES

    path = str(Path(folder, f"{name}.xlsx"))
    with xlsxwriter.Workbook(path) as book:
        entries, parts = book.add_worksheet(ENTRY_SHEET), book.add_worksheet(PARTICIPANT_SHEET)
        entries.write_row(0, 0, [column.heading for column in ENTRY_COLUMNS])
        parts.write_row(0, 0, [column.heading for column in PARTICIPANT_COLUMNS])
        codes = _codes()
        for number in range(1, rows + 1):
            entries.write_row(number, 0, _case(number, EXAMPLES[ENTRY_SHEET]))
            for place in range(BODIES):
                code, body = codes[(number * (place + 3) + place) % len(codes)]
                parts.write_row((number - 1) * BODIES + place + 1, 0, [number, code, body])
    return path


def _case(number, example):
    own = {
        "number": number,
        "case_id": None,
        "name": f"{example['name']}{number}",
        "introduced_on": f"{2015 + number % 9}-{1 + number % 12:02}",
        "initial_cost": 12_000_000 + number,
        "annual_operating_cost": 1_000_000 + number,
        "background": f"{example['background']}（{number}）",
        "process": f"{example['process']}（{number}）",
    }
    return [own.get(field, value) for field, value in example.items()]


def _codes():
    from procurement.reference.reading import FOLDER

    lines = (FOLDER / "local_governments.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    fields = [line.split(",") for line in lines]
    return [(code, name) for code, kind, prefecture, name, *_rest in fields if prefecture == "27"]


def _plain(path):
    import openpyxl

    started = time.process_time()
    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            tuple(row)
    return time.process_time() - started, ""


def _check(path):
    submission = _submission()
    from surveys.workbook.guard import Unreadable
    from surveys.workbook.reading import read_file

    content = Path(path).read_bytes()
    started = time.process_time()
    try:
        plan = read_file(content, path, submission=submission)
        outcome = f"{len(plan.new)} new, {len(plan.findings)} findings"
    except Unreadable as refusal:
        outcome = str(refusal)
    return time.process_time() - started, outcome


def _prepare():
    from django.core.management import call_command

    for command in (["migrate"], ["load_reference"], ["open_survey", "--fiscal-year=2026"]):
        call_command(*command, verbosity=0, stdout=io.StringIO())


def _submission():
    django.setup()
    from surveys.models import Submission

    return Submission.objects.select_related("survey").get(prefecture_code="27")


def _peak():
    """The most memory that this process ever held."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        seconds, outcome = {"plain": _plain, "check": _check}[sys.argv[1]](sys.argv[2])
        print(json.dumps({"seconds": seconds, "megabytes": _peak(), "outcome": outcome}))
