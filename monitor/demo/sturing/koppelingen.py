"""Links between parts of the agenda in the demo; nothing where people proposed one themselves."""

from collections.abc import Mapping
from typing import Any

from monitor.demo.levering import Beschrijving
from monitor.demo.verhaal import Verhaal
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import KOPPELING
from monitor.models import Indicator
from strategie.models import Activiteit, Ambitie, Hoofdlijn
from sturing.doelenboom.services import stel_koppeling_voor
from sturing.models import Koppelbaar, Koppeling


def leg_koppelingen(verhaal: Verhaal) -> None:
    if Koppeling.objects.exists():
        return
    for geval in verhaal.lees("koppelingen")["koppeling"]:
        if verhaal.opdracht.kwartaal_van(geval) <= verhaal.opdracht.tot:
            _leg(verhaal, geval)


def _leg(verhaal: Verhaal, geval: Beschrijving) -> None:
    boven, onder = _vind(geval["boven"]), _vind(geval["onder"])
    eindigt = not geval.get("geldt", True)
    if boven is None or onder is None or (eindigt and not Koppeling.objects.geldend().exists()):
        return  # of an agenda that is not there, or from before there was anything to end
    op = verhaal.op(verhaal.opdracht.kwartaal_van(geval), geval["dag"])
    wie = verhaal.wie(geval["door"], op)
    rij = stel_koppeling_voor(boven, onder, geldt=not eindigt, reden=geval["reden"], **wie)
    later = verhaal.op(verhaal.opdracht.kwartaal_van(geval), geval["dag"] + geval.get("na_dagen", 0))
    besluit = verhaal.wie("vaststeller", later)
    if geval["afloop"] == "vastgesteld":
        stel_vast(KOPPELING, [rij], **besluit)
    elif geval["afloop"] == "teruggestuurd":
        stuur_terug(KOPPELING, [rij], reden=geval["antwoord"], **besluit)


def _vind(waar: Mapping[str, Any]) -> Koppelbaar | None:
    """Of the agenda that has it; None where none has."""
    if "indicator" in waar:
        return Indicator.objects.filter(code=waar["indicator"]).first()
    thema = {"thema__slug": waar["thema"]}
    if "ambitie" in waar:
        return Ambitie.objects.filter(**thema, nummer=waar["ambitie"]).select_related("thema").first()
    lijn = Hoofdlijn.objects.filter(**thema, nummer=waar["hoofdlijn"]).select_related("thema").first()
    return (
        Activiteit.objects.filter(hoofdlijn=lijn, nummer=waar["activiteit"]).first() if "activiteit" in waar else lijn
    )
