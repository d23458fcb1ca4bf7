import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.spoor.koppen import noteer_kop
from monitor.invoer.toezicht.controle import Uitslag, controleer


class Command(BaseCommand):
    help = "Controleert het spoor: is de keten heel, en volgen waarden, besluiten, accounts en rollen eruit?"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="de uitslag als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        uitslag = controleer()
        noteer_kop("controleer_audit")
        self.stdout.write(_als_json(uitslag) if options["json"] else "\n".join(_regels(uitslag)))
        if uitslag.fouten:
            aantal = len(uitslag.fouten)
            raise CommandError("Er klopt 1 ding niet." if aantal == 1 else f"Er kloppen {aantal} dingen niet.")


def _regels(uitslag: Uitslag) -> list[str]:
    kop = f"Kop van het spoor: {uitslag.kop}." if uitslag.kop else "Er is nog niets gebeurd."
    return [kop, *(uitslag.fouten or ("Alles volgt uit het spoor.",))]


def _als_json(uitslag: Uitslag) -> str:
    kop = {"nummer": uitslag.kop.nummer, "hash": uitslag.kop.hash} if uitslag.kop else None
    return json.dumps({"kop": kop, "fouten": uitslag.fouten}, ensure_ascii=False, indent=2)
