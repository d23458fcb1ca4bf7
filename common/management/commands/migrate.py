from typing import Any

from django.core.management.commands import migrate

from common.database.rechten import geef_rechten
from common.database.rollen import als_eigenaar


class Command(migrate.Command):
    """Django's own, as the owner of the tables; what the site and the reader may do is granted after it."""

    def handle(self, *args: Any, **options: Any) -> None:
        with als_eigenaar():
            super().handle(*args, **options)
            geef_rechten()
