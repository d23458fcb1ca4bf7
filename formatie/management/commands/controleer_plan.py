from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.tekst.getallen import toon
from formatie.models import Formatieplan
from formatie.plan.controle import Uitkomst
from formatie.plan.rijen import tel
from formatie.plan.selectors import get_inhoud

MEESTE_DECIMALEN = 2  # a mean has no end of decimals; two are enough to see what differs


class Command(BaseCommand):
    help = "Vergelijkt elk gedrukt getal van het formatieplan met zijn delen en toont de verschillen."

    def handle(self, *args: Any, **options: Any) -> None:
        plannen = list(Formatieplan.objects.all())
        if not plannen:
            raise CommandError("Er is nog geen formatieplan. Draai eerst laad_agenda.")
        for plan in plannen:
            for regel in _verslag(plan):
                self.stdout.write(regel)


def _verslag(plan: Formatieplan) -> Iterator[str]:
    inhoud = get_inhoud(plan)
    telling = tel(inhoud)
    yield f"{plan.naam} ({plan.besluit}, {plan.besluitdatum:%d-%m-%Y})"
    yield (
        f"{telling.vergelijkingen} vergelijkingen, {telling.verschillen} verschillen, "
        f"waarvan {telling.geen_afronding} die afronding niet kan verklaren."
    )
    for nummer, uitkomst in enumerate(inhoud.verschillen, 1):
        yield from _verschil(nummer, uitkomst, inhoud.plekken[uitkomst.som.geheel.rpartition(":")[0]][1])


def _verschil(nummer: int, uitkomst: Uitkomst, bronregel: str) -> Iterator[str]:
    som = uitkomst.som
    yield ""
    yield f"{nummer:3}. {som.omschrijving} (regel {bronregel})"
    cijfers = ("gedrukt", "berekend", "verschil")
    getallen = ", ".join(f"{naam} {_getal(getattr(uitkomst, naam))}" for naam in cijfers)
    yield f"     {getallen}: {uitkomst.bevinding} (tot {_getal(uitkomst.speling)} kan afronding zijn)"
    if som.oorzaak:
        yield f"     Oorzaak: {som.oorzaak}"
    if som.opmerking:
        yield f"     {som.opmerking}"


def _getal(waarde: Decimal) -> str:
    """With the decimals it is printed or computed with."""
    return toon(waarde, min(MEESTE_DECIMALEN, -int(waarde.as_tuple().exponent)))
