"""Events as a file: one row each, with the words before and after. To take along, never to bring in."""

from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field

from procurement.resources.base import Resource
from procurement.resources.cells import Text

from .models import Entry, Event

COLUMNS = {
    "at": "日時",
    "subject": "対象",
    "survey": "年度",
    "prefecture": "都道府県コード",
    "verb": "操作",
    "from_state": "前の状態",
    "to_state": "後の状態",
    "by_name": "操作した人",
    "on_behalf": "事務局による代理",
    "comment": "理由・コメント",
    "changes": "変更の前と後",
}


def changes_in_words(event):
    """案件名：電子申請 → 電子申請システム; one field a line."""
    lines = ((_label(name), *words) for name, words in event.changes.items())
    return "\n".join(
        _("%(field)s：%(before)s → %(after)s")
        % {"field": label, "before": before or _("データなし"), "after": after or _("データなし")}
        for label, before, after in lines
    )


def _label(name):
    """What a field is called; its name, where there is no such field any more."""
    fields = {field.name: field for field in Entry._meta.get_fields()}
    return str(getattr(fields.get(name), "verbose_name", name))


class EventResource(Resource):
    class Meta:
        model = Event
        fields = ()

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = {name: Field(name, heading, Text()) for name, heading in COLUMNS.items()}

    @classmethod
    def with_answers(cls, events):
        return events.select_related("submission__survey")

    def dehydrate_at(self, event):
        return f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}"

    def dehydrate_survey(self, event):
        return str(event.submission.survey.fiscal_year) if event.submission else ""

    def dehydrate_prefecture(self, event):
        return event.submission.prefecture_code if event.submission else ""

    def dehydrate_verb(self, event):
        return event.get_verb_display()

    def dehydrate_from_state(self, event):
        return event.get_from_state_display()

    def dehydrate_to_state(self, event):
        return event.get_to_state_display()

    def dehydrate_on_behalf(self, event):
        return _("代理") if event.on_behalf else ""

    def dehydrate_changes(self, event):
        return changes_in_words(event)
