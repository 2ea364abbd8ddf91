from django.urls import path

from chungtay.decisions import letter_views, money_views, views

app_name = "decisions"
urlpatterns = [
    path("", views.list_decisions, name="list"),
    path("du-thao/<slug:award>/", views.draft, name="draft"),
    path("trinh/<slug:award>/", views.forward, name="forward"),
    path("to-trinh/", letter_views.list_letters, name="letters"),
    path("to-trinh/<row:pk>/", letter_views.letter, name="letter"),
    path("to-trinh/<row:pk>/tep/", letter_views.letter_file, name="letter_file"),
    path("quy-khen-thuong/", money_views.fund, name="fund"),
    path("quy-khen-thuong/trich/", money_views.allot, name="allot"),
    path("kho/", money_views.stock, name="stock"),
    path("kho/ghi/", money_views.write_stock, name="write_stock"),
    path("kho/<row:pk>/", money_views.least, name="least"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/chi-thuong/", money_views.payments, name="payments"),
    path("<row:pk>/chi-thuong/in/", money_views.payment_sheet, name="payment_sheet"),
    path("<row:pk>/chi-thuong/xuat/", money_views.payment_export, name="payment_export"),
    path("<row:pk>/chi-thuong/giao/", money_views.hand_over, name="hand_over"),
    path("<row:pk>/ky/", views.sign, name="sign"),
    path("<row:pk>/bo/<row:listing_pk>/", views.take_off, name="take_off"),
    path("<row:pk>/tep/<slug:what>/", views.file, name="file"),
    path("khen-thuong/<row:pk>/", views.award, name="award"),
    path("khen-thuong/<row:pk>/dinh-chinh/", views.correct, name="correct"),
    path("khen-thuong/<row:pk>/thu-hoi/", views.withdraw, name="withdraw"),
    path("khen-thuong/<row:pk>/nop-lai/", money_views.recover, name="recover"),
]
