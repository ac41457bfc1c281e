"""Taking a checked workbook in: through the same door as the form, all of it or nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from surveys.editing import save_entry
from surveys.workflow import Refused


@transaction.atomic
def apply(plan, *, by=None):
    """Saves what is new or changed; entries that the file does not name stay.

    Refused while the plan has errors, or where somebody changed an entry since the check.
    """
    if plan.errors:
        raise Refused(
            _("%(count)s個のセルを直す必要があるため、取り込んでいません。") % {"count": len(plan.errors)}
        )
    for proposal in (*plan.new, *plan.changed):
        _save(proposal, by=by)


def _save(proposal, *, by):
    version = proposal.stored.version if proposal.stored else None
    try:
        save_entry(proposal.entry, participants=proposal.participants, by=by, expected_version=version)
    except ValidationError as error:
        place = proposal.addresses["number"]
        raise Refused(f"{place} {' '.join(error.messages)}") from error
