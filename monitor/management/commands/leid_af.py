from typing import Any

from django.core.management.base import BaseCommand

from monitor.invoer.bezetting.indicatorwaarden import leid_opnieuw_af


class Command(BaseCommand):
    help = (
        "Leidt de indicatoren die uit formatie en bezetting volgen opnieuw af, bijvoorbeeld na een heropend kwartaal."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        aantal = leid_opnieuw_af(reden="Opnieuw afgeleid.")
        self.stdout.write(f"{aantal} waarden veranderden. Gesloten kwartalen bleven zoals ze zijn.")
