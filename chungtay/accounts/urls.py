"""Addresses of seats and delegation, below /phan-cong/."""

from django.urls import path

from chungtay.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.seats, name="seats"),
    path("<int:pk>/uy-quyen/", views.delegate, name="delegate"),
    path("<int:pk>/thoi-uy-quyen/", views.end_delegation, name="end_delegation"),
    path("ban/", views.desks, name="desks"),
    path("ban/<int:pk>/", views.desk, name="desk"),
    path("ban/<int:pk>/phan-cong/", views.give_seat, name="give_seat"),
    path("ban/<int:pk>/thoi/<int:seat>/", views.end_seat, name="end_seat"),
]
