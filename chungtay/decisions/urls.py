from django.urls import path

from chungtay.decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.list_decisions, name="list"),
    path("du-thao/<slug:award>/", views.draft, name="draft"),
    path("trinh/<slug:award>/", views.forward, name="forward"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ky/", views.sign, name="sign"),
    path("<int:pk>/bo/<int:listing_pk>/", views.take_off, name="take_off"),
    path("<int:pk>/tep/<slug:what>/", views.file, name="file"),
    path("khen-thuong/<int:pk>/", views.award, name="award"),
    path("khen-thuong/<int:pk>/dinh-chinh/", views.correct, name="correct"),
    path("khen-thuong/<int:pk>/thu-hoi/", views.withdraw, name="withdraw"),
]
