from django.apps import AppConfig


class SturingConfig(AppConfig):
    name = "sturing"
    verbose_name = "Sturing"
