from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitor.invoer.bezetting.indicatorwaarden import leid_opnieuw_af
from monitor.invoer.vaststellen.eisen import KwartaalGesloten


class Command(BaseCommand):
    help = (
        "Leidt de indicatoren die uit formatie en bezetting volgen opnieuw af, bijvoorbeeld na een heropend kwartaal."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            aantal = leid_opnieuw_af(reden="Opnieuw afgeleid.")
        except KwartaalGesloten as fout:
            raise CommandError(f"{fout} Er is niets gewijzigd.") from None
        hoeveel = "1 waarde veranderde" if aantal == 1 else f"{aantal} waarden veranderden"
        self.stdout.write(f"{hoeveel}. Gesloten kwartalen bleven zoals ze zijn.")
