"""How many people live in a municipality or an onderdeel on a day, with where that was printed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import QuerySet

from common.bestanden.bijwerken import Telling
from common.tekst.cijfers import PROCENT, waarde_in_woorden
from common.tekst.getallen import toon
from formatie.bijhouden.inhoud import Gelezen, Inhoud, Rijen
from formatie.models import Gemeente, Inwonertal, Onderdeel, Organisatiebesluit
from formatie.models.plan import geldig_op
from formatie.plan.laden import laad_inwoners
from formatie.plan.lezen import INWONERS, SLEUTEL_VAN_INWONERS, controleer_inwoners

VER_WEG = Decimal("0.1")
"""From which part of what is known a difference asks for an explanation."""
KEER = 5
"""How many times as much or as little as municipalities have on average a first population may be."""


def _toets(gelezen: Gelezen, vandaag: date) -> None:
    onderdelen = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}
    gemeenten = {gemeente.slug: gemeente for gemeente in Gemeente.objects.all()}
    controleer_inwoners(gelezen["inwoners"], set(onderdelen), set(gemeenten))
    for rij in gelezen["inwoners"]:
        if rij["peildatum"] > vandaag:
            rij.meld("'peildatum' ligt in de toekomst")
        for sleutel, bekend in (("onderdeel", onderdelen), ("gemeente", gemeenten)):
            if rij[sleutel] in bekend and not _bestaat(bekend[rij[sleutel]], rij["peildatum"]):
                rij.meld(f"{sleutel!r} {bekend[rij[sleutel]]} bestaat niet op {rij['peildatum']:%d-%m-%Y}")
        zelfde = _van(rij.waarden).filter(peildatum=rij["peildatum"]).first()
        if zelfde and (zelfde.aantal, zelfde.bron) == (rij["aantal"], rij["bron"]):
            rij.meld("dit staat er al zo; er is niets voorgesteld")


def _bestaat(een: Onderdeel | Gemeente, dag: date) -> bool:
    begonnen = een.geldig_vanaf is None or een.geldig_vanaf <= dag
    return begonnen and (een.geldig_tot is None or een.geldig_tot > dag)


def _van(rij: Mapping[str, Any]) -> QuerySet[Inwonertal]:
    """What is known of the place of a row, the latest first."""
    waar = {"gemeente__slug": rij["gemeente"]} if rij.get("gemeente") else {"onderdeel__code": rij.get("onderdeel")}
    return Inwonertal.objects.filter(**waar).order_by("-peildatum")


def _laatste(rij: Mapping[str, Any]) -> Inwonertal | None:
    """As known on its day or, where nothing was known by then, the first after it."""
    bekend = _van(rij)
    return bekend.filter(peildatum__lte=rij["peildatum"]).first() or bekend.last()


def _twijfels(rijen: Rijen) -> list[str]:
    [rij] = rijen["inwoners"]
    nu, aantal = _laatste(rij), Decimal(rij["aantal"])
    if nu is None:
        return _eerste_twijfels(rij, aantal)
    if abs(aantal - nu.aantal) <= VER_WEG * nu.aantal:
        return []
    procent = abs(aantal - nu.aantal) * 100 / nu.aantal
    hoe = "meer" if aantal > nu.aantal else "minder"
    return [f"Dat is {waarde_in_woorden(procent, PROCENT, 0)} {hoe} dan de {_zin(nu)}."]


def _eerste_twijfels(rij: Mapping[str, Any], aantal: Decimal) -> list[str]:
    """Of a municipality of which nothing is known: held against what the unit has left for each of those.

    That is the population of the unit without the municipalities that are known, divided over the others; without a
    population of the unit, the median of the municipalities that are known.
    """
    if not rij.get("gemeente"):
        return []
    dag = date.fromisoformat(str(rij["peildatum"]))
    tellingen = Inwonertal.objects.filter(gemeente__in=Gemeente.objects.filter(geldig_op(dag))).order_by("peildatum")
    bekend = {gemeente: Decimal(hoeveel) for gemeente, hoeveel in tellingen.values_list("gemeente", "aantal")}
    eenheid = Inwonertal.objects.filter(onderdeel__soort=Onderdeel.Soort.EENHEID).order_by("peildatum").last()
    if eenheid:
        over = eenheid.aantal - sum(bekend.values(), Decimal(0))
        open_ = max(1, Gemeente.objects.filter(geldig_op(dag)).count() - len(bekend))
        if aantal > over:
            hoeveel = toon(max(over, Decimal(0)), 0)
            return [f"Met de andere gemeenten samen is dat meer dan de eenheid heeft: daarvan zijn er {hoeveel} over."]
        wat = f"wat er van de {toon(Decimal(eenheid.aantal), 0)} inwoners van de eenheid over is, gedeeld over de "
        return _weeg(aantal, over / open_, f"{wat}{open_} gemeenten waarvan nog niets bekend is")
    return _weeg(aantal, Decimal(median(bekend.values())), "de middelste gemeente die bekend is") if bekend else []


def _weeg(aantal: Decimal, maat: Decimal, wat: str) -> list[str]:
    """A doubt where it is more than so many times as much or as little."""
    if maat / KEER <= aantal <= maat * KEER:
        return []
    hoe = "meer" if aantal > maat else "minder"
    return [f"Dat is veel {hoe} dan {toon(maat, 0)}: {wat}."]


def _zin(een: Inwonertal) -> str:
    return f"{toon(Decimal(een.aantal), 0)} op {een.peildatum:%d-%m-%Y}"


def _nieuw(rijen: Rijen) -> str:
    [rij] = rijen["inwoners"]
    return _zin(Inwonertal(aantal=rij["aantal"], peildatum=date.fromisoformat(rij["peildatum"])))


def _nu(rijen: Rijen) -> str:
    nu = _laatste(rijen["inwoners"][0])
    return _zin(nu) if nu else ""


def _naam(rijen: Rijen) -> str:
    [rij] = rijen["inwoners"]
    gemeente = Gemeente.objects.filter(slug=rij.get("gemeente") or "").first()
    return f"Inwoners van {gemeente or Onderdeel.objects.filter(code=rij.get('onderdeel')).first()}"


def _pas_toe(gelezen: Gelezen) -> None:
    onderdelen: dict[str, Any] = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}
    gemeenten: dict[str, Any] = {gemeente.slug: gemeente for gemeente in Gemeente.objects.all()}
    laad_inwoners(gelezen["inwoners"], onderdelen | {"": None}, gemeenten | {"": None}, Telling())


INWONERTAL = Inhoud(
    soort=Organisatiebesluit.Soort.INWONERTAL,
    tabellen={"inwoners": INWONERS},
    sleutels={"inwoners": SLEUTEL_VAN_INWONERS},
    labels={
        "gemeente": "Gemeente",
        "onderdeel": "Onderdeel",
        "peildatum": "Op welke dag",
        "vanaf": "Op welke dag",
        "aantal": "Inwoners",
        "bron": "Bron",
        "reden": "Toelichting",
    },
    pagina="beheer_inwoners",
    plek=lambda rijen: ":".join(str(rijen["inwoners"][0].get(naam) or "") for naam in SLEUTEL_VAN_INWONERS),
    naam=_naam,
    nu=_nu,
    nieuw=_nieuw,
    toets=_toets,
    twijfels=_twijfels,
    pas_toe=_pas_toe,
)
