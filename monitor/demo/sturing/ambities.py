"""What the demo says of the ambitions, and what happened in it on the time axis."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from common.tekst.periode import Kwartaal
from common.tekst.tekens import en, kleine_letter
from formatie.models import Onderdeel
from monitor.demo.levering import Beschrijving
from monitor.demo.verhaal import Verhaal
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import AMBITIESTAND
from monitor.models import Doelbereik, Oordeel
from strategie.models import Ambitie, Thema
from sturing.ambities.services import Bron, Standopgave, stel_ambitiestand_voor
from sturing.gebeurtenissen.services import Wat, noteer_gebeurtenis, trek_gebeurtenis_in
from sturing.models import Ambitiestand, Gebeurtenis
from sturing.regels.omvang import Halfjaar

_ZEGT = {
    "loopt-achter": ({Oordeel.NIET_BEHAALD, Oordeel.ACHTER}, "Zonder extra inzet wordt dit niet gehaald."),
    "op-weg": (
        {Oordeel.AANDACHT, Oordeel.NIET_TE_ONDERSCHEIDEN, Oordeel.OP_KOERS},
        "Het komt dichterbij, en het is er nog niet.",
    ),
    "gehaald": ({Oordeel.BEHAALD}, "Daarmee is gedaan wat was afgesproken."),
}
"""What an ambition is by the verdicts on its figures, of which the worst decides, and the last words about it."""


def vertel_ambities(verhaal: Verhaal) -> None:
    """Of the last half years that are over, as far as the agenda has them."""
    laatste = Halfjaar.van(timezone.localdate(verhaal.nu)).vorige
    for geval in verhaal.lees("ambities")["ambitie"]:
        halfjaar = laatste.vorige if geval["eerder"] else laatste
        gezegd = geval if "los" in geval else geval | _naar_cijfers(geval, _lees_cijfers(geval, halfjaar.kwartaal))
        for ambitie in _van_geval(geval, halfjaar):
            with suppress(InvoerFout):  # it names what this agenda does not have
                _zeg(verhaal, ambitie, halfjaar, gezegd)


def _lees_cijfers(geval: Beschrijving, tot: Kwartaal) -> list[Doelbereik]:
    """Of each indicator that is named the figure that stands beside it: the last that counts."""
    tot_dan = Q(jaar__lt=tot.jaar) | Q(jaar=tot.jaar, kwartaal__lte=tot.nummer)
    van_eenheid = Doelbereik.objects.filter(tot_dan, onderdeel__soort=Onderdeel.Soort.EENHEID)
    geteld = van_eenheid.exclude(oordeel=Oordeel.NOG_NIET_VERSCHULDIGD).select_related("indicator")
    genoemd = geteld.filter(indicator__code__in=geval.get("indicatoren", ()))
    return list(genoemd.order_by("indicator_id", "-jaar", "-kwartaal").distinct("indicator_id"))


def _naar_cijfers(geval: Beschrijving, rijen: Sequence[Doelbereik]) -> Beschrijving:
    """Another verdict and other words, where the figures beside it say otherwise."""
    oordelen = {rij.oordeel for rij in rijen}
    oordeel = next((een for een, (van, _) in _ZEGT.items() if oordelen & van), geval["oordeel"])
    if oordeel == geval["oordeel"]:
        return {}
    zinnen = en([f"{rij.indicator.naam} staat op “{kleine_letter(Oordeel(rij.oordeel).label)}”" for rij in rijen])
    return {"oordeel": oordeel, "tekst": f"Fictief: {zinnen}. {_ZEGT[oordeel][1]}"}


def _van_geval(geval: Beschrijving, halfjaar: Halfjaar) -> Iterator[Ambitie]:
    """Where nobody said anything about it yet."""
    agenda = {"thema__agenda__begin_jaar__lte": halfjaar.jaar, "thema__agenda__eind_jaar__gte": halfjaar.jaar}
    gevonden = Ambitie.objects.filter(thema__slug=geval["thema"], nummer=geval["nummer"], **agenda)
    for ambitie in gevonden.select_related("thema__agenda"):
        if not ambitie.standen.filter(jaar=halfjaar.jaar, helft=halfjaar.helft).exists():
            yield ambitie


def _zeg(verhaal: Verhaal, ambitie: Ambitie, halfjaar: Halfjaar, geval: Beschrijving) -> None:
    einde = halfjaar.volgende.begin
    bronnen = [Bron(b["soort"], b["titel"], einde - timedelta(days=b["dagen"])) for b in geval.get("bron", ())]
    opgave = Standopgave(halfjaar, geval["oordeel"], geval["tekst"], geval.get("indicatoren", ()), bronnen)
    wie = verhaal.wie(geval["door"], _op(verhaal, einde, geval["dag"]))
    stand = stel_ambitiestand_voor(ambitie, opgave, **wie)
    _beslis(verhaal, stand, geval, verhaal.wie("vaststeller", _op(verhaal, einde, geval["dag"] + 5)))


def _beslis(verhaal: Verhaal, stand: Ambitiestand, geval: Beschrijving, wie: dict[str, Any]) -> None:
    if geval["afloop"] == "vastgesteld":
        stel_vast(AMBITIESTAND, [stand], **wie)
    elif geval["afloop"] == "teruggestuurd":
        stuur_terug(AMBITIESTAND, [stand], reden=geval["antwoord"], **wie)


def vertel_gebeurtenissen(verhaal: Verhaal) -> None:
    """Nothing where anybody entered one."""
    if Gebeurtenis.objects.exists():
        return
    for geval in verhaal.lees("gebeurtenissen")["gebeurtenis"]:
        velden = dict(geval)
        dag, door, weg = velden["datum"], velden.pop("door"), velden.pop("ingetrokken", "")
        if slug := velden.get("thema"):
            velden["thema"] = str(Thema.objects.filter(slug=slug).values_list("pk", flat=True).first() or "")
        with suppress(InvoerFout):
            rij = noteer_gebeurtenis(Wat(**velden), **verhaal.wie(door, _op(verhaal, dag, 10)))
            if weg:
                trek_gebeurtenis_in(rij.pk, reden=weg, **verhaal.wie(door, _op(verhaal, dag, 12)))


def _op(verhaal: Verhaal, dag: date, later: int) -> datetime:
    """So many days after a day, in the afternoon, and never later than now."""
    return min(timezone.make_aware(datetime.combine(dag + timedelta(days=later), time(14))), verhaal.nu)
