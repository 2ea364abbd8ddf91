from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "chungtay.movements"
    label = "movements"
