"""What people propose, decide and say in the demo, besides figures: targets, definitions, owners, closed quarters.

Through the same services as on the site, with the day on which it would have happened. The audit trail says of each
that it is of the demo (``HERKOMST``); where people proposed something themselves, the demo adds nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from common.tekst.periode import Kwartaal, kwartalen
from common.vaststellen.model import Staat
from formatie.bijhouden.inhoud import bezwaren_tegen
from formatie.models import Onderdeel, Organisatiebesluit
from monitor.demo.levering import Beschrijving
from monitor.demo.verhaal import Verhaal
from monitor.invoer.eigenaren.selectors import lees_beeld
from monitor.invoer.eigenaren.services import Aanwijzing, wijs_aan
from monitor.invoer.kwartaal.services import aantal_ontbrekend, sluit_kwartaal, vraag_heropening, wat_in_de_weg_staat
from monitor.invoer.opmerkingen.selectors import plek_bij
from monitor.invoer.opmerkingen.services import plaats_opmerking
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import BEZETTING, DEFINITIE, DOEL, GRENS, METING
from monitor.invoer.vaststellen.voorstel import Voorstel
from monitor.invoer.voorstellen.definitiebladen.blad import blad_van
from monitor.invoer.voorstellen.definitiebladen.services import stel_definitie_voor
from monitor.invoer.voorstellen.doelen.services import stel_doel_voor
from monitor.invoer.voorstellen.grenzen.services import stel_grenzen_voor
from monitor.invoer.voorstellen.organisatie.inhouden import PER_SOORT
from monitor.invoer.voorstellen.organisatie.services import stel_organisatie_voor
from monitor.models import Afsluiting, Indicator, Opmerking
from monitor.selectors import leest_opmerkingen, schrijft_opmerkingen
from strategie.models import Agenda

_Voorsteller = Callable[[Verhaal, Indicator, Beschrijving, Kwartaal, dict[str, Any]], Voorstel]


def neem_besluiten(verhaal: Verhaal) -> None:
    """What was decided in earlier quarters, the closing of the years that are over, and what is of the last quarter.

    In that order: what still waits would keep a quarter from closing.
    """
    opdracht = verhaal.opdracht
    _neem_elk_besluit(verhaal, van_laatste=False)
    _wijs_eigenaren_aan(verhaal)
    _sluit(verhaal, opdracht.beschrijving["sluiten"])
    _neem_elk_besluit(verhaal, van_laatste=True)
    _stel_organisatie_voor(verhaal, opdracht.beschrijving.get("organisatie", ()))
    _vraag_heropening(verhaal, opdracht.beschrijving["heropening"])
    if not Opmerking.objects.exists():
        for geval in opdracht.beschrijving["opmerking"]:
            _zeg(verhaal, geval)


def _neem_elk_besluit(verhaal: Verhaal, *, van_laatste: bool) -> None:
    opdracht = verhaal.opdracht
    for soort, naam, stel_voor in _SOORTEN:
        for geval in opdracht.beschrijving[naam]:
            if (opdracht.kwartaal_van(geval) == opdracht.tot) is van_laatste:
                _neem_besluit(verhaal, soort, geval, stel_voor)


def _neem_besluit(verhaal: Verhaal, soort: Soort, geval: Beschrijving, stel_voor: _Voorsteller) -> None:
    kwartaal = verhaal.opdracht.kwartaal_van(geval)
    indicator = _indicator(geval["indicator"], kwartaal)
    if indicator is None or kwartaal > verhaal.opdracht.tot or _is_voorgesteld(soort, indicator, kwartaal):
        return
    wie = verhaal.wie(geval["door"], verhaal.op(kwartaal, geval["dag"]))
    try:
        rij = stel_voor(verhaal, indicator, geval, kwartaal, wie)
    except KwartaalGesloten:  # by people; of what they closed the demo changes nothing
        return
    _beslis(verhaal, soort, rij, geval, verhaal.op(kwartaal, geval["dag"] + geval.get("na_dagen", 0)))


def _indicator(code: str, kwartaal: Kwartaal) -> Indicator | None:
    """Only where an agenda prints it in that year."""
    agendas = Agenda.objects.filter(begin_jaar__lte=kwartaal.jaar, eind_jaar__gte=kwartaal.jaar)
    gevonden = Indicator.objects.filter(code=code, monitorregels__agenda__in=agendas)
    return gevonden.first()


def _is_voorgesteld(soort: Soort, indicator: Indicator, kwartaal: Kwartaal) -> bool:
    rijen = soort.model.objects.filter(indicator=indicator, ingevoerd_door__isnull=False)
    return bool((rijen.filter(jaar=kwartaal.jaar) if soort is DOEL else rijen).exists())


def _beslis(verhaal: Verhaal, soort: Soort, rij: Voorstel, geval: Beschrijving, op: datetime) -> None:
    wie = verhaal.wie("vaststeller", op)
    if geval["afloop"] == "vastgesteld":
        stel_vast(soort, [rij], **wie)
    elif geval["afloop"] == "teruggestuurd":
        stuur_terug(soort, [rij], reden=geval["antwoord"], **wie)


def _doel(
    verhaal: Verhaal, indicator: Indicator, geval: Beschrijving, kwartaal: Kwartaal, wie: dict[str, Any]
) -> Voorstel:
    dag = timezone.localdate(wie["op"]).isoformat()
    cellen = {**geval["cellen"], "jaar": str(kwartaal.jaar), "geldig_vanaf": dag}
    return stel_doel_voor(indicator, Onderdeel.objects.get(code=geval["onderdeel"]), cellen, **wie)


def _definitie(
    verhaal: Verhaal, indicator: Indicator, geval: Beschrijving, kwartaal: Kwartaal, wie: dict[str, Any]
) -> Voorstel:
    return stel_definitie_voor(indicator, blad_van(indicator) | geval["velden"], reden=geval["reden"], **wie)


def _grens(
    verhaal: Verhaal, indicator: Indicator, geval: Beschrijving, kwartaal: Kwartaal, wie: dict[str, Any]
) -> Voorstel:
    return stel_grenzen_voor(indicator, kwartaal.jaar, kwartaal.nummer, reden=geval["reden"], **wie)


_SOORTEN: tuple[tuple[Soort, str, _Voorsteller], ...] = (
    (DOEL, "doel", _doel),
    (DEFINITIE, "definitie", _definitie),
    (GRENS, "grens", _grens),
)


def _wijs_eigenaren_aan(verhaal: Verhaal) -> None:
    """Of what never had an owner; what people assigned themselves stays."""
    for geval in verhaal.opdracht.beschrijving["eigenaar"]:
        op = verhaal.op(verhaal.opdracht.kwartaal_van(geval), geval["dag"])
        wie, vanaf = verhaal.wie(geval["door"], op), timezone.localdate(op)
        beeld = lees_beeld(wie["door"], vanaf)
        namen = {("indicator", code) for code in geval.get("indicatoren", ())}
        namen |= {("thema", slug) for slug in geval.get("themas", ())}
        nog_niet = {
            sleutel: regel.gezien for sleutel, regel in beeld.regels.items() if regel.naam in namen and not regel.rijen
        }
        if nog_niet:
            personen = (verhaal.personen[geval["persoon"]], verhaal.personen.get(geval.get("vervanger", "")))
            wijs_aan(nog_niet, Aanwijzing(*personen, vanaf), **wie)


def _stel_organisatie_voor(verhaal: Verhaal, gevallen: Iterable[Beschrijving]) -> None:
    """What waits about the organisation; nothing where people proposed something, or where it does not fit."""
    if Organisatiebesluit.objects.exists():
        return
    for geval in gevallen:
        inhoud, wie = (
            PER_SOORT[geval["soort"]],
            verhaal.wie(geval["door"], verhaal.op(verhaal.opdracht.tot, geval["dag"])),
        )
        kop = {naam: geval[naam] for naam in ("vanaf", "bron", "reden")}
        if not bezwaren_tegen(inhoud, geval["rijen"], timezone.localdate(wie["op"])):
            stel_organisatie_voor(inhoud, geval["rijen"], **kop, **wie)


def _sluit(verhaal: Verhaal, geval: Beschrijving) -> None:
    """The years of an agenda that are over, each some time after its end; not where something still waits."""
    for kwartaal in _te_sluiten(verhaal.opdracht.tot):
        if not wat_in_de_weg_staat(kwartaal):
            wie = verhaal.wie("vaststeller", verhaal.op(Kwartaal(kwartaal.jaar + 1, 1), geval["dag"]))
            toelichting = geval["toelichting"] if aantal_ontbrekend(kwartaal) else ""
            sluit_kwartaal(kwartaal, toelichting=toelichting, **wie)


def _te_sluiten(tot: Kwartaal) -> Iterator[Kwartaal]:
    """What was closed once is left to people, also when it was reopened."""
    ooit_gesloten = set(Afsluiting.objects.values_list("jaar", "kwartaal"))
    for begin, eind in Agenda.objects.order_by("begin_jaar").values_list("begin_jaar", "eind_jaar"):
        for kwartaal in kwartalen(Kwartaal(begin, 1), Kwartaal(min(eind, tot.jaar - 1), 4)):
            if (kwartaal.jaar, kwartaal.nummer) not in ooit_gesloten:
                yield kwartaal


def _vraag_heropening(verhaal: Verhaal, geval: Beschrijving) -> None:
    """Of the last quarter that is closed, when nobody asks yet."""
    gesloten = Afsluiting.objects.filter(heropend_op=None).order_by("-jaar", "-kwartaal")
    laatste = gesloten.filter(gesloten_door__demo=True).first()
    if laatste and not gesloten.filter(gevraagd_op__isnull=False).exists():
        op = max(
            verhaal.op(verhaal.opdracht.tot, geval["dag"]), laatste.gesloten_op + timedelta(days=geval["na_dagen"])
        )
        wie = verhaal.wie(geval["door"], min(op, verhaal.nu))
        vraag_heropening(laatste.periode, reden=geval["reden"], **wie)


def _zeg(verhaal: Verhaal, geval: Beschrijving) -> None:
    """About what a case speaks of, where there is one that those two persons may both read."""
    door, aan, rij = verhaal.personen[geval["door"]], verhaal.personen[geval["aan"]], _WAAROVER[geval["over"]]()
    if rij and schrijft_opmerkingen(door, plek := plek_bij(rij)) and leest_opmerkingen(aan, plek):
        gebeurd: datetime = rij.afgekeurd_op or rij.vastgesteld_op or rij.ingediend_op
        wie = verhaal.wie(geval["door"], min(gebeurd + timedelta(hours=geval["uren"]), verhaal.nu))
        plaats_opmerking(plek, geval["tekst"], aan=[aan], formulier=geval["over"], **wie)


def _laatste(soort: Soort, staat: Staat, **waar: str) -> Any:
    rijen = soort.model.objects.filter(staat=staat, demo=True, **waar).select_related(*soort.verwant)
    return rijen.order_by("jaar", "kwartaal", "pk").last()


_WAAROVER: Mapping[str, Callable[[], Any]] = {
    "teruggestuurd": lambda: _laatste(METING, Staat.AFGEKEURD),
    "vastgesteld": lambda: _laatste(METING, Staat.VASTGESTELD, onderdeel__ouder__code="A"),
    "bezetting": lambda: _laatste(BEZETTING, Staat.INGEDIEND, onderdeel__ouder__code="A"),
}
