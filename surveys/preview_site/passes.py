"""Who may look: the secretariat, and named outsiders with a signed address until it expires or is revoked.

The address holds the number of the pass and a signature, nothing else; every page asks the table again.
"""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import PreviewPass
from ..workflow import Refused

SALT = "surveys.preview_site"


@dataclass(frozen=True)
class Viewer:
    """Who looks, and by which pass (`None` for somebody who is signed in)."""

    name: str
    preview_pass: PreviewPass | None = None


def make_pass(survey, *, name, expires_at, by):
    """Lets a named outsider look until then. `Refused` without a name or for a time that has passed."""
    if not name.strip():
        raise Refused(_("見る人の名前を書いてください。"))
    if expires_at <= timezone.now():
        raise Refused(_("有効期限は、いまより後にしてください（日本時間）。"))
    return PreviewPass.objects.create(
        survey=survey, name=name.strip(), expires_at=expires_at, by_name=str(by) if by else ""
    )


def revoke(preview_pass):
    """From now on the pass opens nothing; revoking twice keeps the first time."""
    PreviewPass.objects.filter(pk=preview_pass.pk, revoked_at=None).update(revoked_at=timezone.now())


def token_for(preview_pass):
    return signing.Signer(salt=SALT).sign(str(preview_pass.pk))


def address_for(preview_pass):
    return reverse("preview:enter", args=[token_for(preview_pass)])


def pass_for(token):
    """The pass of a token, while it is good; `None` for one that was tampered with, has expired or was revoked."""
    try:
        pk = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    good = PreviewPass.objects.filter(revoked_at=None, expires_at__gt=timezone.now())
    return good.filter(pk=pk).select_related("survey").first()


def cookie_name(survey_pk):
    return f"preview-{survey_pk}"


def viewer_of(request, survey):
    """Who looks, or `None` for somebody who may not."""
    if request.user.is_authenticated and request.user.is_secretariat:
        return Viewer(str(request.user))
    found = pass_for(request.COOKIES.get(cookie_name(survey.pk), ""))
    return Viewer(found.name, found) if found and found.survey_id == survey.pk else None
