from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "chungtay.council"
    label = "council"
