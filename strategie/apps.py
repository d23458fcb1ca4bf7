from django.apps import AppConfig


class StrategieConfig(AppConfig):
    name = "strategie"
    verbose_name = "Strategische agenda"
