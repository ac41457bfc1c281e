"""What the secretariat may do in the admin; prefecture staff have no permission there at all."""

from django.contrib.auth.models import Permission

SECRETARIAT = "事務局"
PERMISSIONS = {
    "procurement.localgovernment": ("view", "add", "change", "import", "export"),
    "procurement.localgovernmentchange": ("view", "change"),
    "procurement.localgovernmentstatistics": ("view", "add", "change", "import", "export"),
    "procurement.systemtype": ("view", "add", "change", "import", "export"),
    "procurement.edition": ("view",),
    "procurement.jointprocurement": ("view",),
    "surveys.survey": ("view", "add", "change", "publish"),
    "surveys.submission": ("view", "change"),
    "surveys.entry": ("view", "import", "export"),
    "surveys.event": ("view",),
    "surveys.mail": ("view", "change"),
    "surveys.upload": ("view",),
}
"""Model → actions. People and groups are the superuser's business; what is published nobody changes."""


def grant_secretariat(group):
    """Sets exactly these permissions; whether that changed anything."""
    wanted = {permission.pk for permission in _permissions()}
    held = set(group.permissions.values_list("pk", flat=True))
    group.permissions.set(wanted)
    return wanted != held


def _permissions():
    """`Permission.DoesNotExist` if the table names one that no model has."""
    for label, actions in PERMISSIONS.items():
        app, model = label.split(".")
        for action in actions:
            yield Permission.objects.get(content_type__app_label=app, codename=f"{action}_{model}")
