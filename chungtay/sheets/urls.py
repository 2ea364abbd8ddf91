"""Addresses of people's spreadsheets, below /bang-tinh/."""

from django.urls import path

from chungtay.sheets import return_views, row_views, views

app_name = "sheets"
urlpatterns = [
    path("", views.listing, name="list"),
    path("gui/<slug:name>/", views.send, name="send"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/tien-do/", views.progress, name="progress"),
    path("<row:pk>/chay-tiep/", views.go_on, name="go_on"),
    path("<row:pk>/cot/", views.columns, name="columns"),
    path("<row:pk>/cot/chon-lai/", views.choose_again, name="choose_again"),
    path("<row:pk>/nhan/", views.approve, name="approve"),
    path("<row:pk>/tra-lai/", return_views.give_back, name="give_back"),
    path("<row:pk>/tra-lai/chuan-bi/", return_views.prepare_back, name="prepare_back"),
    path("<row:pk>/tra-lai/tien-do/", return_views.return_progress, name="return_progress"),
    path("<row:pk>/ket-thuc/", views.close, name="close"),
    path("<row:pk>/bo/", views.withdraw, name="withdraw"),
    path("<row:pk>/dong/", row_views.rows, name="rows"),
    path("<row:pk>/dong/tra-loi/", row_views.answer, name="answer"),
    path("<row:pk>/dong/<row:place>/", row_views.row, name="row"),
]
