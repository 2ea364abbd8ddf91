"""Addresses of the register of parties, below /doi-tuong/."""

from django.urls import path

from chungtay.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.listing, name="list"),
    path("moi/", views.register, name="register"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", views.correct, name="correct"),
    path("<int:pk>/ky-luat/", views.put_on_record, name="put_on_record"),
    path("<int:pk>/ky-luat/<int:discipline>/het-hieu-luc/", views.lift, name="lift"),
]
