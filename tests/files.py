"""Files as the admin takes and gives them: tables of text, uploaded, previewed, confirmed."""

import csv
import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

CSV, XLSX = "0", "1"


def csv_content(rows, *, encoding="utf-8-sig"):
    """Rows of dicts as the bytes of a CSV file."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx_content(rows, *, sheet="データ", before=()):
    """Rows of dicts as the bytes of a workbook; `before` names other sheets in front of theirs."""
    book = openpyxl.Workbook()
    book.active.title = (*before, sheet)[0]
    for name in (*before, sheet)[1:]:
        book.create_sheet(name)
    page = book[sheet]
    page.append(list(rows[0]))
    for row in rows:
        page.append(list(row.values()))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table_of(response):
    """The rows of an exported file as dicts of text."""
    content = response.content
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    headings, *rows = openpyxl.load_workbook(io.BytesIO(content))["データ"].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def preview(client, address, content, *, kind=CSV):
    """The answer to an upload: complaints, or a preview with the form that confirms it."""
    upload = SimpleUploadedFile("rows.csv" if kind == CSV else "rows.xlsx", content)
    return client.post(f"{address}import/", {"resource": "0", "format": kind, "import_file": upload})


def confirm(client, address, seen, **changes):
    """Confirms what was seen; `changes` are what somebody might tamper with."""
    fields = {**seen.context["confirm_form"].initial, "resource": "0", **changes}
    return client.post(f"{address}process_import/", fields, follow=True)


def take_in(client, address, content, *, kind=CSV):
    return confirm(client, address, preview(client, address, content, kind=kind))


def export(client, address, *, kind=CSV, query=""):
    return client.post(f"{address}export/{query}", {"resource": "0", "format": kind})


def complaints(response):
    """(row of the file, heading, words) of everything that stops an upload."""
    result = response.context["result"]
    words = [(1, "", str(error.error)) for error in result.base_errors]
    for row in result.invalid_rows:
        words += [
            (row.number + 1, heading, text) for heading, texts in row.error_dict.items() for text in texts
        ]
    return words
