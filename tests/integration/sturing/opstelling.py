"""One theme with an ambition and two indicators, and who says how far it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import AMBITIESTAND
from strategie.models import Ambitie
from sturing.ambities.services import Bron, Standopgave, stel_ambitiestand_voor
from sturing.gebeurtenissen.services import Wat, noteer_gebeurtenis, trek_gebeurtenis_in
from sturing.models import Ambitiestand, Gebeurtenis
from sturing.regels.omvang import Halfjaar
from tests.factories import IndicatorFactory, MonitorregelFactory, maak_eenheid, maak_persoon

VANDAAG = date(2026, 7, 10)
NU = datetime(2026, 7, 10, 12, tzinfo=UTC)
HIER = "/themas/eigen/ambities/1/"


def maak_agenda() -> Ambitie:
    maak_eenheid({"A": 2, "B": 1})
    regel = MonitorregelFactory(
        indicator=IndicatorFactory(code="verdachten", naam="Verdachten"), thema__slug="eigen", thema__naam="Eigen thema"
    )
    ander = MonitorregelFactory(
        indicator=IndicatorFactory(code="verzuim", naam="Verzuim"),
        agenda=regel.agenda,
        thema__agenda=regel.agenda,
        thema__slug="ander",
        thema__naam="Ander thema",
    )
    Ambitie.objects.create(thema=ander.thema, nummer=1, tekst="Gezonder werken.", bronregel="2")
    return Ambitie.objects.create(thema=regel.thema, nummer=1, tekst="Verder komen.", bronregel="1")


def houder(naam: str = "houder", thema: str = "eigen") -> User:
    return maak_persoon("portefeuillehouder", naam=naam, thema=thema)


def opgave(**anders: Any) -> Standopgave:
    velden: dict[str, Any] = {
        "halfjaar": Halfjaar(2026, 1),
        "oordeel": "op-weg",
        "tekst": "Het gaat vooruit.",
        "indicatoren": ["verdachten"],
        "bronnen": [Bron("audit", "Doorlichting", date(2026, 6, 1))],
    }
    return Standopgave(**velden | anders)


def zeg(ambitie: Ambitie, door: User | None = None, op: datetime = NU, **anders: Any) -> Ambitiestand:
    return stel_ambitiestand_voor(ambitie, opgave(**anders), door=door or houder(), herkomst="proef", op=op)


def zeg_en_stel_vast(ambitie: Ambitie, op: datetime = NU, **anders: Any) -> Ambitiestand:
    stand = zeg(ambitie, op=op, **anders)
    [vast] = stel_vast(AMBITIESTAND, [stand], door=maak_persoon("vaststeller"), herkomst="proef", op=op)
    vast.refresh_from_db()
    return vast


def wat(**anders: Any) -> Wat:
    velden: dict[str, Any] = {
        "soort": "telling",
        "datum": date(2025, 5, 12),
        "titel": "Andere telling",
        "bron": "Brief van de minister",
        "alle_indicatoren": not (anders.get("thema") or anders.get("indicatoren")),
        "overal": not anders.get("onderdelen"),
    }
    return Wat(**velden | anders)


def noteer(door: User | None = None, op: datetime = NU, **anders: Any) -> Gebeurtenis:
    return noteer_gebeurtenis(wat(**anders), door=door or maak_persoon("analist"), herkomst="proef", op=op)


def trek_in(rij: Gebeurtenis, op: datetime = NU, reden: str = "Fout.") -> None:
    trek_gebeurtenis_in(rij.pk, reden=reden, door=maak_persoon("analist"), herkomst="proef", op=op)
