"""How a test hands in each kind of thing two persons decide on: its content is one of three numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from common.tekst.periode import Kwartaal
from formatie.models import Bezetting, Onderdeel, Organisatiebesluit
from monitor.invoer.bezetting.services import dien_bezetting_in
from monitor.invoer.meting.services import dien_in
from monitor.invoer.regels.waarneming import Waarneming
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import (
    AMBITIESTAND,
    BEZETTING,
    DEFINITIE,
    DOEL,
    DUIDING,
    GRENS,
    KOPPELING,
    METING,
    ORGANISATIE,
)
from monitor.invoer.voorstellen.definitiebladen.blad import blad_van
from monitor.invoer.voorstellen.definitiebladen.services import stel_definitie_voor
from monitor.invoer.voorstellen.doelen.services import stel_doel_voor
from monitor.invoer.voorstellen.grenzen.services import stel_grenzen_voor
from monitor.models import Definitieversie, Doelstelling, Grensbesluit, Indicator, Meting
from strategie.models import Ambitie
from sturing.ambities.services import Bron, Standopgave, stel_ambitiestand_voor
from sturing.doelenboom.services import stel_koppeling_voor
from sturing.duiding.services import dien_duiding_in
from sturing.lezen.duidingen import Duidingsplek
from sturing.models import Ambitiestand, Duiding, Koppeling
from sturing.regels.omvang import Halfjaar
from tests.factories import GemeenteFactory, IndicatorFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import van
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import cellen
from tests.integration.monitor.invoer.voorstellen.organisatie.opstelling import gebied, stel_gebied_voor

WAARDEN = (0, 1, 2)
NIVEAUS = ("eenheid", "district", "basisteam")
HERKOMST = "proef"
JAAR = 2025


@dataclass(frozen=True)
class Soortproef:
    """``waarde`` reads the number back from a row; ``geldend`` is what counts before anybody did anything.

    What is not ``van_kwartaal`` no closed quarter holds up, and each decision stays beside the next.
    """

    soort: Soort
    dien_in: Callable[[User, int, int], object]
    waarde: Callable[[Any], int]
    geldend: int | None = None
    van_kwartaal: bool = True


def maak_invoerder(naam: str) -> User:
    """Who may hand in every kind."""
    maak_persoon("programmadirecteur", naam=naam)
    return maak_persoon("analist", naam=naam)


def maak_wereld() -> None:
    """One team and one indicator, which every quarter of the agenda asks for, and one ambition."""
    if not Indicator.objects.filter(code="proef").exists():
        maak_eenheid({"A": 1})
        GemeenteFactory()
        regel = MonitorregelFactory(indicator=IndicatorFactory(code="proef", naam="Proef", niveau="basisteam"))
        Ambitie.objects.create(thema=regel.thema, nummer=1, tekst="Verder komen.", bronregel="1")


def _dien_meting_in(door: User, waarde: int, jaar: int) -> None:
    nul = dict.fromkeys(("teller", "noemer", "marge", "meetdatum"))
    waarneming = Waarneming(
        rij=2, indicator="proef", onderdeel="A1", jaar=jaar, kwartaal=1, waarde=Decimal(waarde),
        onbekend=False, status="definitief", toelichting="Gezien.", **nul,
    )  # fmt: skip
    dien_in([waarneming], door=door, herkomst=HERKOMST)


def _dien_bezetting_in(door: User, waarde: int, jaar: int) -> None:
    regel = van("A1", jaar=jaar, os=Decimal(80 + waarde), toelichting="Gezien.")
    dien_bezetting_in([regel], door=door, herkomst=HERKOMST, reden="Nageteld.")


def _stel_doel_voor(door: User, waarde: int, jaar: int) -> None:
    geldend = Doelstelling.objects.geldend().filter(jaar=jaar).first()
    dag = geldend.geldig_vanaf + timedelta(days=1) if geldend else date(jaar, 1, 1)
    velden = cellen(jaar=str(jaar), streefwaarde=str(waarde), geldig_vanaf=dag.isoformat())
    eenheid = Onderdeel.objects.get(code="RE07")
    stel_doel_voor(Indicator.objects.get(code="proef"), eenheid, velden, door=door, herkomst=HERKOMST)


def _stel_definitie_voor(door: User, waarde: int, jaar: int) -> None:
    indicator = Indicator.objects.get(code="proef")
    blad = blad_van(indicator) | {"niveau": NIVEAUS[waarde]}
    stel_definitie_voor(indicator, blad, reden="Anders.", door=door, herkomst=HERKOMST)


def _stel_grenzen_voor(door: User, waarde: int, jaar: int) -> None:
    indicator = Indicator.objects.get(code="proef")
    stel_grenzen_voor(indicator, jaar, 1, reden=str(waarde), door=door, herkomst=HERKOMST)


def _stel_organisatie_voor(door: User, waarde: int, jaar: int) -> None:
    stel_gebied_voor(gebied(geldig_tot=f"203{waarde}-01-01"), door=door)


def _dien_duiding_in(door: User, waarde: int, jaar: int) -> None:
    plek = Duidingsplek(Indicator.objects.get(code="proef"), Onderdeel.objects.get(code="RE07"), Kwartaal(jaar, 1))
    anna = User.objects.get(username="anna")  # the promise is of one person, whoever writes it
    tekst = {"wat": f"{waarde}", "waardoor": "Drukte.", "doen": "Meer mensen.", "persoon": str(anna.pk)}
    tekst |= {"wanneer": f"{jaar}-06-30", "reden": "Anders."}
    dien_duiding_in(plek, tekst, door=door, herkomst=HERKOMST)


def _stel_ambitiestand_voor(door: User, waarde: int, jaar: int) -> None:
    ambitie, bron = Ambitie.objects.get(), Bron("audit", "Doorlichting", date(jaar, 1, 1))
    stand = Standopgave(Halfjaar(jaar, 1), "op-weg", f"Stap {waarde}", bronnen=[bron], reden="Verder.")
    stel_ambitiestand_voor(ambitie, stand, door=door, herkomst=HERKOMST)


def _stel_koppeling_voor(door: User, waarde: int, jaar: int) -> None:
    """Its author keeps themes; an analyst does not. What is linked can only end, and what ended only be linked."""
    ambitie, indicator = Ambitie.objects.get(), Indicator.objects.get(code="proef")
    nu = Koppeling.objects.geldend().first()
    anders = nu is None or nu.reden != str(waarde)
    geldt = anders != bool(nu and nu.geldt)
    stel_koppeling_voor(ambitie, indicator, geldt=geldt, reden=str(waarde), door=door, herkomst=HERKOMST)


def _van_meting(rij: Meting) -> int:
    return int(rij.waarde or 0)


def _van_bezetting(rij: Bezetting) -> int:
    return int(rij.os - 80)


def _van_doel(rij: Doelstelling) -> int:
    return int(rij.streefwaarde or 0)


def _van_definitie(rij: Definitieversie) -> int:
    return NIVEAUS.index(rij.niveau)


def _van_grenzen(rij: Grensbesluit) -> int:
    return int(rij.reden)


def _van_organisatie(rij: Organisatiebesluit) -> int:
    return int(rij.rijen["werkgebied"][0]["geldig_tot"][3])


def _van_duiding(rij: Duiding) -> int:
    return int(rij.wat)


def _van_ambitiestand(rij: Ambitiestand) -> int:
    return int(rij.tekst[-1])


def _van_koppeling(rij: Koppeling) -> int:
    return int(rij.reden)


PROEVEN = {
    proef.soort.model._meta.model_name: proef
    for proef in (
        Soortproef(METING, _dien_meting_in, _van_meting),
        Soortproef(BEZETTING, _dien_bezetting_in, _van_bezetting),
        Soortproef(DOEL, _stel_doel_voor, _van_doel),
        Soortproef(DEFINITIE, _stel_definitie_voor, _van_definitie, geldend=2),
        Soortproef(GRENS, _stel_grenzen_voor, _van_grenzen),
        Soortproef(ORGANISATIE, _stel_organisatie_voor, _van_organisatie, van_kwartaal=False),
        Soortproef(DUIDING, _dien_duiding_in, _van_duiding),
        Soortproef(AMBITIESTAND, _stel_ambitiestand_voor, _van_ambitiestand, van_kwartaal=False),
        Soortproef(KOPPELING, _stel_koppeling_voor, _van_koppeling, van_kwartaal=False),
    )
}
