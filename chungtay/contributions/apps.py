from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "chungtay.contributions"
    label = "contributions"
