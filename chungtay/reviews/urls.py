"""Addresses of reviews, below /ra-soat/."""

from django.urls import path

from chungtay.reviews import (
    commune_views,
    correcting_views,
    household_views,
    meeting_views,
    report_views,
    request_paper_views,
    request_views,
    views,
)

app_name = "reviews"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("mo-dot/", views.open_round, name="open_round"),
    path("bang-diem/", views.point_sheets, name="point_sheets"),
    path("dot/<row:pk>/", views.round, name="round"),
    path("dot/<row:pk>/phe-duyet/", views.approve, name="approve"),
    path("dot/<row:pk>/khoa/", views.lock, name="lock"),
    path("dot/<row:pk>/bieu/<slug:form>/", report_views.report, name="report"),
    path("dot/<row:pk>/ho/", report_views.behind, name="behind"),
    path("xa/<row:pk>/", commune_views.commune, name="commune"),
    path("xa/<row:pk>/tong-so/", commune_views.totals, name="totals"),
    path("xa/<row:pk>/tong-so/dieu-chinh/", correcting_views.correct_totals, name="correct_totals"),
    path("xa/<row:pk>/bo-sung/", correcting_views.forgotten, name="forgotten"),
    path("xa/<row:pk>/bo-sung/<row:household>/", correcting_views.add_forgotten, name="add_forgotten"),
    path("xa/<row:pk>/ho/", commune_views.households, name="households"),
    path("xa/<row:pk>/them-ho/", commune_views.add, name="add"),
    path("xa/<row:pk>/cap-nhat/", commune_views.follow, name="follow"),
    path("xa/<row:pk>/buoc/<slug:name>/", commune_views.step, name="step"),
    path("xa/<row:pk>/hop-dan/", meeting_views.meetings, name="meetings"),
    path("xa/<row:pk>/khieu-nai/", meeting_views.complaints, name="complaints"),
    path("bien-ban/<row:pk>/", meeting_views.minutes, name="minutes"),
    path("khieu-nai/<row:pk>/", meeting_views.answer, name="answer"),
    path("khieu-nai/<row:pk>/them-ho/", meeting_views.add_omitted, name="add_omitted"),
    path("phieu/<row:pk>/", household_views.assessment, name="assessment"),
    path("phieu/<row:pk>/khong-con/", household_views.gone, name="gone"),
    path("phieu/<row:pk>/bo/", household_views.drop, name="drop"),
    path("phieu/<row:pk>/dieu-chinh/", correcting_views.correct, name="correct"),
    path("phieu/<row:pk>/dieu-chinh/khong-con/", correcting_views.correct_gone, name="correct_gone"),
    path("ho/<row:pk>/", household_views.of_household, name="of_household"),
    path("de-nghi/", request_views.requests, name="requests"),
    path("de-nghi/moi/<row:household>/", request_views.ask, name="ask"),
    path("de-nghi/<row:pk>/", request_views.request, name="request"),
    path("de-nghi/<row:pk>/giay/", request_paper_views.paper, name="request_paper"),
    path("de-nghi/<row:pk>/tra-loi/", request_paper_views.answer, name="request_answer"),
    path("de-nghi/<row:pk>/cong-nhan/", request_views.grant, name="grant"),
    path("de-nghi/<row:pk>/tu-choi/", request_views.refuse, name="refuse"),
    path("de-nghi/<row:pk>/dua-vao-dot/", request_views.carry, name="carry"),
]
