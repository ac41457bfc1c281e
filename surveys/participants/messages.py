"""What happens to the participants, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.words import joined

MOST_REMOVED_NAMED = 10


def message_for(search, bodies, pasted):
    """What has happened, for people who do not see it: read out in `role=status`."""
    parts = [*_of_lines(pasted), count_message(len(bodies))]
    if search.query:
        found = len(search.bodies) + search.more
        message = ngettext("%(count)s団体が見つかりました。", "%(count)s団体が見つかりました。", found)
        parts.insert(0, message % {"count": found})
    if search.ticked:
        parts.append(
            _("名前の一致した団体にチェックを付けました。「チェックした団体を加える」を押してください。")
        )
    return " ".join(parts)


def _of_lines(pasted):
    """How the pasted lines were understood."""
    if pasted.lines:
        words = {"read": len(pasted.codes), "unclear": len(pasted.unclear)}
        yield _("%(read)s行を団体として読みました。確かめる行は%(unclear)s行です。") % words


def unclear_message(pasted):
    """What a save could not take of the pasted lines; "" if nothing."""
    if not pasted.unclear:
        return ""
    lines = joined(line.text for line in pasted.unclear[:MOST_REMOVED_NAMED])
    words = {"count": len(pasted.unclear), "lines": lines}
    return _("貼り付けた行のうち%(count)s行は、団体が分からないため加えていません：%(lines)s。") % words


def count_message(count):
    words = ngettext("選んだ団体は%(count)s団体です。", "選んだ団体は%(count)s団体です。", count)
    return words % {"count": count}


def removed_message(before, after):
    """Which participants a save has removed; "" if none."""
    kept = {body.pk for body in after}
    removed = [body for body in before if body.pk not in kept]
    if not removed:
        return ""
    message = ngettext(
        "参加団体から%(count)s団体を外しました：%(names)s。",
        "参加団体から%(count)s団体を外しました：%(names)s。",
        len(removed),
    )
    if len(removed) > MOST_REMOVED_NAMED:
        message = _("参加団体から%(count)s団体を外しました：%(names)sなど。")
    return message % {"count": len(removed), "names": joined(removed[:MOST_REMOVED_NAMED])}


def unknown_message(codes):
    return _("登録されていない団体コードがあります：%(codes)s。団体名で探して選び直してください。") % {
        "codes": joined(code[:40] for code in codes[:20])
    }
