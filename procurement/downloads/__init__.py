"""Records and reports as files that machines can read."""

from .datasets import DATASETS, DATASETS_BY_NAME, Dataset
from .fields import FIELDS, FIELDS_BY_NAME, Field
from .manifest import manifest_file, manifest_json
from .views import EXTENSIONS, dataset_file, report_file, response_for

__all__ = [
    "DATASETS",
    "DATASETS_BY_NAME",
    "EXTENSIONS",
    "FIELDS",
    "FIELDS_BY_NAME",
    "Dataset",
    "Field",
    "dataset_file",
    "manifest_file",
    "manifest_json",
    "report_file",
    "response_for",
]
