import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.changes import ChangeRefused
from procurement.importing import ImportRefused
from procurement.importing.local_governments import import_local_governments
from procurement.models import ChangeKind, ChangeState


class Command(BaseCommand):
    help = "Compares the official list of local government codes with the register and proposes what differs."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="also confirm what is proposed")
        parser.add_argument(
            "--as-of",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day from which the list holds: bodies missing in it are abolished on that day",
        )

    def handle(self, **options):
        try:
            comparison, changes = import_local_governments(
                options["file"], apply=options["apply"], as_of=options["as_of"], by_name=_("管理コマンド")
            )
        except (ImportRefused, ChangeRefused) as error:
            raise CommandError(error) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(report(comparison, changes)))


def report(comparison, changes):
    yield _("一覧の{:,}団体を団体コードで照合しました（政令指定都市の区{:,}は対象外です）。").format(
        comparison.listed, comparison.wards
    )
    for change in changes:
        yield sentence_for(change)
    if not changes:
        yield _("変更はありません。")
    elif any(change.state == ChangeState.PROPOSED for change in changes):
        yield _(
            "候補はまだ登録していません。管理画面の「団体の変更」で確かめるか、--apply（廃止は --as-of 日付 も）で登録します。"
        )


def sentence_for(change):
    """What has become of it, or what it proposes."""
    said = SENTENCES[change.kind][change.state == ChangeState.CONFIRMED]
    return str(said).format(
        code=change.code,
        name=change.name,
        after=change.details.get("name", ""),
        successor=change.successor_code or _("不明"),
    )


SENTENCES = {
    ChangeKind.NEW: (gettext_lazy("新設の候補：{code} {name}"), gettext_lazy("追加しました：{code} {name}")),
    ChangeKind.RENAMED: (
        gettext_lazy("名称変更の候補：{code} {name} → {after}"),
        gettext_lazy("名称を変えました：{code} {name} → {after}"),
    ),
    ChangeKind.ABOLISHED: (
        gettext_lazy("一覧にない団体（廃止の候補）：{code} {name}（承継団体の候補：{successor}）"),
        gettext_lazy("廃止しました：{code} {name}（承継団体：{successor}）"),
    ),
}
"""For each kind what is proposed, and what is done."""
