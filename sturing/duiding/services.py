"""The only way in for a duiding. Atomic and audited; ``monitor.invoer.vaststellen`` decides on it.

Locks as for values: the quarter, then ``Slot.METING``, then rows.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User, lees_werkenden
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from common.tekst.tekens import lees_sleutel
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import NietToegestaan, Verouderd, bewaakt
from common.vaststellen.model import Staat
from monitor.invoer.regels.moment import datumuitleg, lees_datum
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.regels.validatie import LAATSTE_JAAR, bezwaren_tegen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import houd_kwartalen
from sturing.lezen.duidingen import (
    Duidingsplek,
    Gezien,
    bewaard_in_spoor,
    draagt_belofte,
    lees_versies,
    lees_vorige,
    mag_duiden,
)
from sturing.models import LANGSTE_DUIDING, Duiding

Cellen = Mapping[str, str]
"""What was typed, by field; ``persoon`` is the key of who does it."""
_VRAAG = {
    "wat": "Schrijf wat er te zien is.",
    "waardoor": "Schrijf waardoor het komt. Weet u het nog niet, schrijf dan wat u uitzoekt.",
    "doen": "Schrijf wat er gebeurt. Gebeurt er niets, schrijf dan waarom niet.",
}
_TEKSTEN = (*_VRAAG, "afloop_toelichting", "reden")


def dien_duiding_in(
    plek: Duidingsplek,
    cellen: Cellen,
    *,
    door: User,
    herkomst: str,
    op: datetime | None = None,
    gezien: Gezien | None = None,
    demo: bool = False,
) -> Duiding:
    """Hand in a duiding, or a correction of the one that counts; what is equal already is left alone.

    Raises InvoerFout with every fault, Verouderd where another handed in or decided meanwhile, NietToegestaan where
    the right does not reach.
    """
    op = op or timezone.now()
    with bewaakt("duiding schrijven", door=door, herkomst=herkomst):
        if not mag_duiden(door, plek.indicator, plek.onderdeel):
            raise NietToegestaan(f"{door} mag dit cijfer niet duiden. Vraag de beheerder om de juiste rol.")
        houd_kwartalen({(plek.kwartaal.jaar, plek.kwartaal.nummer)})
        houd_slot(Slot.METING)
        geldend, open_ = lees_versies(plek.indicator, plek.onderdeel, plek.kwartaal)
        vorige = lees_vorige(plek.indicator, plek.onderdeel, plek.kwartaal)
        _eis_gezien(gezien, Gezien.van(open_ or geldend, vorige), open_ or geldend, door)
        inhoud = _lees(plek, cellen, vorige, op)
        gelijk = next((rij for rij in (open_, geldend) if rij), None)
        if gelijk and gelijk.staat in (Staat.INGEDIEND, Staat.VASTGESTELD) and _is_gelijk(gelijk, inhoud):
            return gelijk
        reden = cellen.get("reden", "").strip()
        _toets(plek, geldend, open_, reden, timezone.localdate(op))
        return _leg_neer(plek, inhoud, geldend, open_, reden=reden, door=door, herkomst=herkomst, op=op, demo=demo)


def _eis_gezien(gezien: Gezien | None, nu: Gezien, versie: Duiding | None, door: User) -> None:
    if gezien is None or gezien == nu:
        return
    ander = versie.ingevoerd_door if versie and versie.ingevoerd_door_id != door.pk else None
    wie = f"{ander} schreef of wijzigde intussen de duiding" if ander else "Intussen is hier iets veranderd"
    raise Verouderd(
        f"{wie}. Er is niets ingediend. Wat u typte, staat er nog; daarboven staat wat er nu ligt. Vergelijk het en "
        "dien het zo nodig opnieuw in."
    )


def _lees(plek: Duidingsplek, cellen: Cellen, vorige: Duiding | None, op: datetime) -> dict[str, Any]:
    """What it says, read from text. Raises InvoerFout with every fault."""
    teksten = {naam: cellen.get(naam, "").strip() for naam in _TEKSTEN}
    vandaag = timezone.localdate(op)
    wie, wiefouten = _lees_wie(cellen.get("persoon", ""), vandaag)
    wanneer, dagfouten = _lees_wanneer(cellen.get("wanneer", "").strip(), plek.kwartaal)
    afloop, afloopfouten = _lees_afloop(cellen.get("afloop", ""), teksten["afloop_toelichting"], vorige)
    if fouten := [*_tekstfouten(teksten), *wiefouten, *dagfouten, *afloopfouten]:
        raise InvoerFout(fouten)
    inhoud = {naam: teksten[naam] for naam in _VRAAG} | {"wie": wie, "wanneer": wanneer, "vorige": vorige}
    return inhoud | {"afloop": afloop, "afloop_toelichting": teksten["afloop_toelichting"] if vorige else ""}


def _tekstfouten(teksten: Mapping[str, str]) -> list[Fout]:
    leeg = [Fout(0, naam, vraag) for naam, vraag in _VRAAG.items() if not teksten[naam]]
    return leeg + [Fout(0, n, zin) for n, tekst in teksten.items() for zin in bezwaren_tegen(tekst, LANGSTE_DUIDING)]


def _lees_wie(sleutel: str, vandaag: date) -> tuple[User | None, Sequence[Fout]]:
    """Who answers for the promise: somebody who works here today and reads figures."""
    persoon = User.objects.filter(pk=lees_sleutel(sleutel) or 0).first()
    if persoon is None:
        return None, [Fout(0, "persoon", "Kies wie dit doet.")]
    werkt = next(iter(lees_werkenden(vandaag, [persoon.pk])), None)
    if werkt is None:
        return None, [Fout(0, "persoon", f"{persoon} werkt hier niet meer, of heeft geen rol. Kies een ander.")]
    if not draagt_belofte(werkt):
        return None, [Fout(0, "persoon", f"{persoon} leest geen cijfers en kan dit niet beloven. Kies een ander.")]
    return werkt, []


def _lees_wanneer(tekst: str, kwartaal: Kwartaal) -> tuple[date | None, Sequence[Fout]]:
    if not tekst:
        return None, [Fout(0, "wanneer", "Vul in wanneer het gedaan is, als 31-12-2026.")]
    dag = lees_datum(tekst)
    if dag is None:
        return None, [Fout(0, "wanneer", datumuitleg(tekst))]
    if dag <= kwartaal.einde() or dag.year > LAATSTE_JAAR:
        na = f"Kies een dag na {kwartaal.einde():%d-%m-%Y}: wat u belooft, gebeurt na het kwartaal dat u duidt."
        return None, [
            Fout(0, "wanneer", na if dag.year <= LAATSTE_JAAR else f"Kies een dag tot en met {LAATSTE_JAAR}.")
        ]
    return dag, []


def _lees_afloop(afloop: str, toelichting: str, vorige: Duiding | None) -> tuple[str, Sequence[Fout]]:
    if vorige is None:
        return "", []
    if afloop not in Duiding.Afloop.values:
        return "", [Fout(0, "afloop", f"Kies wat er is geworden van wat over {vorige.periode.leesbaar} beloofd is.")]
    if afloop != Duiding.Afloop.NAGEKOMEN and not toelichting:
        return afloop, [Fout(0, "afloop_toelichting", "Schrijf waarom dit niet (helemaal) gedaan is, of nog loopt.")]
    return afloop, []


def _is_gelijk(rij: Duiding, inhoud: Mapping[str, Any]) -> bool:
    return all(getattr(rij, naam) == waarde for naam, waarde in inhoud.items())


def _toets(plek: Duidingsplek, geldend: Duiding | None, open_: Duiding | None, reden: str, vandaag: date) -> None:
    """Whether this place can take another version now. Raises InvoerFout."""
    kwartaal = plek.kwartaal
    if (kwartaal.jaar, kwartaal.nummer) in lees_gesloten():
        zin = f"{kwartaal.leesbaar} is gesloten: de duiding van toen blijft staan. Duid het in een later kwartaal."
        raise InvoerFout([Fout(0, "", zin)])
    if kwartaal.einde() >= vandaag:
        raise InvoerFout([Fout(0, "", f"{kwartaal.leesbaar} is nog niet voorbij. Duiden kan vanaf de dag erna.")])
    if open_ and open_.staat == Staat.INGEDIEND:
        zin = f"Er wacht al een duiding van {open_.ingevoerd_door} op een besluit. Laat die eerst vaststellen."
        raise InvoerFout([Fout(0, "", zin)])
    if geldend and not reden and not (open_ and open_.vervangreden):
        raise InvoerFout([Fout(0, "reden", "Deze duiding was al vastgesteld. Schrijf waarom die verandert.")])


def _leg_neer(
    plek: Duidingsplek,
    inhoud: Mapping[str, Any],
    geldend: Duiding | None,
    open_: Duiding | None,
    *,
    reden: str,
    door: User,
    herkomst: str,
    op: datetime,
    demo: bool,
) -> Duiding:
    """A first version, a correction, or the new content of one that was taken back or sent back."""
    van = bewaard_in_spoor(open_ or geldend) if open_ or geldend else None  # type: ignore[arg-type]  # one is there
    waar = {"indicator": plek.indicator, "onderdeel": plek.onderdeel}
    rij = open_ or Duiding(**waar, jaar=plek.kwartaal.jaar, kwartaal=plek.kwartaal.nummer, vervangt=geldend, demo=demo)
    waarom = {"vervangreden": reden} if rij.vervangt_id and reden else {}
    wacht = {"staat": Staat.INGEDIEND, "ingevoerd_door": door, "ingevoerd_op": op, "ingediend_op": op}
    vrij = {"afgekeurd_door": None, "afgekeurd_op": None, "afkeurreden": ""}
    nieuw = {**inhoud, **waarom, **wacht, **vrij}
    for naam, waarde in nieuw.items():
        setattr(rij, naam, waarde)
    rij.save(update_fields=nieuw if rij.pk else None)
    handeling = "opnieuw ingediend" if open_ else "correctie ingediend" if geldend else "ingediend"
    wie: dict[str, Any] = {"door": door, "herkomst": herkomst, "op": op, "reden": rij.vervangreden}
    leg_vast([gebeurtenis(handeling, rij, van=van, naar=bewaard_in_spoor(rij), **wie)])
    return rij
