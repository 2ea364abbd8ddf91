from django.apps import AppConfig


class MeritsConfig(AppConfig):
    name = "chungtay.merits"
    label = "merits"
