"""What search engines and data catalogues read: schema.org Dataset and DCAT as JSON-LD."""

from django.conf import settings
from django.utils.translation import get_language

from ..addresses import address_of
from ..downloads import DATASETS, EXTENSIONS, FIELDS
from ..downloads.views import CONTENT_TYPES
from ..metadata import LICENCE_URL, PUBLISHER, SAMPLE_NOTICE, SOURCE


def dataset_description(selection):
    """One Dataset of the edition, typed for both vocabularies, with every file as a distribution."""
    edition = selection.edition
    return {
        "@context": {"@vocab": "https://schema.org/", "dcat": "http://www.w3.org/ns/dcat#"},
        "@type": ["Dataset", "dcat:Dataset"],
        "@id": _absolute(address_of("data", edition=edition.name)),
        "name": f"{PUBLISHER} {edition.name}",
        "description": str(SAMPLE_NOTICE if edition.is_sample else SOURCE),
        "version": edition.name,
        "inLanguage": get_language(),
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": str(PUBLISHER)},
        "dateModified": edition.published_at.date().isoformat(),
        "datePublished": edition.published_at.date().isoformat(),
        "temporalCoverage": edition.as_of.isoformat(),
        "spatialCoverage": {"@type": "Country", "name": "JP"},
        "variableMeasured": [str(field.label) for field in FIELDS],
        "distribution": [
            _distribution(dataset, extension, edition) for dataset in DATASETS for extension in EXTENSIONS
        ],
    }


def _distribution(dataset, extension, edition):
    address = address_of("dataset", dataset.name, extension, edition=edition.name)
    return {
        "@type": ["DataDownload", "dcat:Distribution"],
        "name": str(dataset.title),
        "description": str(dataset.description),
        "encodingFormat": CONTENT_TYPES[extension].partition(";")[0],
        "contentUrl": _absolute(address),
    }


def _absolute(address):
    return settings.BASE_URL + address
