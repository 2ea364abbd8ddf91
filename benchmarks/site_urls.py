"""The yardsticks: `/hello/` passes the whole middleware with session, person and seat; `/frame/` draws too."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

EMPTY = engines["django"].from_string('{% extends "base.html" %}{% block title %}Trang trống{% endblock %}')


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def frame(request: HttpRequest) -> HttpResponse:
    return HttpResponse(EMPTY.render({}, request))


urlpatterns = [path("hello/", hello), path("frame/", frame), path("", include("config.urls"))]
