"""JSON with everything that belongs to the data beside them."""

import json

from ..metadata import definitions_for, metadata


def json_parts(table, edition):
    """The file in parts: what it is about first, then `data`, a record at a time."""
    about = json.dumps(description(table, edition), ensure_ascii=False, indent=1)
    yield about.removesuffix("\n}") + ',\n "data": ['
    separator = "\n"
    for record in table.records():
        yield separator + "  " + json.dumps(record, ensure_ascii=False)
        separator = ",\n"
    yield "\n ]\n}\n"


def description(table, edition):
    return {
        "dataset": table.name,
        "title": table.title,
        "description": table.description,
        **metadata(edition),
        "fields": [described(field, edition) for field in table.fields],
        "definitions": definitions_for(table.definitions),
    }


def described(field, edition):
    """A row of the field dictionary."""
    return {
        "name": field.name,
        "label": str(field.label),
        "type": field.type,
        "unit": str(field.unit) or None,
        "code_list": field.code_list or None,
        "definition": field.definition.number if field.definition else None,
        "note": field.note(edition) or None,
    }
