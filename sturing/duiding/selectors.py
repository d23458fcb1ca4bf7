"""The duiding of one figure as its page shows it: what counts, what is open, and every promise before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone

from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.models import Onderdeel
from monitor.dashboards import selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.eigenaars import Eigenaars
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.models import Indicator, Stand
from monitor.reikwijdte import lees_reikwijdte
from monitor.zicht import BOVENIN
from sturing.lezen.duidingen import (
    SOORTEN,
    VERWANT,
    Duidingsplek,
    Gezien,
    draagt_belofte,
    leesbaar,
    mag_duiden,
    mag_lezen,
)
from sturing.models import Duiding
from sturing.regels.ladder import vraagt_duiding

_PERSONEN = ("ingevoerd_door", "vastgesteld_door", "afgekeurd_door")


@dataclass(frozen=True)
class Duidingsbeeld:
    """Of one place, for one reader. ``open`` is what is not decided on yet, as far as they may read it.

    ``beletsel`` is why nobody can write here now, in words; ``aan_zet`` who is asked to.
    """

    regel: Regel
    onderdeel: Onderdeel
    onderdelen: Sequence[Onderdeel]
    geldend: Duiding | None
    open: Duiding | None
    vorige: Duiding | None
    eerdere: Sequence[Duiding]
    schrijft: bool
    beletsel: str
    met_namen: bool
    stappen: Sequence[Stap]
    gezien: Gezien
    aan_zet: str
    weet: bool
    """Whether this reader may know of what is open."""

    @property
    def plek(self) -> Duidingsplek:
        return Duidingsplek(self.regel.indicator, self.onderdeel, self.regel.kwartaal)

    @property
    def wordt_gevraagd(self) -> bool:
        return vraagt_duiding(self.regel.oordeel) and not self.regel.is_eerder

    @property
    def ontbreekt(self) -> bool:
        return self.wordt_gevraagd and self.geldend is None

    @property
    def wacht(self) -> bool:
        return self.open is not None and self.open.staat == Staat.INGEDIEND

    @property
    def kan_schrijven(self) -> bool:
        return self.schrijft and not self.beletsel and not self.wacht


def lees_beeld(blik: Blik, code: str, onderdeel: str) -> Duidingsbeeld:
    """Raises Http404 for a place that is not there, or whose figure this person may not read."""
    blik, monitorregel = selectors.monitorregel(blik, code)
    onderdelen = [o for o in _onderdelen() if _mag_lezen(blik, monitorregel.indicator, o)]
    hier = next((o for o in onderdelen if o.code == (onderdeel or blik.eenheid.code)), None)
    if hier is None:
        raise Http404
    regel, nu = _regel(blik, monitorregel, hier), blik.kwartaal
    versies = _lees_versies(blik, regel, hier)
    alles = [rij for rij in versies if rij.staat not in OPENSTAAND]
    geldt = [rij for rij in alles if rij.staat == Staat.VASTGESTELD]
    geldend = next((rij for rij in geldt if rij.periode == nu), None)
    vorige = next((rij for rij in geldt if rij.periode < nu), None)
    open_ = next((rij for rij in versies if rij.staat in OPENSTAAND and rij.periode == nu), None)
    spoor = lees_reikwijdte(blik.user, Recht.SPOOR_LEZEN).bevat(code, hier.code)
    return Duidingsbeeld(
        regel=regel,
        onderdeel=hier,
        onderdelen=onderdelen,
        geldend=geldend,
        open=open_ if open_ and _leest_open(blik.user, open_) else None,
        vorige=vorige,
        eerdere=[rij for rij in alles if rij is not geldend],
        schrijft=blik.bekend.dag is None and mag_duiden(blik.user, regel.indicator, hier),
        beletsel=_beletsel(nu),
        met_namen=spoor,
        stappen=_stappen(blik, [rij.pk for rij in versies if rij.periode == nu]) if spoor else (),
        gezien=Gezien.van(open_ or geldend, vorige),
        aan_zet=_aan_zet(regel, hier, blik.bekend_op),
        weet=lees_reikwijdte(blik.user, Recht.CONCEPT_LEZEN).bevat(code, hier.code),
    )


def _mag_lezen(blik: Blik, indicator: Indicator, onderdeel: Onderdeel) -> bool:
    """By the rights of now; below the unit only what was known there may be shown of that day."""
    getoond = onderdeel.soort in BOVENIN or not blik.bekend.waarom_niet(indicator, onderdeel, ())
    return getoond and mag_lezen(blik.user, indicator, onderdeel, blik.kwartaal.jaar)


def _onderdelen() -> list[Onderdeel]:
    """The unit, then its districts."""
    volgorde = {soort: plek for plek, soort in enumerate(SOORTEN)}
    return sorted(Onderdeel.objects.filter(soort__in=SOORTEN), key=lambda o: volgorde[Onderdeel.Soort(o.soort)])


def _regel(blik: Blik, monitorregel: Any, onderdeel: Onderdeel) -> Regel:
    """Of the unit as its own page has it; of a district its row of the quarter."""
    if onderdeel == blik.eenheid:
        (regel,) = selectors.regels(blik, [monitorregel])
        return regel
    rijen = blik.bekend.van_onderdelen(blik.uitsnede([monitorregel.indicator], blik.kwartaal), [onderdeel])
    return Regel(monitorregel, blik.kwartaal, next(iter(rijen), None), blik.vraag)


def _lees_versies(blik: Blik, regel: Regel, onderdeel: Onderdeel) -> list[Duiding]:
    """Every version up to the quarter shown, as known on the day; the latest quarter, then the latest version first."""
    rijen = Duiding.objects.filter(indicator=regel.indicator, onderdeel=onderdeel).select_related(*VERWANT, *_PERSONEN)
    bekend = blik.bekend.zoals(rijen.order_by("-jaar", "-kwartaal", "-pk"))
    tot_nu = [*_lees_open_toen(blik, regel, onderdeel), *(rij for rij in bekend if rij.periode <= regel.kwartaal)]
    if regel.rij and regel.rij.stand == Stand.NIET_VAN_ALLE:
        tot_nu = [rij for rij in tot_nu if rij.periode != regel.kwartaal]
    return leesbaar(blik.user, tot_nu, blik.bekend.moment)


def _lees_open_toen(blik: Blik, regel: Regel, onderdeel: Onderdeel) -> list[Duiding]:
    """Looking back: what was not decided on that day of the quarter shown, as it stood then."""
    if blik.bekend.dag is None:
        return []
    plek = {"indicator_id": regel.indicator.pk, "onderdeel_id": onderdeel.pk}
    plek |= {"jaar": regel.kwartaal.jaar, "kwartaal": regel.kwartaal.nummer}
    return Duiding.objects.openstaand_op(blik.bekend.moment, **plek)


def _leest_open(user: User, rij: Duiding) -> bool:
    concepten = lees_reikwijdte(user, Recht.CONCEPT_LEZEN)
    return rij.ingevoerd_door_id == user.pk or concepten.bevat(rij.indicator.code, rij.onderdeel.code)


def _beletsel(kwartaal: Kwartaal) -> str:
    if (kwartaal.jaar, kwartaal.nummer) in lees_gesloten():
        return f"{kwartaal.leesbaar} is gesloten: wat er toen over gezegd is, blijft staan."
    if kwartaal.einde() >= timezone.localdate():
        return f"{kwartaal.leesbaar} is nog niet voorbij. Duiden kan vanaf de dag erna."
    return ""


def _stappen(blik: Blik, sleutels: Sequence[int]) -> list[Stap]:
    sporen = AuditEvent.objects.filter(object_soort="duiding", object_id__in=[str(pk) for pk in sleutels])
    if blik.bekend.moment:
        sporen = sporen.filter(op__lte=blik.bekend.moment)
    return vertel(sporen.order_by("-op", "-pk"))


def _aan_zet(regel: Regel, onderdeel: Onderdeel, dag: date) -> str:
    """The owner who is asked; of a district its chief, whom no owner stands in for."""
    if onderdeel.soort != Onderdeel.Soort.EENHEID:
        return f"de chef van district {onderdeel.code}"
    eigenaars = Eigenaars.lees(dag).voor(Recht.DUIDING_SCHRIJVEN)
    beurt = eigenaars.beurt(regel.indicator, onderdeel, regel.monitorregel.thema_id, dag)
    return str(beurt) if beurt else "de analisten en de portefeuillehouder van het thema"


def lees_dragers() -> list[User]:
    """Who can take a promise upon themselves, by name."""
    return [persoon for persoon in lees_werkenden(timezone.localdate()) if draagt_belofte(persoon)]
