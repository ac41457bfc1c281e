"""Plays three years of surveys, and begins a fourth, through the verbs that everyone uses."""

import random

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.models import Edition, LocalGovernment, SystemType
from surveys.models import Survey, User
from surveys.notifications import without_mails
from surveys.workflow import Refused

from .cases import draw_cases
from .nation import make_up_staff, places
from .open_year import begin_open_year
from .past_years import play_past_years
from .people import LOGINS, create_people
from .remark_templates import create_remark_templates
from .stock import read_types

STEPS = 6


def sample_is_loaded():
    return Survey.objects.filter(is_sample=True).exists()


@transaction.atomic
def load_sample(*, cases, seed, password, done=lambda: None):
    """The users by name. Refused beside real data; ValidationError for a weak password.

    Nobody gets a mail of it. `done` is called after each of the STEPS.
    """
    refuse_unless_empty()
    rng = random.Random(seed)
    people = create_people(password)
    done()
    nation = places()
    make_up_staff(rng)
    create_remark_templates()
    done()
    drawn = draw_cases(rng, count=cases, types=read_types(), places=nation)
    with without_mails():
        case_ids = play_past_years(drawn, people=people, done=done)
        begin_open_year(rng, drawn, case_ids, people=people, nation=nation)
    done()
    return people


def refuse_unless_empty():
    """Sample data never mix with real ones, and need the reference data."""
    if Survey.objects.filter(is_sample=False).exists() or Edition.objects.filter(is_sample=False).exists():
        raise Refused(_("実際の調査または公表した版があるため、サンプルデータは入れません。"))
    names = [login["username"] for login in LOGINS]
    if taken := User.objects.filter(username__in=names).values_list("username", flat=True).first():
        raise Refused(_("利用者「%(name)s」がすでにいるため、サンプルデータは入れません。") % {"name": taken})
    known = set(SystemType.objects.values_list("slug", flat=True))
    missing = [kind.slug for kind in read_types() if kind.slug not in known]
    if missing or not LocalGovernment.objects.exists():
        raise Refused(_("団体とシステムの種類がありません。先に load_reference を実行してください。"))
