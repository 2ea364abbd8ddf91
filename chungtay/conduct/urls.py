"""Addresses of what units owed and did, below /viec-phai-lam/."""

from django.urls import path

from chungtay.conduct import boards, commitment_views, loan_views, pages, programme_views, views

app_name = "conduct"
urlpatterns = [
    path("", views.duties, name="duties"),
    path("bang-tinh/", views.export_duties, name="export_duties"),
    path("don-vi/", boards.board, name="board"),
    path("don-vi/bang-tinh/", boards.export_board, name="export_board"),
    path("giao/", boards.assign, name="assign"),
    path("<row:pk>/", views.duty, name="duty"),
    path("<row:pk>/nop/", views.hand_in, name="hand_in"),
    path("<row:pk>/sua/", views.correct_duty, name="correct_duty"),
    path("<row:pk>/thoi-giao/", views.take_back, name="take_back"),
    path("lan-nop/<row:pk>/xac-nhan/", views.confirm, name="confirm"),
    path("lan-nop/<row:pk>/tra-lai/", views.send_back, name="send_back"),
    path("von-vay/", loan_views.loans, name="loans"),
    path("von-vay/bang-tinh/", loan_views.export_loans, name="export_loans"),
    path("von-vay/moi/", loan_views.choose, name="choose_household"),
    path("von-vay/moi/<row:party>/", loan_views.enter_loan, name="enter_loan"),
    path("von-vay/<row:pk>/", loan_views.loan, name="loan"),
    path("von-vay/<row:pk>/dien-bien/", loan_views.follow, name="follow"),
    path("von-vay/<row:pk>/sua/", loan_views.correct_loan, name="correct_loan"),
    path("von-vay/<row:pk>/bo/", loan_views.take_out_loan, name="take_out_loan"),
    path("von-vay/dien-bien/<row:pk>/bo/", loan_views.unfollow, name="unfollow"),
    path("nghi-quyet/", programme_views.programmes, name="programmes"),
    path("nghi-quyet/bang-tinh/", programme_views.export_programmes, name="export_programmes"),
    path("nghi-quyet/moi/", programme_views.issue, name="issue"),
    path("nghi-quyet/<row:pk>/", programme_views.programme, name="programme"),
    path("nghi-quyet/<row:pk>/sua/", programme_views.correct_programme, name="correct_programme"),
    path("nghi-quyet/<row:pk>/bo/", programme_views.take_out_programme, name="take_out_programme"),
    path("cam-ket/", commitment_views.commitments, name="commitments"),
    path("cam-ket/bang-tinh/", commitment_views.export_commitments, name="export_commitments"),
    path("cam-ket/moi/", commitment_views.promise, name="promise"),
    path("cam-ket/<row:pk>/", commitment_views.commitment, name="commitment"),
    path("cam-ket/<row:pk>/sua/", commitment_views.correct_commitment, name="correct_commitment"),
    path("cam-ket/<row:pk>/bo/", commitment_views.take_out_commitment, name="take_out_commitment"),
    path("cam-ket/<row:pk>/ket-qua/", commitment_views.tell_result, name="tell_result"),
    path("cam-ket/ket-qua/<row:pk>/tra-loi/", commitment_views.answer, name="answer"),
    path("cam-ket/ket-qua/<row:pk>/bo/", commitment_views.take_out_result, name="take_out_result"),
    path("tep/<slug:what>/<row:pk>/", pages.file, name="file"),
]
