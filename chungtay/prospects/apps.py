from django.apps import AppConfig


class ProspectsConfig(AppConfig):
    name = "chungtay.prospects"
    label = "prospects"
