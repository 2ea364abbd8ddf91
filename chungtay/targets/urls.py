"""Addresses of targets, below /chi-tieu/."""

from django.urls import path

from chungtay.targets import export_views, input_views, views

app_name = "targets"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("dia-ban/<slug:key>/", views.overview, name="of_place"),
    path("dia-ban/<slug:key>/xuat/", export_views.overview, name="export_overview"),
    path("dia-ban/<slug:key>/nam/<int:year>/", views.year, name="year"),
    path("dia-ban/<slug:key>/nam/<int:year>/xuat/", export_views.year, name="export_year"),
    path("dia-ban/<slug:key>/thu-nhap/", input_views.survey, name="survey"),
    path("dia-ban/<slug:key>/ha-tang/", input_views.infrastructure, name="infrastructure"),
    path("<slug:goal>/<slug:key>/", views.goal, name="goal"),
    path("<slug:goal>/<slug:key>/xuat/", export_views.goal, name="export_goal"),
    path("<slug:goal>/<slug:key>/giao/", input_views.assign, name="assign"),
]
