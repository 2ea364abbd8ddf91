"""Addresses of the register of households."""

from django.urls import path

from chungtay.households import pages_of_link, pages_of_people, pages_of_verbs, views

app_name = "households"
urlpatterns = [
    path("", views.listing, name="list"),
    path("ghi/", views.open_one, name="open"),
    path("bien-dong/", views.events, name="events"),
    path("nguoi-trung/", pages_of_people.alike, name="alike"),
    path("nguoi-trung/khac/", pages_of_people.tell_apart, name="tell_apart"),
    path("<row:pk>/", views.detail, name="detail"),
    path("<row:pk>/sua/", pages_of_verbs.correct, name="correct"),
    path("<row:pk>/tach/", pages_of_verbs.split, name="split"),
    path("<row:pk>/nhap/", pages_of_verbs.merge, name="merge"),
    path("<row:pk>/chuyen/", pages_of_verbs.move, name="move"),
    path("<row:pk>/chu-ho/", pages_of_verbs.new_head, name="new_head"),
    path("<row:pk>/ra-khoi-so/", pages_of_verbs.close, name="close"),
    path("<row:pk>/ghi-lai/", pages_of_verbs.reopen, name="reopen"),
    path("<row:pk>/doi-tuong/", pages_of_link.link, name="link"),
    path("<row:pk>/doi-tuong/go/", pages_of_link.unlink, name="unlink"),
    path("<row:pk>/them-nguoi/", pages_of_people.add, name="add_member"),
    path("<row:pk>/nguoi/<row:member>/sua/", pages_of_people.correct, name="correct_member"),
    path("<row:pk>/nguoi/<row:member>/roi/", pages_of_people.leave, name="member_left"),
]
