"""The addresses of the preview: one that an outsider is given, and below a survey's number every public one."""

from django.urls import path

from . import views

app_name = "preview"
urlpatterns = [
    path("pass/<str:token>/", views.enter, name="enter"),
    path("<int:pk>/", views.page, name="front"),
    path("<int:pk>/<path:public>", views.page, name="page"),
]
