"""The pages of prefecture staff."""

from django.urls import path

from .views import (
    accounts,
    autosave,
    carrying,
    entries,
    field_actions,
    fragments,
    homes,
    mail_settings,
    presence,
    preview,
    remarks,
    submitting,
    uploads,
    workbooks,
)

app_name = "surveys"
urlpatterns = [
    path("", homes.landing, name="landing"),
    path("people/", accounts.people, name="people"),
    path("mail/", mail_settings.mail_settings, name="mail_settings"),
    path("<int:year>/", homes.home, name="home"),
    path("<int:year>/nil-return/", homes.nil_return, name="nil_return"),
    path("<int:year>/entries/", homes.entries, name="entries"),
    path("<int:year>/entries/add/", entries.add, name="entry_add"),
    path("<int:year>/entries/<int:pk>/", entries.edit, name="entry"),
    path("<int:year>/entries/autosave/", autosave.autosave, name="autosave_new"),
    path("<int:year>/entries/<int:pk>/autosave/", autosave.autosave, name="autosave"),
    path("<int:year>/entries/<int:pk>/act/", field_actions.entry_action, name="entry_action"),
    path("<int:year>/entries/<int:pk>/beside/<slug:name>/", field_actions.beside, name="beside"),
    path("<int:year>/entries/<int:pk>/presence/", presence.presence, name="presence"),
    path("<int:year>/entries/<int:pk>/copy/", entries.copy, name="entry_copy"),
    path("<int:year>/entries/<int:pk>/delete/", entries.delete, name="entry_delete"),
    path("<int:year>/participants/", fragments.participants, name="participants"),
    path("<int:year>/preview/", fragments.preview, name="preview"),
    path("<int:year>/carry/", carrying.carry, name="carry"),
    path("<int:year>/workbook/", workbooks.workbook, name="workbook"),
    path("<int:year>/entries/<int:pk>/as-published/", preview.entry_preview, name="entry_preview"),
    path("<int:year>/as-published/", preview.preview_prefecture, name="preview_prefecture"),
    path("<int:year>/respond/", remarks.respond, name="respond"),
    path("<int:year>/excel/", uploads.excel, name="excel"),
    path("<int:year>/excel/<int:pk>/", uploads.upload, name="upload"),
    path("<int:year>/excel/<int:pk>/marked/", uploads.upload_marked, name="upload_marked"),
    path("<int:year>/check/", submitting.check, name="check"),
    path("<int:year>/check/withdraw/", submitting.withdraw, name="withdraw"),
    path("<int:year>/submit/", submitting.submit, name="submit"),
    path("<int:year>/receipt/", submitting.receipt, name="receipt"),
]
