"""Addresses below /dong-gop/."""

from django.urls import path

from chungtay.contributions import act_views, giver_views, paper_views, settling_views, views

app_name = "contributions"
urlpatterns = [
    path("", views.listing, name="list"),
    path("moi/", views.choose, name="choose"),
    path("moi/ghi/", views.record, name="record"),
    path("bang-chu/", views.words, name="words"),
    path("cho-xac-nhan/", act_views.waiting, name="waiting"),
    path("muc/", settling_views.settled, name="settled"),
    path("muc/nhap/", settling_views.enter_threshold, name="enter_threshold"),
    path("muc/cach-tinh/", settling_views.choose_counting, name="choose_counting"),
    path("cua/<row:party>/", giver_views.giver, name="giver"),
    path("cua/<row:party>/trung/", giver_views.decide, name="decide"),
    path("cua/<row:party>/sao-ke/<int:year>/<slug:language>.pdf", giver_views.statement, name="statement"),
    path("trung/<row:pk>/go/", giver_views.undo, name="undo"),
    path("sao-ke/<str:token>/", giver_views.open_statement, name="open_statement"),
    path("but-toan/<row:pk>/", paper_views.of_transfer, name="of_transfer"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/chung-tu/", paper_views.attach, name="attach"),
    path("<row:pk>/chung-tu/<int:number>/", paper_views.paper, name="paper"),
    path("<row:pk>/nhan/", act_views.receive, name="receive"),
    path("<row:pk>/xac-nhan/", act_views.confirm, name="confirm"),
    path("<row:pk>/tu-choi/", act_views.refuse, name="refuse"),
    path("<row:pk>/rut/", act_views.withdraw, name="withdraw"),
    path("<row:pk>/dinh-chinh/", act_views.correct, name="correct"),
    path("<row:pk>/bien-nhan/<int:ordinal>/<slug:language>.pdf", giver_views.receipt, name="receipt"),
]
