"""An edition is withdrawn with a notice that stands in its place. Its rows stay; no page, file or resource shows them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.models import Edition, Withdrawal

from .models import Survey, Verb
from .workflow import Refused, record


@transaction.atomic
def withdraw(edition, *, notice, name, by=None):
    """Takes an edition out of public view from now on; `name` is what the person typed to confirm which one.

    The newest edition that stands is then shown by default; a correction is a new revision with the next
    number. Returns the withdrawal, which cannot be taken back.
    """
    if not (by is None or (by.is_active and by.has_perm("surveys.publish_survey"))):
        raise Refused(_("版を取り下げる権限がありません。"))
    if not notice.strip():
        raise Refused(_("取下げのお知らせを書いてください。版のあった場所に示します。"))
    if name.strip() != edition.name:
        raise Refused(
            _("取り下げる版の名前（%(name)s）を、そのまま入れてください。") % {"name": edition.name}
        )
    locked = _locked(edition)
    if not locked.is_standing:
        raise Refused(_("%(edition)sは、すでに取り下げられています。") % {"edition": locked.name})
    withdrawal = Withdrawal.objects.create(
        edition=locked, notice=notice.strip(), at=timezone.now(), by_name=str(by) if by else ""
    )
    record(None, Verb.WITHDRAW_EDITION, subject=locked.name, by=by, comment=withdrawal.notice)
    return withdrawal


def _locked(edition):
    """The edition as it is now. The lock of its survey is the one that publishing holds too."""
    list(Survey.objects.select_for_update().filter(fiscal_year=edition.fiscal_year).values_list("pk"))
    return Edition.objects.select_for_update().get(pk=edition.pk)
