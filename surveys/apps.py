from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("調査")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .people import sign_ins  # models are ready only now

        sign_ins.listen()
