"""Addresses of seats and delegation, below /phan-cong/."""

from django.urls import path

from chungtay.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.seats, name="seats"),
    path("<row:pk>/uy-quyen/", views.delegate, name="delegate"),
    path("<row:pk>/thoi-uy-quyen/", views.end_delegation, name="end_delegation"),
    path("ban/", views.desks, name="desks"),
    path("ban/<row:pk>/", views.desk, name="desk"),
    path("ban/<row:pk>/phan-cong/", views.give_seat, name="give_seat"),
    path("ban/<row:pk>/thoi/<row:seat>/", views.end_seat, name="end_seat"),
]
