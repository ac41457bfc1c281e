"""Pages about oneself that the sign-in library does not have."""

from django.urls import path

from .views import accounts, invitations

urlpatterns = [
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("sign-ins/", accounts.sign_ins, name="account_sign_ins"),
    path("session/", accounts.session_left, name="session_left"),
    path("unsent/", accounts.resend, name="resend"),
    path("2fa/done/", accounts.after_second_factor, name="mfa_done"),
]
