from django.urls import path

from chungtay.council import views, vote_views

app_name = "council"
urlpatterns = [
    path("", views.list_meetings, name="list"),
    path("ho-so-cho/", views.waiting, name="waiting"),
    path("them/", views.plan_meeting, name="plan_meeting"),
    path("<int:pk>/", views.meeting, name="meeting"),
    path("<int:pk>/sua/", views.change_meeting, name="change_meeting"),
    path("<int:pk>/them-ho-so/", views.list_items, name="list_items"),
    path("<int:pk>/khai-mac/", views.open_meeting, name="open_meeting"),
    path("<int:pk>/diem-danh/", views.mark_attendance, name="mark_attendance"),
    path("<int:pk>/ket-thuc/", views.close_meeting, name="close_meeting"),
    path("<int:pk>/nhip/", views.pulse, name="pulse"),
    path("<int:pk>/bien-ban/", views.minutes_file, name="minutes"),
    path("muc/<int:pk>/", vote_views.item, name="item"),
    path("muc/<int:pk>/dem/", vote_views.tally, name="tally"),
    path("muc/<int:pk>/bo/", vote_views.unlist_item, name="unlist_item"),
    path("muc/<int:pk>/khong-tham-gia/", vote_views.recuse, name="recuse"),
    path("muc/<int:pk>/mo/", vote_views.open_item, name="open_item"),
    path("muc/<int:pk>/bieu-quyet/", vote_views.cast, name="cast"),
    path("muc/<int:pk>/ghi-bieu-quyet/", vote_views.record_votes, name="record_votes"),
    path("muc/<int:pk>/kiem-phieu/", vote_views.enter_count, name="enter_count"),
    path("muc/<int:pk>/ket-qua/", vote_views.close_item, name="close_item"),
    path("muc/<int:pk>/de-lai/", vote_views.defer_item, name="defer_item"),
]
