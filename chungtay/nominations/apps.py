from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "chungtay.nominations"
    label = "nominations"
