"""Makes the index of the words of cases anew, for example after the spelling of search has changed."""

from django.core.management.base import BaseCommand
from django.db import transaction

from procurement.models import CaseText, Edition, JointProcurement


class Command(BaseCommand):
    help = "Makes the index of the words of published cases anew; what is published stays as it is."

    def handle(self, *args, **options):
        for edition in Edition.objects.order_by("fiscal_year", "revision"):
            self.stdout.write(f"{edition.name}: {_index(edition)}")


@transaction.atomic
def _index(edition):
    """How many cases were indexed."""
    cases = JointProcurement.objects.in_edition(edition).prefetch_related("participations")
    CaseText.objects.filter(case__edition=edition).delete()
    texts = [CaseText.of(case, case.participations.all()) for case in cases]
    return len(CaseText.objects.bulk_create(texts, batch_size=500))
