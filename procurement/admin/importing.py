"""Import and export in the admin: all rows or none, confirmed by whoever saw the preview."""

import datetime

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.results import RowResult

from procurement.resources.formats import CSV, XLSX, Unreadable

from .uploads import SECONDS, UploadStorage


class UploadForm(ImportForm):
    """Works without scripts: the kind of file is chosen by hand."""

    media = forms.Media()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label_fields(self)


class DownloadForm(ExportForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label_fields(self)


class ConfirmForm(ConfirmImportForm):
    """`owner` is who uploaded what: only they confirm it, and only a file they uploaded.

    `seen_at` is when the preview was made, once the form is valid.
    """

    format = forms.ChoiceField(choices=[("0", "CSV"), ("1", "Excel")], widget=forms.HiddenInput)
    seen_at = None

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = owner

    def clean_import_file_name(self):
        try:
            name, seen_at = signing.loads(
                self.cleaned_data["import_file_name"], salt=self.owner, max_age=SECONDS
            )
        except signing.BadSignature as error:
            raise ValidationError(_("確認の期限が切れました。ファイルをもう一度選んでください。")) from error
        self.seen_at = datetime.datetime.fromisoformat(seen_at)
        return name


def label_fields(form):
    """The library's two visible fields in our words and look."""
    for name, label, css in (("format", _("形式"), "kc-select"), ("import_file", _("ファイル"), "kc-input")):
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs["class"] = css


class ImportExportAdmin(ImportExportMixin, admin.ModelAdmin):
    formats = [CSV, XLSX]
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    export_form_class = DownloadForm
    tmp_storage_class = UploadStorage

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        if "confirm_form" not in response.context_data:
            self._forget_upload(response.context_data["form"])
        return response

    def process_import(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "import_file_name" not in request.POST:
            return HttpResponseRedirect("../import/")
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.error(
                request, _("このファイルはすでに取り込まれたか、期限が切れました。もう一度選んでください。")
            )
            return HttpResponseRedirect("../import/")

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            return self._refused(result, request)
        return super().process_result(result, request)

    def get_import_data_kwargs(self, **kwargs):
        return {"rollback_on_validation_errors": True}

    def get_confirm_form_kwargs(self, request, import_form=None):
        return {**super().get_confirm_form_kwargs(request, import_form), "owner": self._owner(request)}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if initial:
            seen = [initial["import_file_name"], timezone.now().isoformat()]
            initial["import_file_name"] = signing.dumps(seen, salt=self._owner(request))
        return initial

    def add_data_read_fail_error_to_form(self, form, e):
        known = isinstance(e, Unreadable)
        form.add_error(
            "import_file", str(e) if known else _("ファイルが読めません。形式を確かめてください。")
        )

    def add_success_message(self, result, request):
        new, changed = result.totals[RowResult.IMPORT_TYPE_NEW], result.totals[RowResult.IMPORT_TYPE_UPDATE]
        text = ngettext(
            "取り込みました：追加%(new)s件、変更%(changed)s件、変更なし%(same)s件。",
            "取り込みました：追加%(new)s件、変更%(changed)s件、変更なし%(same)s件。",
            new + changed,
        )
        counts = {"new": new, "changed": changed, "same": result.totals[RowResult.IMPORT_TYPE_SKIP]}
        messages.success(request, text % counts)

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.opts.model_name}_{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"

    def _owner(self, request):
        return f"{self.opts.label} {request.user.pk}"

    def _forget_upload(self, form):
        """Nothing of a refused file stays behind."""
        upload = getattr(form, "cleaned_data", {}).get("import_file")
        if getattr(upload, "tmp_storage_name", None):
            UploadStorage(name=upload.tmp_storage_name).remove()

    def _refused(self, result, request):
        """Someone changed something between preview and confirmation: nothing was written."""
        messages.error(request, _("1件も取り込みませんでした。次のところを直して、もう一度選んでください。"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("取り込み"),
            "opts": self.opts,
            "form": self.create_import_form(request),
            "result": result,
        }
        return TemplateResponse(request, self.import_template_name, context)
