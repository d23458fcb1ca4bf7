"""Saying how far an ambition is; it counts when another approved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from common.vaststellen.model import OPENSTAAND
from monitor.invoer.regels.validatie import bezwaren_tegen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.voorstel import eis_gezien, eis_niet_in_behandeling, in_spoor, leg_voorstel_neer
from monitor.models import Indicator
from monitor.reikwijdte import lees_reikwijdte
from strategie.models import Ambitie
from sturing.lezen.ambities import BEWIJSSOORTEN, is_webadres
from sturing.models import Ambitiestand
from sturing.regels.omvang import MEESTE_TEKENS, MEESTE_WOORDEN, Halfjaar, tel_woorden

EERSTE_BEWIJS, LANGSTE_BRONTITEL, LANGSTE_PLEK, MEESTE_BRONNEN = date(2000, 1, 1), 200, 300, 12


class Bron(NamedTuple):
    """Evidence that is no indicator, as it was typed; ``waar`` is an address of the web, or a place in words."""

    soort: str = ""
    titel: str = ""
    datum: date | None = None
    waar: str = ""


class Standopgave(NamedTuple):
    """What is said of an ambition; ``halfjaar`` None: not chosen. ``reden``: why it differs from what counts."""

    halfjaar: Halfjaar | None
    oordeel: str
    tekst: str
    indicatoren: Sequence[str] = ()
    bronnen: Sequence[Bron] = ()
    reden: str = ""


def stel_ambitiestand_voor(
    ambitie: Ambitie,
    o: Standopgave,
    *,
    door: User,
    herkomst: str,
    op: datetime | None = None,
    gezien: int | None = None,
) -> Ambitiestand:
    """Hand in how far it is; what was sent back takes the new content, what counts is replaced once approved.

    Raises InvoerFout with every fault, Verouderd when another version counts than ``gezien`` (the newest, 0: none),
    NietToegestaan where the right does not reach.
    """
    with bewaakt("stand van een ambitie schrijven", door=door, herkomst=herkomst):
        if not lees_reikwijdte(door, Recht.AMBITIE_SCHRIJVEN).bevat_thema(ambitie.thema.slug):
            raise NietToegestaan(f"{door} schrijft niet hoe ver deze ambitie is.")
        op = op or timezone.now()
        houd_slot(Slot.AMBITIE, ambitie.pk)
        halfjaar = _eis(o, ambitie, timezone.localdate(op))
        versies = Ambitiestand.objects.filter(ambitie=ambitie).select_related(
            "ambitie__thema__agenda", "ingevoerd_door"
        )
        eis_gezien(versies.geldend().order_by("-pk").first(), gezien)
        van_dan = versies.filter(jaar=halfjaar.jaar, helft=halfjaar.helft)
        open_, geldend = van_dan.filter(staat__in=OPENSTAAND).first(), van_dan.geldend().first()
        eis_niet_in_behandeling(open_, door)
        velden: dict[str, Any] = {"oordeel": o.oordeel, "tekst": o.tekst, "bewijs": _bewijs(o)}
        _eis_anders(geldend, velden, o.reden)
        velden |= {"vervangt": geldend, "vervangreden": o.reden if geldend else ""}
        van = in_spoor(geldend) if geldend else None
        rij = open_ or Ambitiestand(ambitie=ambitie, jaar=halfjaar.jaar, helft=halfjaar.helft, demo=door.demo)
        return leg_voorstel_neer(rij, velden, door=door, herkomst=herkomst, op=op, van=van, reden=o.reden)


def _eis(o: Standopgave, ambitie: Ambitie, vandaag: date) -> Halfjaar:
    """The half year, when all is right. Raises InvoerFout with every fault."""
    fouten = [*_over_halfjaar(o.halfjaar, ambitie, vandaag), *_over_tekst(o), *_over_bewijs(o, ambitie, vandaag)]
    if fouten or o.halfjaar is None:
        raise InvoerFout(fouten)
    return o.halfjaar


def _over_halfjaar(halfjaar: Halfjaar | None, ambitie: Ambitie, vandaag: date) -> Iterator[Fout]:
    agenda = ambitie.thema.agenda
    if halfjaar is None or halfjaar.helft not in (1, 2):
        yield Fout(0, "halfjaar", "Kies over welk halfjaar u schrijft.")
    elif not agenda.begin_jaar <= halfjaar.jaar <= agenda.eind_jaar:
        yield Fout(0, "halfjaar", f"Deze ambitie hoort bij de agenda {agenda.jaren}. Kies een halfjaar daarvan.")
    elif halfjaar.begin > vandaag:
        yield Fout(0, "halfjaar", f"De {halfjaar.leesbaar} is nog niet begonnen. Kies een eerder halfjaar.")


def _over_tekst(o: Standopgave) -> Iterator[Fout]:
    if o.oordeel not in Ambitiestand.Oordeel:
        yield Fout(0, "oordeel", "Kies hoe ver de ambitie is.")
    woorden = tel_woorden(o.tekst)
    if not woorden:
        yield Fout(0, "tekst", f"Schrijf hoe ver het is, in hoogstens {MEESTE_WOORDEN} woorden.")
    elif woorden > MEESTE_WOORDEN:
        yield Fout(0, "tekst", f"Dit zijn {woorden} woorden. Schrijf het in hoogstens {MEESTE_WOORDEN}.")
    yield from (Fout(0, "tekst", bezwaar) for bezwaar in bezwaren_tegen(o.tekst, MEESTE_TEKENS))
    yield from (Fout(0, "reden", bezwaar) for bezwaar in bezwaren_tegen(o.reden))


def _over_bewijs(o: Standopgave, ambitie: Ambitie, vandaag: date) -> Iterator[Fout]:
    bestaan = Indicator.objects.filter(monitorregels__agenda=ambitie.thema.agenda, code__in=o.indicatoren)
    onbekend = set(o.indicatoren) - set(bestaan.values_list("code", flat=True))
    for code in sorted(onbekend):
        yield Fout(0, "indicatoren", f"De indicator “{code[:60]}” is er niet in de agenda van deze ambitie.")
    bronnen = [(n, bron) for n, bron in enumerate(o.bronnen, 1) if any(bron)]
    for n, bron in bronnen:
        yield from _over_bron(n, bron, vandaag)
    if not o.indicatoren and not bronnen and o.oordeel != Ambitiestand.Oordeel.NIET_TE_ZEGGEN:
        yield Fout(0, "indicatoren", "Noem ten minste één bewijs: een indicator, of een bron met titel en datum.")
    if len(bronnen) > MEESTE_BRONNEN:
        yield Fout(0, "indicatoren", f"Noem hoogstens {MEESTE_BRONNEN} bronnen.")


def _over_bron(n: int, bron: Bron, vandaag: date) -> Iterator[Fout]:
    if bron.soort not in BEWIJSSOORTEN or bron.soort == "indicator":
        yield Fout(0, f"soort_{n}", f"Kies wat bron {n} is: een enquête, een audit of een document.")
    if not bron.titel.strip():
        yield Fout(0, f"titel_{n}", f"Schrijf de titel van bron {n}.")
    yield from (Fout(0, f"titel_{n}", bezwaar) for bezwaar in bezwaren_tegen(bron.titel, LANGSTE_BRONTITEL))
    if bron.datum is None:
        yield Fout(0, f"datum_{n}", f"Vul de datum van bron {n} in.")
    elif not EERSTE_BEWIJS <= bron.datum <= vandaag:
        yield Fout(0, f"datum_{n}", f"De datum van bron {n} ligt niet tussen 01-01-2000 en vandaag.")
    yield from (Fout(0, f"waar_{n}", bezwaar) for bezwaar in bezwaren_tegen(bron.waar, LANGSTE_PLEK))
    if is_webadres(bron.waar) and not _is_te_openen(bron.waar.strip()):
        yield Fout(
            0, f"waar_{n}", f"Het webadres van bron {n} is niet te openen. Schrijf het heel, met https:// ervoor."
        )


def _is_te_openen(adres: str) -> bool:
    """Only over https, and never with a name before the host, which hides where it leads."""
    try:
        URLValidator(schemes=["https"])(adres)
    except ValidationError:
        return False
    return "@" not in adres.split("/")[2]


def _bewijs(o: Standopgave) -> list[dict[str, str]]:
    """As it is kept; indicators first, in the order of their names."""
    indicatoren = [
        {"code": code, "datum": "", "soort": "indicator", "titel": ""} for code in sorted(set(o.indicatoren))
    ]
    bronnen = (bron for bron in o.bronnen if bron.datum)
    return indicatoren + [
        {"code": "", "datum": f"{bron.datum:%Y-%m-%d}", "soort": bron.soort, "titel": bron.titel.strip()}
        | ({"waar": bron.waar.strip()} if bron.waar.strip() else {})
        for bron in bronnen
    ]


def _eis_anders(geldend: Ambitiestand | None, velden: Mapping[str, object], reden: str) -> None:
    """Of what counts already: something else, and why. Raises InvoerFout."""
    if geldend is None:
        return
    if all(getattr(geldend, naam) == waarde for naam, waarde in velden.items()):
        raise InvoerFout([Fout(0, "", "Dit is al zo vastgesteld. Er is niets ingediend.")])
    if not reden.strip():
        raise InvoerFout(
            [
                Fout(
                    0,
                    "reden",
                    f"Over de {geldend.halfjaar.leesbaar} is al iets vastgesteld. Schrijf waarom het anders is.",
                )
            ]
        )
