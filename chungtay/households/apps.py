from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "chungtay.households"
    label = "households"
