from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.management.arguments import day
from surveys.notifications.reminders import remind
from surveys.notifications.sending import send_overdue


class Command(BaseCommand):
    help = "Once a day: mails openings and reminders that are due, and tries again what could not be sent."

    def add_arguments(self, parser):
        parser.add_argument("--today", type=day, help="as if it were this day (2026-11-16)")

    def handle(self, **options):
        overdue = send_overdue()
        for told in remind(options["today"] or timezone.localdate()):
            self.stdout.write(
                _("{survey}：開始のお知らせ {openings}通、回答期限のお知らせ {reminders}通。").format(
                    survey=told.survey, openings=told.openings, reminders=told.reminders
                )
            )
        self.stdout.write(_("もう一度送ることにしたメール：{count}通。").format(count=overdue))
