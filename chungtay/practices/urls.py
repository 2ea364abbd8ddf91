"""Addresses of good models, below /mo-hinh/."""

from django.urls import path

from chungtay.practices import adoption_views, views

app_name = "practices"
urlpatterns = [
    path("", views.listing, name="list"),
    path("bang-tinh/", views.export, name="export"),
    path("moi/", views.choose, name="choose"),
    path("moi/<row:party>/", views.record, name="record"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/sua/", views.change, name="change"),
    path("<row:pk>/in/", views.sheet, name="sheet"),
    path("<row:pk>/tep/", views.file, name="file"),
    path("<row:pk>/kiem-tra/", views.check, name="check"),
    path("<row:pk>/pho-bien/", views.publish, name="publish"),
    path("<row:pk>/rut/", views.withdraw, name="withdraw"),
    path("<row:pk>/ap-dung/", adoption_views.adopt, name="adopt"),
    path("ap-dung/<row:pk>/tra-loi/", adoption_views.answer, name="answer"),
    path("ap-dung/<row:pk>/bo/", adoption_views.take_out, name="take_out"),
    path("ap-dung/<row:pk>/tep/", views.adoption_file, name="adoption_file"),
]
