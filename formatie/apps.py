from django.apps import AppConfig


class FormatieConfig(AppConfig):
    name = "formatie"
    verbose_name = "Formatie en bezetting"
