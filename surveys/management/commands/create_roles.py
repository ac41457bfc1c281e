from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from surveys.roles import grant_all


class Command(BaseCommand):
    help = "Makes the secretariat's groups and gives each exactly the permissions it needs in the admin."

    @transaction.atomic
    def handle(self, **options):
        for group, changed in grant_all():
            outcome = _("権限を設定しました。") if changed else _("変更はありません。")
            self.stdout.write(_("グループ「{group}」：{outcome}").format(group=group, outcome=outcome))
