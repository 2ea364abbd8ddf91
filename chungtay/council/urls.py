from django.urls import path

from chungtay.council import views, vote_views

app_name = "council"
urlpatterns = [
    path("", views.list_meetings, name="list"),
    path("ho-so-cho/", views.waiting, name="waiting"),
    path("them/", views.plan_meeting, name="plan_meeting"),
    path("<row:pk>/", views.meeting, name="meeting"),
    path("<row:pk>/sua/", views.change_meeting, name="change_meeting"),
    path("<row:pk>/them-ho-so/", views.list_items, name="list_items"),
    path("<row:pk>/khai-mac/", views.open_meeting, name="open_meeting"),
    path("<row:pk>/diem-danh/", views.mark_attendance, name="mark_attendance"),
    path("<row:pk>/ket-thuc/", views.close_meeting, name="close_meeting"),
    path("<row:pk>/nhip/", views.pulse, name="pulse"),
    path("<row:pk>/bien-ban/", views.minutes_file, name="minutes"),
    path("muc/<row:pk>/", vote_views.item, name="item"),
    path("muc/<row:pk>/dem/", vote_views.tally, name="tally"),
    path("muc/<row:pk>/bo/", vote_views.unlist_item, name="unlist_item"),
    path("muc/<row:pk>/khong-tham-gia/", vote_views.recuse, name="recuse"),
    path("muc/<row:pk>/mo/", vote_views.open_item, name="open_item"),
    path("muc/<row:pk>/bieu-quyet/", vote_views.cast, name="cast"),
    path("muc/<row:pk>/ghi-bieu-quyet/", vote_views.record_votes, name="record_votes"),
    path("muc/<row:pk>/kiem-phieu/", vote_views.enter_count, name="enter_count"),
    path("muc/<row:pk>/ket-qua/", vote_views.close_item, name="close_item"),
    path("muc/<row:pk>/de-lai/", vote_views.defer_item, name="defer_item"),
]
