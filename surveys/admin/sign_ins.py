"""Every sign-in and every failure, to look at."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.admin.keeping import ReadOnlyAdmin
from surveys.models import SignIn
from surveys.people.browsers import in_words


@admin.register(SignIn)
class SignInAdmin(ReadOnlyAdmin):
    list_display = ("at", "who", "place", "outcome", "ip", "browser")
    list_filter = ("succeeded", "second_factor", "user__prefecture_code")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__last_name", "user__first_name", "username", "ip")
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "at"
    fields = ("at", "who", "place", "outcome", "ip", "browser", "user_agent")

    @admin.display(description=gettext_lazy("利用者"))
    def who(self, sign_in):
        return sign_in.user or _("登録のないユーザー名（%(hint)s）") % {"hint": sign_in.username}

    @admin.display(description=gettext_lazy("所属"))
    def place(self, sign_in):
        if sign_in.user is None:
            return ""
        return sign_in.user.prefecture or _("事務局")

    @admin.display(description=gettext_lazy("結果"))
    def outcome(self, sign_in):
        if sign_in.succeeded:
            return _("成功")
        return _("失敗（確認コード）") if sign_in.second_factor else _("失敗（パスワード）")

    @admin.display(description=gettext_lazy("ブラウザー"))
    def browser(self, sign_in):
        return in_words(sign_in.user_agent)
