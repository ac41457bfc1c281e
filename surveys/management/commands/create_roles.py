from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from surveys.roles import SECRETARIAT, grant_secretariat


class Command(BaseCommand):
    help = "Gives the secretariat's group exactly the permissions it needs in the admin."

    @transaction.atomic
    def handle(self, **options):
        group, _created = Group.objects.get_or_create(name=SECRETARIAT)
        changed = grant_secretariat(group)
        outcome = _("権限を設定しました。") if changed else _("変更はありません。")
        self.stdout.write(_("グループ「{group}」：{outcome}").format(group=group, outcome=outcome))
