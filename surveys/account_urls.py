"""Pages about oneself that the sign-in library does not have."""

from django.urls import path

from .views import invitations

urlpatterns = [
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
]
