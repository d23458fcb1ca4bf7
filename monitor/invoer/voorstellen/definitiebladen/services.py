"""A changed definition sheet, proposed: only when another approved it, it is written to the sheet of the agenda."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.tekens import zichtbaar
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from common.vaststellen.model import OPENSTAAND
from monitor.invoer.regels.validatie import EERSTE_JAAR, LAATSTE_JAAR, bezwaren_tegen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import eis_open, houd_kwartalen
from monitor.invoer.vaststellen.voorstel import (
    als_tekst,
    eis_gezien,
    eis_niet_in_behandeling,
    houd_indicatoren,
    leg_voorstel_neer,
)
from monitor.invoer.voorstellen.definitiebladen.blad import (
    BLAD,
    Blad,
    agenda_van_nu,
    blad_van,
    kwartalen_van_bladen,
    zonder_plek,
)
from monitor.models import Definitieversie, Indicator
from monitor.reikwijdte import lees_reikwijdte

TEKSTEN = {"naam": 160, "definitie": 4000, "telregel": 4000, "bron": 300, "opmerking": 4000, "reden": 2000}


def stel_definitie_voor(
    indicator: Indicator,
    blad: Blad,
    *,
    reden: str,
    door: User,
    herkomst: str,
    op: datetime | None = None,
    gezien: int | None = None,
) -> Definitieversie:
    """Propose a sheet; one that was sent back takes the new content. ``gezien``: the version its author saw.

    Raises Verouderd; InvoerFout with every fault, also when open values would be left without a place;
    KwartaalGesloten when it would change the verdict of a closed quarter; NietToegestaan where the right does not
    reach.
    """
    with bewaakt("definitie voorstellen", door=door, herkomst=herkomst):
        if not lees_reikwijdte(door, Recht.DEFINITIE_VOORSTELLEN).bevat(indicator.code, ""):
            raise NietToegestaan(f"{door} mag voor deze indicator geen definitie voorstellen.")
        op = op or timezone.now()
        agenda = agenda_van_nu(indicator, timezone.localdate(op))
        houd_kwartalen(kwartalen_van_bladen([Definitieversie(indicator=indicator, agenda=agenda, **blad)]))
        houd_indicatoren([indicator.pk])
        indicator = Indicator.objects.select_related("waarvan_van").get(pk=indicator.pk)
        nieuw = Definitieversie(indicator=indicator, agenda=agenda, **blad)
        versies = Definitieversie.objects.filter(indicator=indicator)
        open_ = versies.filter(staat__in=OPENSTAAND).select_related("ingevoerd_door").first()
        eis_niet_in_behandeling(open_)
        geldend = versies.geldend().filter(agenda=agenda).first()
        eis_gezien(geldend, gezien)
        _toets(nieuw.zoals_nu, blad, reden)
        eis_open(kwartalen_van_bladen([nieuw]))
        extra = {"agenda": agenda, "reden": reden, "vervangt": geldend, "vervangreden": reden if geldend else ""}
        rij, van = open_ or nieuw, als_tekst(nieuw.zoals_nu, BLAD)
        leg_voorstel_neer(rij, blad | extra, door=door, herkomst=herkomst, op=op, van=van, reden=reden)
    return rij


def _toets(indicator: Indicator, blad: Blad, reden: str) -> None:
    """Everything that is wrong with a sheet at once. Raises InvoerFout."""
    fouten = _tekstfouten(blad | {"reden": reden}) + _ritmefouten(indicator, blad) + _opbouwfouten(indicator, blad)
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


def _opbouwfouten(indicator: Indicator, blad: Blad) -> list[Fout]:
    if blad["verwachting"] not in Indicator.Verwachting:
        return [Fout(0, "verwachting", "Kies hoe het jaar zich opbouwt.")]
    if blad["grenzen_per_kwartaal"] not in (True, False):
        return [Fout(0, "grenzen_per_kwartaal", "Kies waarmee een kwartaal vergeleken wordt.")]
    if blad["verwachting"] == Indicator.Verwachting.STAP and not indicator.stap_kwartaal:
        reden = "Van deze indicator staat niet vast in welk kwartaal alles in één keer komt. Kies een andere opbouw."
        return [Fout(0, "verwachting", reden)]
    return []


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
