from django.urls import path

from chungtay.places import views

app_name = "places"
urlpatterns = [
    path("", views.list_places, name="list"),
    path("<slug:key>/", views.detail, name="detail"),
]
