"""Addresses of registrations, below /dang-ky/."""

from django.urls import path

from chungtay.registrations import views

app_name = "registrations"
urlpatterns = [
    path("", views.listing, name="list"),
    path("moi/", views.choose, name="choose"),
    path("moi/<int:party>/", views.register, name="register"),
    path("thoat-ngheo/", views.own_wish, name="own_wish"),
    path("nhieu-ho/", views.register_many, name="register_many"),
    path("nhieu-ho/ket-qua/", views.outcome, name="outcome"),
    path("cua/<int:party>/", views.of_party, name="of_party"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/rut/", views.withdraw, name="withdraw"),
    path("<int:pk>/in/", views.pact, name="pact"),
]
