from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "chungtay.parties"
    label = "parties"
