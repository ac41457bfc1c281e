"""What an error report may show."""

from django.views.debug import SafeExceptionReporterFilter


class WithoutValuesFilter(SafeExceptionReporterFilter):
    """Keeps what people sent and what variables held out of error reports: both can be amounts."""

    def is_active(self, request):
        return True

    def get_post_parameters(self, request):
        posted = getattr(request, "POST", None) or {}
        return dict.fromkeys(posted, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request, tb_frame):
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
