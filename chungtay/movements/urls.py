"""Addresses of movements, below /phong-trao/. Plans are public."""

from django.urls import path

from chungtay.movements import views

app_name = "movements"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:code>/", views.plan, name="plan"),
    path("<slug:code>/dot-xet/", views.rounds, name="rounds"),
]
