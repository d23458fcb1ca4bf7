from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Gemeenschappelijk"

    def ready(self) -> None:
        """A database that was away at the start is judged at the first connection."""
        from common.database.rollen import controleer_rol

        connection_created.connect(controleer_rol)
