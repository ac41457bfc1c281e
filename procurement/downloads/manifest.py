"""The manifest of an edition as a file."""

import json

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Manifest
from ..selection import edition_for


@require_safe
def manifest_file(request, name):
    """What an edition's files held when it was published; the same whatever language one reads."""
    edition = edition_for({"edition": name})
    manifest = Manifest.objects.filter(edition=edition).first()
    if manifest is None:
        raise Http404(_("この版には目録がありません。"))
    response = HttpResponse(manifest_json(manifest.content), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="manifest_{edition.name}.json"'
    patch_cache_control(response, no_cache=True, public=True)
    return response


def manifest_json(content):
    """The order of the keys is the file's own, whatever a database made of it."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
