from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "chungtay.practices"
    label = "practices"
