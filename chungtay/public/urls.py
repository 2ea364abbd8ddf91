"""Addresses that anybody may open. A certificate's own ends without a slash: so it is printed in the QR code."""

from django.urls import path

from chungtay.public import fund_views, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("cong-khai/ho-so/", views.dossier, name="dossier"),
    path("cong-khai/bang-khen/", views.certificate_help, name="certificate_help"),
    path("cong-khai/bang-khen/<str:token>/<str:signature>", views.certificate, name="certificate"),
    path("cong-khai/phong-trao/", views.movement, name="movement"),
    path("cong-khai/quy/", fund_views.funds, name="funds"),
    path("cong-khai/quy/<row:pk>/", fund_views.fund, name="fund"),
]
