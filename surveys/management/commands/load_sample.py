import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from procurement.models import Edition
from surveys.sample.loading import STEPS, load_sample, sample_is_loaded
from surveys.sample.people import DEFAULT_PASSWORD, role_of
from surveys.workflow import Refused


class Command(BaseCommand):
    help = "Fills an empty database with a made-up nation: editions, an open survey and logins."

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=450, help="about how many the newest edition has")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed gives the same nation")
        parser.add_argument("--password", default=DEFAULT_PASSWORD, help="of all sample logins")

    def handle(self, **options):
        if sample_is_loaded():
            self.stdout.write(_("サンプルデータはすでに入っています。何も変えていません。"))
            return
        with tqdm(total=STEPS, disable=None, file=sys.stderr) as bar:
            try:
                people = load_sample(
                    cases=options["cases"],
                    seed=options["seed"],
                    password=options["password"],
                    done=bar.update,
                )
            except Refused as error:
                raise CommandError(error) from error
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        for edition in Edition.objects.order_by("fiscal_year", "revision"):
            self.stdout.write(f"{edition.name}: {edition.cases.count()}")
        self._print_logins(people.values(), options["password"])

    def _print_logins(self, people, password):
        self.stdout.write(_("サンプルの利用者（パスワードはすべて {password}）").format(password=password))
        for user in people:
            self.stdout.write(f"  {user.username:<12}{role_of(user)}")
