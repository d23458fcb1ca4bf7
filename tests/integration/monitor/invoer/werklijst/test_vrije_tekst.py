"""Text that a person typed shows its invisible characters, on every page and for every kind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import DEFINITIE, DOEL, GRENS
from monitor.invoer.voorstellen.grenzen.services import stel_grenzen_voor
from monitor.models import Indicator
from tests.factories import (
    AfsluitingFactory,
    BezettingFactory,
    MetingFactory,
    MonitorregelFactory,
    maak_eenheid,
    maak_persoon,
)
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import met_blad, stel_blad_voor, stel_voor

pytestmark = pytest.mark.django_db
RAAR = re.compile("[\u202e\u200b]")
VELDEN = re.compile(r"<textarea.*?</textarea>|<input[^>]*>", re.DOTALL)  # what is typed there stays what it is


def raar(woord: str) -> str:
    return f"{woord}\u202eom\u200bgekeerd"


def staat_er(adres: str, rol: str, *woorden: str, **waar: str) -> None:
    """Each word is on the page with its characters as names, and nothing on it is unseen."""
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    pagina = VELDEN.sub("", client.get(adres).content.decode())
    for woord in woorden:
        assert f"{woord}[U+202E]om[U+200B]gekeerd" in pagina, (adres, woord)
    assert not RAAR.search(pagina), adres


@pytest.fixture
def invoerder() -> User:
    """With a name that was typed too."""
    maak_eenheid()
    persoon = maak_persoon("analist")
    User.objects.filter(pk=persoon.pk).update(first_name=raar("Anna"))
    return User.objects.get(pk=persoon.pk)


@pytest.fixture
def indicator(invoerder: User) -> Indicator:
    return MonitorregelFactory(indicator__code="verdachten", indicator__naam="Verdachten").indicator


def terug(door: User) -> dict[str, Any]:
    wie = {"afgekeurd_door": maak_persoon("vaststeller"), "afgekeurd_op": timezone.now(), "ingevoerd_door": door}
    return {"wachtend": True, "staat": Staat.AFGEKEURD, "afkeurreden": raar("afgekeurd"), **wie}


def gecorrigeerd(fabriek: Any, anders: dict[str, int], **velden: Any) -> Any:
    """An open correction, with all that can be typed."""
    oud = fabriek(kwartaal=3, **velden)
    uitleg = {"vervangreden": raar("correctie"), "toelichting": raar("toelichting")}
    return fabriek(**{"kwartaal": 3, "wachtend": True, "vervangt": oud, **velden, **anders, **uitleg})


def test_een_waarde(indicator: Indicator, invoerder: User) -> None:
    nieuw = gecorrigeerd(MetingFactory, {"waarde": 7}, indicator=indicator, ingevoerd_door=invoerder)
    staat_er("/vaststellen/", "vaststeller", "correctie", "toelichting", "Anna")
    staat_er(f"/metingen/{nieuw.pk}/geschiedenis/", "analist", "correctie", "toelichting", "Anna")
    MetingFactory(indicator=indicator, kwartaal=2, **terug(invoerder))
    staat_er("/invoer/?kwartaal=2025-Q2", "analist", "afgekeurd")
    staat_er("/invoer/2025-Q2/", "analist", "afgekeurd")


def test_bezetting(indicator: Indicator, invoerder: User) -> None:
    nieuw = gecorrigeerd(BezettingFactory, {"os": 70}, ingevoerd_door=invoerder)
    staat_er("/vaststellen/bezetting/", "vaststeller", "correctie", "toelichting", "Anna")
    staat_er("/invoer/2025-Q3/bezetting/", "analist", "toelichting")
    geschiedenis = f"/bezetting/{nieuw.pk}/geschiedenis/"
    staat_er(geschiedenis, "analist", "correctie", "toelichting", "Anna")
    Bezetting.objects.filter(pk=nieuw.pk).update(**{k: v for k, v in terug(invoerder).items() if k != "wachtend"})
    staat_er("/invoer/2025-Q3/bezetting/", "analist", "afgekeurd")
    staat_er(geschiedenis, "analist", "afgekeurd")


def test_een_doel(indicator: Indicator, invoerder: User) -> None:
    teksten = {"besluit": raar("besluit"), "orgaan": raar("orgaan")}
    vaststeller = maak_persoon("vaststeller")
    stel_vast(DOEL, [stel_voor(indicator, invoerder, **teksten)], door=vaststeller, herkomst="proef")
    pagina = "/indicatoren/verdachten/doelen/"
    staat_er(pagina, "rvo-lid", "besluit", "orgaan")
    doel = stel_voor(indicator, invoerder, streefwaarde="50", geldig_vanaf="1-4-2025", reden=raar("waarom"), **teksten)
    staat_er("/vaststellen/doelen/", "vaststeller", "besluit", "orgaan", "waarom", "Anna")
    stuur_terug(DOEL, [doel], door=vaststeller, reden=raar("afgekeurd"), herkomst="proef")
    staat_er(pagina, "analist", "besluit", "orgaan", "waarom", "afgekeurd", "Anna")
    staat_er("/indicatoren/verdachten/", "rvo-lid", "besluit")


def test_een_definitie(indicator: Indicator, invoerder: User) -> None:
    teksten = {naam: raar(naam) for naam in ("definitie", "telregel", "bron", "opmerking")}
    vaststeller, pagina = maak_persoon("vaststeller"), "/indicatoren/verdachten/definitie/"
    versie = stel_blad_voor(indicator, invoerder, **teksten)
    staat_er("/vaststellen/definities/", "vaststeller", *teksten, "Anna")
    stel_vast(DEFINITIE, [met_blad(versie)], door=vaststeller, herkomst="proef")
    staat_er(pagina, "rvo-lid", *teksten)
    staat_er("/indicatoren/verdachten/", "rvo-lid", *teksten)
    versie = stel_blad_voor(indicator, invoerder, definitie="Scherper.")
    stuur_terug(DEFINITIE, [met_blad(versie)], door=vaststeller, reden=raar("afgekeurd"), herkomst="proef")
    staat_er(pagina, "analist", "afgekeurd", "Anna")


def test_grenzen(indicator: Indicator, invoerder: User) -> None:
    vaststeller, pagina = maak_persoon("vaststeller"), "/indicatoren/verdachten/grenzen/"
    for naam in ("eerst", "later"):
        rij = stel_grenzen_voor(indicator, 2025, 2, reden=raar(naam), door=invoerder, herkomst="proef")
        staat_er("/vaststellen/grenzen/", "vaststeller", naam, "eerst", "Anna")
        staat_er(pagina, "analist", naam, "Anna")
        stel_vast(GRENS, [rij], door=vaststeller, herkomst="proef")
    staat_er(pagina, "rvo-lid", "eerst", "later")
    rij = stel_grenzen_voor(indicator, 2025, 3, reden="Anders.", door=invoerder, herkomst="proef")
    stuur_terug(GRENS, [rij], door=vaststeller, reden=raar("afgekeurd"), herkomst="proef")
    staat_er(pagina, "analist", "afgekeurd")


def test_een_naam_met_een_onzichtbaar_teken_wordt_niet_voorgesteld(indicator: Indicator, invoerder: User) -> None:
    with pytest.raises(InvoerFout, match=r"Haal het onzichtbare teken weg: Ver\[U\+200B\]dachten"):
        stel_blad_voor(indicator, invoerder, naam="Ver\u200bdachten")


def test_een_gesloten_kwartaal(indicator: Indicator, invoerder: User) -> None:
    vraag = {"gevraagd": True, "gevraagd_door": invoerder, "heropenreden": raar("heropen")}
    AfsluitingFactory(toelichting=raar("gesloten"), **vraag)
    staat_er("/invoer/2025-Q3/heropening/", "vaststeller", "gesloten", "heropen", "Anna")
