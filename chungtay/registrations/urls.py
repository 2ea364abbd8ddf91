"""Addresses of registrations, below /dang-ky/."""

from django.urls import path

from chungtay.registrations import views

app_name = "registrations"
urlpatterns = [
    path("", views.listing, name="list"),
    path("moi/", views.choose, name="choose"),
    path("moi/<row:party>/", views.register, name="register"),
    path("thoat-ngheo/", views.own_wish, name="own_wish"),
    path("nhieu-ho/", views.register_many, name="register_many"),
    path("nhieu-ho/ket-qua/", views.outcome, name="outcome"),
    path("cua/<row:party>/", views.of_party, name="of_party"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/rut/", views.withdraw, name="withdraw"),
    path("<row:pk>/in/", views.pact, name="pact"),
]
