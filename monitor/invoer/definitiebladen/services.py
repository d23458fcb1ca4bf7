"""A changed definition sheet: proposed by one person, approved by another, and only then written to the Indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.tekens import zichtbaar
from common.vaststellen.audit import leg_vast
from common.vaststellen.besluit import NietToegestaan, Verouderd, bewaakt, neem_aan, weiger_eigen_werk
from common.vaststellen.model import Staat
from monitor.invoer.regels.validatie import (
    EERSTE_JAAR,
    LAATSTE_JAAR,
    bezwaren_tegen,
    past_bij_niveau,
)
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.services import (
    OPENSTAAND,
    als_tekst,
    besluit_over,
    eis_niet_in_behandeling,
    houd_indicatoren,
    leg_voorstel_neer,
    spoor,
    stuur_voorstellen_terug,
    voorgesteld,
)
from monitor.models import Concept, Definitieversie, Indicator, Meting
from monitor.reikwijdte import lees_reikwijdte
from monitor.rekenen.regels.verschuldigd import is_meetmoment
from monitor.rekenen.wachtrij import vraag_herberekeningen

Blad = dict[str, Any]
Bladen = Mapping[int, tuple[Indicator, Blad]]  # by key: the indicator as it is, and the sheet it would get
RITME = ("frequentie", "eerste_jaar", "niveau")
OPEN = (Staat.CONCEPT, Staat.INGEDIEND, Staat.AFGEKEURD)


def zonder_plek(bladen: Bladen) -> dict[int, str]:
    """Per indicator why its sheet cannot be: open values that it would leave without a place. At most two queries."""
    anders = _met_ander_ritme(bladen)
    if not anders:
        return {}
    buiten = Counter[int]()
    for pk, aantal in _buiten(anders, Meting.objects.filter(indicator__in=anders, staat__in=OPEN)):
        buiten[pk] += aantal
    for pk, aantal in _buiten(anders, Concept.objects.filter(indicator__in=anders)):
        buiten[pk] += aantal
    return {pk: _geen_plek(aantal) for pk, aantal in buiten.items()}


def gevolgen(bladen: Bladen) -> dict[int, list[str]]:
    """Per indicator with another frequency or level, in sentences, what that does. At most one query."""
    anders = _met_ander_ritme(bladen)
    if not anders:
        return {}
    buiten = Counter[int]()
    for pk, aantal in _buiten(anders, Meting.objects.filter(indicator__in=anders, staat=Staat.VASTGESTELD)):
        buiten[pk] += aantal
    return {pk: _zinnen(buiten[pk]) for pk in anders}


def _met_ander_ritme(bladen: Bladen) -> dict[int, tuple[Indicator, Blad]]:
    return {pk: paar for pk, paar in bladen.items() if any(getattr(paar[0], naam) != paar[1][naam] for naam in RITME)}


def _buiten(bladen: Bladen, rijen: Any) -> Iterator[tuple[int, int]]:
    """Of these rows, per indicator how many do not fit its new sheet."""
    velden = ("indicator_id", "onderdeel__soort", "jaar", "kwartaal")
    for pk, soort, jaar, kwartaal, aantal in rijen.order_by().values_list(*velden).annotate(Count("pk")):
        indicator, blad = bladen[pk]
        past = is_meetmoment(blad["frequentie"], blad["eerste_jaar"], jaar, kwartaal)
        if not (past and past_bij_niveau(blad["niveau"], indicator.aggregatie, soort)):
            yield pk, aantal


def _geen_plek(aantal: int) -> str:
    wat = "Er staat 1 waarde" if aantal == 1 else f"Er staan {aantal} waarden"
    return (
        f"{wat} nog open die bij de nieuwe frequentie of het nieuwe niveau geen plek meer heeft in de invoer. "
        "Laat eerst vaststellen wat openstaat, of maak het leeg."
    )


def _zinnen(buiten: int) -> list[str]:
    zinnen = [
        "Waarden die al zijn vastgesteld, blijven staan.",
        "Na vaststellen rekent de monitor alle oordelen van deze indicator opnieuw uit.",
    ]
    if buiten:
        wat = "1 vastgestelde waarde is" if buiten == 1 else f"{buiten} vastgestelde waarden zijn"
        zinnen.insert(
            1, f"{wat} van een kwartaal of niveau dat dan niet meer wordt gevraagd. Ook die blijven meetellen."
        )
    return zinnen


BLAD = Definitieversie.BLAD
TEKSTEN = {"naam": 160, "definitie": 4000, "telregel": 4000, "bron": 300, "opmerking": 4000, "reden": 2000}


def blad_van(bron: Indicator | Definitieversie) -> Blad:
    """The sheet as the Indicator holds it, or as a version proposes it."""
    return {naam: getattr(bron, naam) for naam in BLAD}


def stel_definitie_voor(
    indicator: Indicator, blad: Blad, *, reden: str, door: User, herkomst: str, op: datetime | None = None
) -> Definitieversie:
    """Propose a sheet; one that was sent back takes the new content.

    Raises InvoerFout with every fault, also when open values would be left without a place; NietToegestaan where
    the right does not reach.
    """
    with bewaakt("definitie voorstellen", door=door, herkomst=herkomst):
        if not lees_reikwijdte(door, Recht.DEFINITIE_VOORSTELLEN).bevat(indicator.code, ""):
            raise NietToegestaan(f"{door} mag voor deze indicator geen definitie voorstellen.")
        houd_indicatoren([indicator.pk])
        indicator = Indicator.objects.select_related("eigenaar", "waarvan_van").get(pk=indicator.pk)
        versies = Definitieversie.objects.filter(indicator=indicator)
        open_ = versies.filter(staat__in=OPENSTAAND).select_related("ingevoerd_door").first()
        eis_niet_in_behandeling(open_)
        _toets(indicator, blad, reden)
        geldend, op = versies.geldend().first(), op or timezone.now()
        extra = {"reden": reden, "vervangt": geldend, "vervangreden": reden if geldend else ""}
        rij = leg_voorstel_neer(open_ or Definitieversie(indicator=indicator), blad | extra, door=door, op=op)
        van = als_tekst(indicator, BLAD)
        leg_vast([spoor(voorgesteld(open_ is not None), rij, door, herkomst, op, van=van, reden=reden)])
    return rij


def _toets(indicator: Indicator, blad: Blad, reden: str) -> None:
    """Everything that is wrong with a sheet at once. Raises InvoerFout."""
    fouten = _tekstfouten(blad | {"reden": reden}) + _ritmefouten(indicator, blad)
    if not fouten and blad == blad_van(indicator):
        fouten = [Fout(0, "", "Dit is gelijk aan de definitie die nu geldt. Er is niets voorgesteld.")]
    fouten = fouten or [Fout(0, "", zin) for zin in zonder_plek({indicator.pk: (indicator, blad)}).values()]
    if fouten:
        raise InvoerFout(fouten)


def _tekstfouten(teksten: Blad) -> list[Fout]:
    fouten = []
    for naam, lengte in TEKSTEN.items():
        tekst = teksten[naam]
        if not tekst.strip() and naam != "opmerking":
            vraag = "Schrijf waarom de definitie verandert." if naam == "reden" else "Vul dit in."
            fouten.append(Fout(0, naam, vraag))
        fouten += [Fout(0, naam, bezwaar) for bezwaar in bezwaren_tegen(tekst, lengte)]
    if zichtbaar(teksten["naam"]) != teksten["naam"]:  # a name stands in titles, figures and files as it is
        fouten.append(Fout(0, "naam", f"Haal het onzichtbare teken weg: {zichtbaar(teksten['naam'])}."))
    return fouten


def _ritmefouten(indicator: Indicator, blad: Blad) -> list[Fout]:
    """Frequency, first year and level fit each other, and the indicator this one is a part of."""
    fouten, jaar, frequentie = [], blad["eerste_jaar"], blad["frequentie"]
    if frequentie not in Indicator.Frequentie or blad["niveau"] not in Indicator.Niveau:
        return [Fout(0, "frequentie", "Kies hoe vaak en op welk niveau er gemeten wordt.")]
    if (frequentie == Indicator.Frequentie.TWEEJAARLIJKS) != (jaar is not None):
        reden = "Vul het eerste jaar in bij een meting elke twee jaar, en alleen daarbij."
        fouten.append(Fout(0, "eerste_jaar", reden))
    elif jaar is not None and not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
        fouten.append(Fout(0, "eerste_jaar", f"Vul een jaar in van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}."))
    familie = [indicator.waarvan_van] if indicator.waarvan_van else list(indicator.waarvan.all())
    anders = [lid.naam for lid in familie if lid.frequentie != frequentie and frequentie != indicator.frequentie]
    if anders:
        reden = (
            f"Deze indicator hoort bij {', '.join(anders)}. Die worden even vaak gemeten: de frequentie blijft gelijk."
        )
        fouten.append(Fout(0, "frequentie", reden))
    return fouten


def stel_definities_vast(
    versies: Sequence[Definitieversie], *, door: User, herkomst: str, op: datetime | None = None
) -> list[Definitieversie]:
    """Approve proposed sheets, all or none: the Indicator takes them over and its figures are asked to be recomputed.

    Each version carries in ``indicator`` the sheet its reader saw beside it. The author never approves; the database
    refuses it too. Raises Verouderd, NietToegestaan, or InvoerFout when open values would be left without a place.
    """
    recht, gezien = Recht.DEFINITIE_VASTSTELLEN, {v.indicator_id: blad_van(v.indicator) for v in versies}
    with besluit_over(versies, recht=recht, door=door, herkomst=herkomst) as open_:
        weiger_eigen_werk(open_, door)
        indicatoren = _vergrendel_bladen(gezien)
        bezwaren = zonder_plek({v.indicator_id: (indicatoren[v.indicator_id], blad_van(v)) for v in open_})
        if bezwaren:
            namen = (f"{indicatoren[pk].naam}: {zin}" for pk, zin in bezwaren.items())
            raise InvoerFout([Fout(0, "", zin) for zin in namen])
        op = op or timezone.now()
        neem_aan(open_, door=door, op=op)
        sporen = [
            spoor("vastgesteld", v, door, herkomst, op, van=als_tekst(indicatoren[v.indicator_id], BLAD)) for v in open_
        ]
        _schrijf(indicatoren, open_)
        leg_vast(sporen)
        vraag_herberekeningen((pk, None, None) for pk in sorted(indicatoren))
    return open_


def _vergrendel_bladen(gezien: Mapping[int, Blad]) -> dict[int, Indicator]:
    """The indicators, locked, with the sheets their reader saw. Raises Verouderd when one is not that any more."""
    alle = Indicator.objects.select_for_update(of=("self",)).select_related("eigenaar").order_by("pk")
    nu = alle.in_bulk(list(gezien))
    if any(blad_van(indicator) != gezien[pk] for pk, indicator in nu.items()):
        raise Verouderd
    return nu


def _schrijf(indicatoren: Mapping[int, Indicator], versies: Sequence[Definitieversie]) -> None:
    for versie in versies:
        for naam, waarde in blad_van(versie).items():
            setattr(indicatoren[versie.indicator_id], naam, waarde)
    Indicator.objects.bulk_update(indicatoren.values(), BLAD)


def stuur_definities_terug(
    versies: Sequence[Definitieversie], *, door: User, reden: str, herkomst: str
) -> list[Definitieversie]:
    """Send proposed sheets back, with a reason."""
    recht = Recht.DEFINITIE_VASTSTELLEN
    return stuur_voorstellen_terug(versies, recht=recht, door=door, reden=reden, herkomst=herkomst)
