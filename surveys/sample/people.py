"""Who can sign in to the sample: department desks, no persons."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from surveys.models import User
from surveys.roles import SECRETARIAT, grant_all

DEFAULT_PASSWORD = "kyodo-navi-2026"
"""Known to everyone who reads this; accepted only because `load_sample` refuses real data beside it."""

LOGINS = (
    {"username": "jimukyoku", "last_name": "事務局 担当", "is_staff": True},
    {"username": "admin", "last_name": "システム管理者", "is_staff": True, "is_superuser": True},
    {"username": "osaka", "last_name": "大阪府 担当", "prefecture_code": "27"},
    {"username": "osaka2", "last_name": "大阪府 担当（2人目）", "prefecture_code": "27"},
    {"username": "nagano", "last_name": "長野県 担当", "prefecture_code": "20"},
    {"username": "gifu", "last_name": "岐阜県 担当", "prefecture_code": "21"},
)


def create_people(password):
    """The users by name. ValidationError if the password is too weak for any of them."""
    users = [User(email=f"{login['username']}@example.jp", **login) for login in LOGINS]
    for user in users:
        validate_password(password, user)
    hashed = make_password(password)  # once: hashing is slow on purpose
    for user in users:
        user.password = hashed
        user.save()
    groups = {group.name: group for group, _changed in grant_all()}
    people = {user.username: user for user in users}
    people["jimukyoku"].groups.add(groups[SECRETARIAT])
    return people


def role_of(user):
    """How the table of logins describes a person."""
    if user.is_superuser:
        return _("管理者（すべての権限）")
    return _("事務局") if user.is_staff else f"{user.prefecture} {_('都道府県職員')}"
