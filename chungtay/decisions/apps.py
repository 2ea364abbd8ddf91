from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "chungtay.decisions"
    label = "decisions"
