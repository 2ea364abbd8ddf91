"""Addresses below /quy/."""

from django.urls import path

from chungtay.ledger import views, writing_views

app_name = "ledger"
urlpatterns = [
    path("", views.list_funds, name="list"),
    path("mo/", writing_views.open_fund, name="open"),
    path("but-toan/<row:pk>/", views.transfer, name="transfer"),
    path("but-toan/<row:pk>/dao/", writing_views.counter, name="counter"),
    path("but-toan/<row:pk>/chung-tu/", views.evidence, name="evidence"),
    path("<row:pk>/", views.book, name="book"),
    path("<row:pk>/xuat/", views.export, name="export"),
    path("<row:pk>/thu/", writing_views.pay_in, name="pay_in"),
    path("<row:pk>/chi/", writing_views.pay_out, name="pay_out"),
    path("<row:pk>/chuyen/", writing_views.move, name="move"),
    path("<row:pk>/dong/", writing_views.close, name="close"),
]
