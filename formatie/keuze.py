"""Which quarter a page of the formation is about, as known on which day, and the versions of the plan it may need."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.gewijzigd import Correctie, Gewijzigd, nieuwe, paren
from common.pagina.peildatum import Kwartaalkeuze, lees_keuze, weiger_buiten
from common.tekst.cijfers import fte_in_woorden
from common.tekst.periode import Kwartaal, laatst_verschuldigde
from formatie.bezetting.sommen import VELDEN, netjes
from formatie.bezetting.terugkijken import Bekend, bekend_van, leest_destijds
from formatie.bezetting.zicht import get_besloten
from formatie.models import Bezetting, Formatieplan, Onderdeel
from formatie.plan.versies import geldend

MEER_PLANNEN = 2


@dataclass(frozen=True)
class Blik(Kwartaalkeuze):
    """``eerste`` is the quarter the plan begins in; ``plan`` the version in force on the last day of ``kwartaal``."""

    kwartaal: Kwartaal
    eerste: Kwartaal
    bekend_op: date
    bekend: Bekend
    plannen: list[Formatieplan]

    @property
    def plan(self) -> Formatieplan | None:
        return geldend(self.plannen, self.kwartaal.einde())

    @property
    def reikwijdte(self) -> tuple[Kwartaal, Kwartaal]:
        return self.eerste, max(self.kwartaal, Kwartaal.van(self.bekend_op))

    @property
    def groepen(self) -> list[tuple[str, list[Kwartaal]]]:
        """The quarters under the plan of their agenda; without a heading where there is one plan."""
        if len(self.plannen) < MEER_PLANNEN:
            return super().groepen
        return [(naam, list(groep)) for naam, groep in groupby(self.keuzes, key=self._plannaam)]

    def _plannaam(self, kwartaal: Kwartaal) -> str:
        plan = geldend(self.plannen, kwartaal.einde())
        return plan.naam if plan else "Zonder plan"

    @property
    def vanzelf(self) -> Kwartaal:
        return heden(self.eerste, self.bekend_op)


def bepaal(kwartaal: str, vandaag: date, peildatum: str = "") -> Blik:
    """The view of a request.

    A quarter or day that cannot be read, or that lies after the day of the view, is a bad request; a quarter without
    figures is not found. As known today is the ordinary page.
    """
    gekozen, dag = lees_keuze(kwartaal, vandaag, peildatum)
    bekend = bekend_van(dag)
    bekend_op, plannen = dag or vandaag, bekend.plannen()
    eerste = Kwartaal.van(plannen[0].geldig_vanaf if plannen else bekend_op)
    gekozen = gekozen or heden(eerste, bekend_op)
    nu, destijds = (max(Kwartaal.van(op), eerste) for op in (vandaag, bekend_op))
    weiger_buiten(gekozen, eerste, nu, destijds, bekend_op)
    return Blik(gekozen, eerste, bekend_op, bekend, plannen)


def heden(eerste: Kwartaal, vandaag: date) -> Kwartaal:
    """The latest quarter whose people should have been reported, or the first of the plan."""
    return max(laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN), eerste)


OPGAVE = ("opgave van bezetting", "opgaven van bezetting")
NAMEN = {"os": "OS", "nos": "NOS", "wijkagenten_expert": "wijkagenten expert", "status": ""}
NIETS = "niet opgegeven"
EENHEID = (
    "en die van de eenheid alleen als toen elk onderdeel haar had opgegeven: anders zou het verschil tussen twee dagen "
    "verraden hoeveel mensen één team heeft."
)
GEEN_DISTRICT = f"Van een eerdere dag ziet u geen bezetting van districten, {EENHEID}"
EIGEN_DISTRICT = f"Van een eerdere dag ziet u alleen de bezetting van uw eigen district, {EENHEID}"


def maak_terugblik(user: User, blik: Blik, district: Onderdeel | None) -> dict[str, Any] | None:
    """What ``_components/terugblik.html`` needs; None on the page of today. Without a district: of all there is."""
    if blik.bekend.dag is None:
        return None
    code = district.code if district else ""
    eigen = user.districten_met(Recht.CIJFERS_ONDER_DREMPEL)
    leest = leest_destijds(user, code) or (not code and bool(eigen))
    beperking = [] if leest_destijds(user) else [EIGEN_DISTRICT if eigen else GEEN_DISTRICT]
    return {"op": blik.bekend_op, "noten": beperking, "gewijzigd": _gewijzigd(user, blik, code) if leest else None}


def _gewijzigd(user: User, blik: Blik, code: str) -> Gewijzigd:
    versies, sinds = get_besloten(user, code), blik.bekend_op
    anders = paren(versies, sinds, (*VELDEN, "status"), lambda v: (v.onderdeel_id, v.soort, v.jaar, v.kwartaal))
    correcties = [_correctie(oud, nu, blik) for oud, nu in anders]
    return Gewijzigd(sinds, [(OPGAVE, correcties)], nieuwe(versies, sinds).count())


def _correctie(oud: Bezetting, nu: Bezetting, blik: Blik) -> Correctie:
    anders = [veld for veld in (*VELDEN, "status") if getattr(oud, veld) != getattr(nu, veld)]
    van, naar = (", ".join(_in_woorden(versie, veld) for veld in anders) for versie in (oud, nu))
    is_team = nu.soort == Bezetting.Soort.BASISTEAM
    district = nu.onderdeel.ouder if is_team and nu.onderdeel.ouder else nu.onderdeel
    naam = nu.onderdeel.naam if is_team else f"{nu.get_soort_display()} van district {district.code}"
    adres = reverse("formatie_district", args=[district.code]) + blik.bekend.vraag()
    op = timezone.localtime(nu.vastgesteld_op).date()
    return Correctie(naam, adres, f"Q{nu.kwartaal} {nu.jaar}", van, naar, op)


def _in_woorden(versie: Bezetting, veld: str) -> str:
    """One figure with its name: OS 40,5 fte."""
    if veld == "status":
        return versie.get_status_display().lower()
    waarde = netjes(getattr(versie, veld))
    return f"{NAMEN.get(veld, veld)} {NIETS if waarde is None else fte_in_woorden(waarde)}"
