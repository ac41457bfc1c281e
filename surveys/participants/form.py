"""The part of the entry form in which participants are chosen. Its buttons work without JavaScript."""

from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procurement.definitions.periods import month_for
from procurement.succession import Succession

from ..wording import ALL_MUNICIPALITIES
from .choosing import choice_of, codes_after
from .copying import codes_from, sources_for
from .messages import unknown_message
from .pasting import read_pasted
from .searching import Search, search
from .sets import SETS, areas, bodies_of

ADDING = frozenset({"add", "paste", "add_set", "copy_case"})
"""Buttons that bring bodies: after them nothing is searched for."""


class ChoosesParticipants:
    """For a form with an entry as its `instance`; `action` is the button that was pressed, `is_checked`
    whether it saves."""

    @property
    def own(self):
        return self.instance.submission.prefecture_code

    @property
    def query(self):
        return self.data.get("participant_query", "")

    @property
    def shown_query(self):
        """What stands in the search box; empty again once what was found has been added."""
        return "" if self.action == "add" else self.query

    @cached_property
    def choice(self):
        """The participants as they now stand in the form."""
        if self.is_bound:
            codes = [
                *codes_after(self.action, self.data.getlist("participants"), own=self.own),
                *self._added(),
            ]
        else:
            codes = [body.code for body in self.instance.participants.all()] if self.instance.pk else []
        return choice_of(codes, own=self.own, year=self.instance.submission.survey.statistics_year)

    def _added(self):
        """The codes that a button brings."""
        if self.action == "add_set":
            return self.chosen_set.values_list("code", flat=True)
        if self.action == "copy_case":
            return codes_from(self.data.get("copied_case", ""), self.instance)
        return self.pasted.codes

    @cached_property
    def pasted(self):
        """What the pasted lines say; read when asked for, and when saving, so that none is lost."""
        text = self.data.get("pasted", "") if self.action == "paste" or self.is_checked else ""
        return read_pasted(text, own=self.own, month=self.month)

    @property
    def shown_pasted(self):
        """What stands in the box for lines: those that were understood are gone."""
        return self.pasted.rest if self.action == "paste" else self.data.get("pasted", "")

    @property
    def month(self):
        """The month of introduction as it now stands in the form, if it can be read."""
        try:
            return (
                month_for(self.data.get("introduced_on", ""))
                if self.is_bound
                else self.instance.introduced_on
            )
        except ValueError:
            return None

    @cached_property
    def search(self):
        if self.action == "show_set":
            rest = self.chosen_set.exclude(code__in=self.choice.codes)
            label = SETS[self.data["set"]][0] if rest else ""
            return Search(query=str(label), bodies=tuple(rest))
        query = "" if self.action in ADDING or self.is_checked else self.query
        return search(query, own=self.own, year=self.choice.year, chosen=self.choice.codes)

    @property
    def bodies(self):
        """Everything that is ticked on the page: what is chosen, and what was found by its full name."""
        return [*self.choice.bodies, *self.search.ticked]

    @cached_property
    def figures(self):
        """The derived figures as they will be published."""
        return Succession(self.choice.year).figures_for(self.bodies)

    @property
    def chosen_set(self):
        return bodies_of(self.data.get("area", ""), self.data.get("set", ""), own=self.own)

    @property
    def areas(self):
        return areas(self.own)

    @property
    def sets(self):
        return [(value, label) for value, (label, _kinds) in SETS.items()]

    @cached_property
    def sources(self):
        return sources_for(self.instance)

    @property
    def gone(self):
        """(body, sentence) of each chosen one that no longer existed in the month of introduction."""
        month = self.month
        bodies = [
            body for body in self.choice.bodies if body.abolished_on and month and body.abolished_on <= month
        ]
        return [(body, _gone(body)) for body in bodies]

    @property
    def municipalities_button(self):
        return ALL_MUNICIPALITIES[self.instance.submission.prefecture.name.ja[-1]]

    @property
    def participants_error(self):
        """Codes that were sent and name no body are refused by name, whatever button was pressed."""
        return unknown_message(self.choice.unknown) if self.choice.unknown else ""


def _gone(body):
    words = {"name": body, "day": date_format(body.abolished_on, _("Y年n月j日")), "successor": body.successor}
    if body.successor is None:
        return (
            _("「%(name)s」は導入年月より前の%(day)sに廃止されているため、参加できません。外してください。")
            % words
        )
    message = _(
        "「%(name)s」は導入年月より前の%(day)sに廃止されているため、参加できません。承継団体は「%(successor)s」です。"
    )
    return message % words
