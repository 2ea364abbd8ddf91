from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "chungtay.sheets"
    label = "sheets"
    verbose_name = "bảng tính"
