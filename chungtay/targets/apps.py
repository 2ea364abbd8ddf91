from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "chungtay.targets"
    label = "targets"
