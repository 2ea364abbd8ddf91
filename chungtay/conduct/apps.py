from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "chungtay.conduct"
    label = "conduct"
