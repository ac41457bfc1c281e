"""What the secretariat may do in the admin; prefecture staff have no permission there at all."""

from django.contrib.auth.models import Group, Permission

SECRETARIAT = "事務局"
VIEWERS = "事務局（閲覧のみ）"
PUBLISHERS = "公表の担当"
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
    "surveys.remarktemplate": ("view", "add", "change", "delete", "import", "export"),
    "surveys.event": ("view", "export"),
    "surveys.mail": ("view", "change"),
    "surveys.plan": ("view",),
    "surveys.previewpass": ("view",),
    "surveys.previewview": ("view",),
    "surveys.upload": ("view",),
    "surveys.invitation": ("view", "add", "change"),
    "surveys.signin": ("view",),
}
"""Model → actions. Users and groups are the superuser's business; what is published nobody changes.

Who may invite (`invitation`) invites people of a prefecture, and ends their access.
"""
LOOKING = dict.fromkeys(PERMISSIONS, ("view",))
ROLES = {
    SECRETARIAT: PERMISSIONS,
    VIEWERS: LOOKING,
    PUBLISHERS: {**LOOKING, "surveys.survey": ("view", "publish")},
}
"""Group → its permissions. The one who publishes need not be one who reviews."""


def grant_all():
    """Makes the groups and sets exactly their permissions; yields (group, whether that changed anything)."""
    for name, permissions in ROLES.items():
        group, _is_new = Group.objects.get_or_create(name=name)
        yield group, grant(group, permissions)


def grant_secretariat(group):
    return grant(group, PERMISSIONS)


def grant(group, permissions):
    """Sets exactly these permissions; whether that changed anything."""
    wanted = {permission.pk for permission in _named(permissions)}
    held = set(group.permissions.values_list("pk", flat=True))
    group.permissions.set(wanted)
    return wanted != held


def _named(permissions):
    """`Permission.DoesNotExist` if the table names one that no model has."""
    for label, actions in permissions.items():
        app, model = label.split(".")
        for action in actions:
            yield Permission.objects.get(content_type__app_label=app, codename=f"{action}_{model}")
