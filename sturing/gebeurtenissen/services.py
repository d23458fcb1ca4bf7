"""Entering an event and withdrawing it. It changes no figure and no verdict, so one person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.grafiek.figuur import TEKENAAR
from common.jobs import stuur
from common.locks import Slot, houd_slot
from common.tekst.tekens import lees_sleutel
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt
from formatie.models import Onderdeel
from monitor.dashboards.keuze import begin
from monitor.invoer.regels.validatie import MAX_TOELICHTING, bezwaren_tegen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Indicator
from monitor.reikwijdte import Reikwijdte
from strategie.models import Agenda, Thema
from sturing.gebeurtenissen.selectors import dagen_van, mag_bijhouden, reikt
from sturing.models import Gebeurtenis

LANGSTE_GEBEURTENIS = Gebeurtenis._meta.get_field("titel").max_length or 0
LANGSTE_BRON = Gebeurtenis._meta.get_field("bron").max_length or 0
GENOTEERD, INGETROKKEN = "genoteerd", "ingetrokken"


class Wat(NamedTuple):
    """An event as it was typed; codes of what it touches, or said out loud that it is everything, or everywhere."""

    soort: str
    datum: date | None
    titel: str
    bron: str
    toelichting: str = ""
    tot: date | None = None
    thema: str = ""
    indicatoren: Sequence[str] = ()
    onderdelen: Sequence[str] = ()
    alle_indicatoren: bool = False
    overal: bool = False


def noteer_gebeurtenis(wat: Wat, *, door: User, herkomst: str, op: datetime | None = None) -> Gebeurtenis:
    """Put it on the time axis. Raises InvoerFout with every fault, NietToegestaan where the right does not reach."""
    with bewaakt("gebeurtenis noteren", door=door, herkomst=herkomst):
        thema, bereik = _thema(wat.thema), mag_bijhouden(door)
        fouten = [*_over_dagen(wat), *_over_woorden(wat), *_over_wat(wat, thema), *_over_omvang(wat, bereik)]
        if fouten:
            raise InvoerFout(fouten)
        if not reikt(bereik, thema, wat.indicatoren):
            raise NietToegestaan("U noteert alleen gebeurtenissen van uw eigen thema. Kies dat, of indicatoren ervan.")
        velden: dict[str, Any] = {naam: getattr(wat, naam) for naam in ("soort", "datum", "tot", "toelichting")}
        velden |= {"titel": wat.titel.strip(), "bron": wat.bron.strip(), "thema": thema, "demo": door.demo}
        houd_slot(Slot.GEBEURTENIS, velden["datum"].toordinal())
        if Gebeurtenis.objects.zoals_bekend_op(None).filter(datum=wat.datum, titel=velden["titel"]).exists():
            raise InvoerFout([Fout(0, "titel", "Deze gebeurtenis staat er al, op dezelfde dag.")])
        rij = Gebeurtenis.objects.create(door=door, op=op or timezone.now(), **velden)
        rij.indicatoren.set(Indicator.objects.filter(code__in=wat.indicatoren))
        rij.onderdelen.set(Onderdeel.objects.filter(code__in=wat.onderdelen))
        leg_vast([gebeurtenis(GENOTEERD, rij, door=door, herkomst=herkomst, naar=_in_spoor(rij), op=rij.op)])
        _teken_opnieuw(rij)
    return rij


def trek_gebeurtenis_in(pk: int, *, reden: str, door: User, herkomst: str, op: datetime | None = None) -> Gebeurtenis:
    """From now on it is drawn nowhere. Raises InvoerFout without a reason, Verouderd when it was withdrawn already."""
    with bewaakt("gebeurtenis intrekken", door=door, herkomst=herkomst):
        rij = Gebeurtenis.objects.select_for_update(of=("self",)).select_related("thema").get(pk=pk)
        if not reikt(mag_bijhouden(door), rij.thema, rij.indicatoren.values_list("code", flat=True)):
            raise NietToegestaan("Deze gebeurtenis gaat over meer dan uw eigen thema. Vraag een analist.")
        if rij.ingetrokken_op:
            raise Verouderd(f"“{rij}” is al ingetrokken op {timezone.localtime(rij.ingetrokken_op):%d-%m-%Y}.")
        fouten = [Fout(0, "reden", bezwaar) for bezwaar in bezwaren_tegen(reden)]
        if fouten or not reden.strip():
            raise InvoerFout(fouten or [Fout(0, "reden", "Schrijf waarom u dit intrekt.")])
        rij.ingetrokken_op, rij.ingetrokken_door, rij.intrekreden = op or timezone.now(), door, reden
        rij.save(update_fields=["ingetrokken_op", "ingetrokken_door", "intrekreden"])
        wie: dict[str, Any] = {"door": door, "herkomst": herkomst, "reden": reden, "op": rij.ingetrokken_op}
        leg_vast([gebeurtenis(INGETROKKEN, rij, naar=_in_spoor(rij), **wie)])
        _teken_opnieuw(rij)
    return rij


def _over_dagen(wat: Wat) -> Iterator[Fout]:
    agendas = list(Agenda.objects.order_by("begin_jaar"))
    eerste, laatste = dagen_van(agendas, begin(agendas).begin()) if agendas else (date.max, date.min)
    binnen = f"Kies een dag van {eerste:%d-%m-%Y} tot en met {laatste:%d-%m-%Y}."
    if wat.datum is None:
        yield Fout(0, "datum", "Vul de datum in.")
    elif not eerste <= wat.datum <= laatste:
        yield Fout(0, "datum", f"Deze dag valt buiten elke grafiek. {binnen}")
    if wat.tot and wat.datum and wat.tot < wat.datum:
        yield Fout(0, "tot", "De laatste dag ligt voor de eerste.")
    elif wat.tot and wat.tot > laatste:
        yield Fout(0, "tot", f"Deze dag valt buiten elke grafiek. {binnen}")


def _over_woorden(wat: Wat) -> Iterator[Fout]:
    if wat.soort not in Gebeurtenis.Soort:
        yield Fout(0, "soort", "Kies wat voor gebeurtenis het is.")
    for veld, tekst, lengte, leeg in (
        ("titel", wat.titel, LANGSTE_GEBEURTENIS, "Schrijf in enkele woorden wat er gebeurde."),
        ("bron", wat.bron, LANGSTE_BRON, "Schrijf waar dit staat: een besluit, brief of publicatie."),
        ("toelichting", wat.toelichting, MAX_TOELICHTING, ""),
    ):
        if leeg and not tekst.strip():
            yield Fout(0, veld, leeg)
        yield from (Fout(0, veld, bezwaar) for bezwaar in bezwaren_tegen(tekst, lengte))


def _over_wat(wat: Wat, thema: Thema | None) -> Iterator[Fout]:
    if wat.thema and thema is None:
        yield Fout(0, "thema", "Dit thema is er niet.")
    if wat.thema and wat.indicatoren:
        yield Fout(0, "indicatoren", "Kies een thema of indicatoren, niet allebei.")
    for veld, codes, soort in (("indicatoren", wat.indicatoren, Indicator), ("onderdelen", wat.onderdelen, Onderdeel)):
        onbekend = set(codes) - set(soort.objects.filter(code__in=codes).values_list("code", flat=True))
        yield from (Fout(0, veld, f"“{code[:60]}” bestaat niet.") for code in sorted(onbekend))


def _over_omvang(wat: Wat, bereik: Reikwijdte) -> Iterator[Fout]:
    """That it is about everything is a choice of its own: nothing chosen may as well be forgotten."""
    gekozen = bool(wat.thema or wat.indicatoren)
    if wat.alle_indicatoren and gekozen:
        yield Fout(0, "alle_indicatoren", "U koos al waarover het gaat. Kies dat, of alle indicatoren.")
    elif not wat.alle_indicatoren and not gekozen:
        anders = " Of vink aan dat het voor alle indicatoren geldt." if bereik.alles else ""
        yield Fout(0, "indicatoren", f"Kies waarover het gaat: een thema, of een of meer indicatoren.{anders}")
    if wat.overal and wat.onderdelen:
        yield Fout(0, "overal", "U koos al onderdelen. Kies die, of de hele eenheid.")
    elif not wat.overal and not wat.onderdelen:
        yield Fout(0, "onderdelen", "Kies waar het geldt: een of meer onderdelen. Of vink de hele eenheid aan.")


def _thema(sleutel: str) -> Thema | None:
    """By its key; a slug may be of more than one agenda."""
    return Thema.objects.filter(pk=lees_sleutel(sleutel) or 0).first()


def _in_spoor(rij: Gebeurtenis) -> dict[str, Any]:
    plek: dict[str, Any] = {"thema": rij.thema.slug if rij.thema else ""}
    plek |= {naam: sorted(getattr(rij, naam).values_list("code", flat=True)) for naam in ("indicatoren", "onderdelen")}
    dagen = {"datum": f"{rij.datum:%Y-%m-%d}", "tot": f"{rij.tot:%Y-%m-%d}" if rij.tot else ""}
    return {"soort": rij.soort, "titel": rij.titel, "bron": rij.bron, "toelichting": rij.toelichting} | dagen | plek


def _teken_opnieuw(rij: Gebeurtenis) -> None:
    """Once it is kept; what is not drawn anew by then a page draws itself."""
    geraakt = Indicator.objects.order_by("code")
    if rij.thema_id:
        geraakt = geraakt.filter(monitorregels__thema=rij.thema_id).distinct()
    eigen = list(rij.indicatoren.order_by("code").values_list("code", flat=True))
    codes = eigen or list(geraakt.values_list("code", flat=True))
    transaction.on_commit(partial(stuur, TEKENAAR, codes))
