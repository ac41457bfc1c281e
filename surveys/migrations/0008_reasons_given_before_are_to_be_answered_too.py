"""The reasons of answers that are handed back just now lay in their events; they become remarks, so that the
pages go on showing them and they can be answered."""

from django.db import migrations

HANDED_BACK = ("return_for_correction", "reopen")


def write_down(apps, schema_editor):
    Submission, Remark = apps.get_model("surveys", "Submission"), apps.get_model("surveys", "Remark")
    for submission in Submission.objects.filter(state="returned", remarks=None):
        events = apps.get_model("surveys", "Event").objects.filter(submission=submission)
        returned = events.filter(verb__in=HANDED_BACK).order_by("-id").first()
        if returned:
            reasons = _reasons(events.select_related("entry"), returned)
            Remark.objects.bulk_create(Remark(returned=returned, **_told(reason)) for reason in reasons)
            Remark.objects.filter(returned=returned).update(at=returned.at)


def _reasons(events, returned):
    """The event of the return, if it says why, and those of its reasons on entries: written just before it."""
    before = events.filter(id__lt=returned.id).order_by("id")
    move = before.exclude(to_state="").last()
    on_entries = before.filter(verb="remark", id__gt=move.id if move else 0)
    return [reason for reason in (returned, *on_entries) if reason.comment]


def _told(event):
    return {
        "submission_id": event.submission_id,
        "entry_id": event.entry_id,
        "entry_name": _name(event) if event.verb == "remark" else "",
        "text": event.comment,
        "by_id": event.by_id,
        "by_name": event.by_name,
    }


def _name(event):
    entry = event.entry
    if entry is None:
        return event.subject
    return entry.name or f"（案件名なし）{entry.number}"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_a_new_entry_is_made_once")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
