from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "chungtay.registrations"
    label = "registrations"
