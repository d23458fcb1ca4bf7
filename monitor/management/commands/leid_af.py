from typing import Any

from django.core.management.base import BaseCommand

from monitor.invoer.bezetting.indicatorwaarden import leid_opnieuw_af


class Command(BaseCommand):
    help = (
        "Leidt de indicatoren die uit formatie en bezetting volgen opnieuw af, bijvoorbeeld na een heropend kwartaal."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        aantal = leid_opnieuw_af(reden="Opnieuw afgeleid.")
        hoeveel = "1 waarde veranderde" if aantal == 1 else f"{aantal} waarden veranderden"
        self.stdout.write(f"{hoeveel}. Gesloten kwartalen bleven zoals ze zijn.")
