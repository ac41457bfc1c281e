"""What would be published, kept for a moment so that the pages of one look need not gather it each time."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Sum
from django.utils import timezone

from procurement.models import Edition

from ..models import Entry
from ..publishing import Content
from ..rehearsal import content_now

KEEP = datetime.timedelta(seconds=30)
"""How old the content may be where no answer changed: reference data may have, and nothing here asks for them."""

_kept = {}


@dataclass(frozen=True)
class Kept:
    mark: tuple
    until: datetime.datetime
    content: Content


def kept_content(survey):
    """The content of the survey's next revision; gathered again as soon as an answer or an edition changed."""
    kept, mark = _kept.get(survey.pk), _mark(survey)
    if kept is None or kept.mark != mark or kept.until < timezone.now():
        kept = _kept[survey.pk] = Kept(mark, timezone.now() + KEEP, _gathered(survey))
    return kept.content


def _gathered(survey):
    """With all that is worked out from it, now rather than while a page holds the lock of the database."""
    content = content_now(survey)
    _worked_out = content.checksum, content.texts
    return content


def _mark(survey):
    answers = survey.submissions.order_by("pk").values_list("pk", "state", "version")
    entries = Entry.objects.filter(submission__survey=survey)
    editions = Edition.objects.aggregate(Count("pk"), Max("pk"))
    return (
        survey.statistics_year,
        survey.as_of,
        *survey.not_asked,
        *answers,
        *entries.aggregate(Count("pk"), Max("updated_at"), Sum("version")).values(),
        *editions.values(),
    )
