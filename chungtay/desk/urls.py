from django.urls import path

from chungtay.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("chuyen-ban/", views.switch, name="switch"),
    path("tim/", views.search, name="search"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-xem/", views.read_notices, name="read_notices"),
    path("nhat-ky/", views.journal_page, name="journal"),
    path("mau-giao-dien/", views.components, name="components"),
]
