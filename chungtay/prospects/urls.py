"""Addresses below /xet-khen/."""

from django.urls import path

from chungtay.prospects import due_views, export_views, trying_views, views, watch_views

app_name = "prospects"
urlpatterns = [
    path("", due_views.show, name="due"),
    path("xuat/", export_views.export, name="export"),
    path("tinh/", due_views.count, name="count"),
    path("tinh/<row:pk>/", due_views.progress, name="progress"),
    path("tinh/<row:pk>/chay-tiep/", due_views.go_on, name="go_on"),
    path("thu-muc/", trying_views.trying, name="trying"),
    path("sau-khen/", watch_views.watch, name="watch"),
    path("sau-khen/<row:pk>/<slug:cause>/", watch_views.take_on, name="take_on"),
    path("<row:pk>/", views.verdict, name="verdict"),
]
