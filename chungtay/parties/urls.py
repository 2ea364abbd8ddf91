"""Addresses of the register of parties, below /doi-tuong/."""

from django.urls import path

from chungtay.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.listing, name="list"),
    path("moi/", views.register, name="register"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/sua/", views.correct, name="correct"),
    path("<row:pk>/ky-luat/", views.put_on_record, name="put_on_record"),
    path("<row:pk>/ky-luat/<row:discipline>/het-hieu-luc/", views.lift, name="lift"),
]
