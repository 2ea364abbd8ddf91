from django.urls import path

from chungtay.decisions import letter_views, views

app_name = "decisions"
urlpatterns = [
    path("", views.list_decisions, name="list"),
    path("du-thao/<slug:award>/", views.draft, name="draft"),
    path("trinh/<slug:award>/", views.forward, name="forward"),
    path("to-trinh/", letter_views.list_letters, name="letters"),
    path("to-trinh/<row:pk>/", letter_views.letter, name="letter"),
    path("to-trinh/<row:pk>/tep/", letter_views.letter_file, name="letter_file"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/ky/", views.sign, name="sign"),
    path("<row:pk>/bo/<row:listing_pk>/", views.take_off, name="take_off"),
    path("<row:pk>/tep/<slug:what>/", views.file, name="file"),
    path("khen-thuong/<row:pk>/", views.award, name="award"),
    path("khen-thuong/<row:pk>/dinh-chinh/", views.correct, name="correct"),
    path("khen-thuong/<row:pk>/thu-hoi/", views.withdraw, name="withdraw"),
]
