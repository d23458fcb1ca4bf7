"""Every kind of thing two persons decide on against one plain model: any acts of any persons in any order."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.kwartaal.services import sluit_kwartaal
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import SOORTEN
from monitor.models import Afsluiting
from tests.databaserol import als_superuser
from tests.factories import maak_persoon
from tests.integration.monitor.invoer.soortproeven import (
    HERKOMST,
    JAAR,
    PROEVEN,
    WAARDEN,
    Soortproef,
    maak_invoerder,
    maak_wereld,
)
from tests.integration.monitor.invoer.toezicht.nagaan import afwijkingen_van_werk
from tests.integration.monitor.invoer.werkstroom.model import PERSONEN, Open

pytestmark = pytest.mark.django_db
INVOERDERS = ("anna", "bas", "beide")
ROLLEN = {"analist": INVOERDERS, "programmadirecteur": INVOERDERS, "vaststeller": ("vera", "wim", "beide")}
BESLUITEN: dict[str, Callable[..., Any]] = {
    "stel_vast": stel_vast,
    "stuur_terug": partial(stuur_terug, reden="Graag de bron erbij."),
    "neem_terug": neem_terug,
}
FASEN = (Phase.explicit, Phase.generate)  # what fails is not made smaller: that takes minutes
personen, waarden = st.sampled_from(PERSONEN), st.sampled_from(WAARDEN)


@dataclass
class Soortmodel:
    """What should be, of one place in one quarter. Each act says what it should end in: "" or the refusal."""

    is_voorstel: bool
    geldend: int | None
    open: Open | None = None
    is_gesloten: bool = False
    nummer: int = 0
    van_kwartaal: bool = True

    @property
    def wacht(self) -> bool:
        return self.open is not None and self.open.staat == "ingediend"

    def dien_in(self, wie: str, waarde: int, *, mag: bool) -> str:
        if not mag:
            return "NietToegestaan"
        nu = self.open.waarde if self.wacht and self.open else self.geldend
        gelijk = nu == waarde and (self.open is None or self.wacht)
        if gelijk and not self.is_voorstel:
            return ""
        if self.wacht:
            return "AlVoorgesteld" if self.is_voorstel else "InvoerFout"
        if self.is_voorstel and self.geldend == waarde:
            return "InvoerFout"
        if self.is_gesloten and self.van_kwartaal:
            return "KwartaalGesloten" if self.is_voorstel else "InvoerFout"
        self.nummer += self.open is None
        self.open = Open(waarde, "ingediend", wie, self.open.nummer if self.open else self.nummer)
        return ""

    def besluit(self, wat: str, wie: str, gezien: Open, *, mag: bool) -> str:
        if not mag:
            return "NietToegestaan"
        if self.is_gesloten and self.van_kwartaal and (wat == "stel_vast" or not self.is_voorstel):
            return "KwartaalGesloten"
        nu, trekt_in = self.open, self.is_voorstel and wat == "neem_terug"
        if not nu or (nu.nummer, nu.waarde) != (gezien.nummer, gezien.waarde) or not (self.wacht or trekt_in):
            return "Verouderd"
        if (wat == "neem_terug") != (nu.auteur == wie):
            return "NietToegestaan"  # of oneself one takes back; on another's one decides
        if wat == "stel_vast":
            self.geldend = nu.waarde
        if wat == "stel_vast" or trekt_in:
            self.open = None
        else:
            nu.staat = "afgekeurd" if wat == "stuur_terug" else "concept"
        return ""

    def sluit(self, *, mag: bool) -> str:
        if not mag:
            return "NietToegestaan"
        if self.is_gesloten or (self.wacht and self.van_kwartaal) or (self.open and not self.is_voorstel):
            return "Geweigerd"
        self.is_gesloten = True
        return ""


def _uitkomst(doe: Callable[[], object]) -> str:
    try:
        doe()
    except (Geweigerd, InvoerFout) as fout:
        return type(fout).__name__
    return ""


class Soortstroom(RuleBasedStateMachine):
    proef: Soortproef

    def __init__(self) -> None:
        super().__init__()
        self.transactie = transaction.atomic()
        self.transactie.__enter__()
        maak_wereld()
        for rol, namen in ROLLEN.items():
            for naam in namen:
                maak_invoerder(naam) if rol == "analist" else maak_persoon(rol, naam=naam)
        self.wie = {naam: User.objects.get(username=naam) for naam in PERSONEN}
        self.soort = self.proef.soort
        self.model = Soortmodel(self.soort.is_voorstel, self.proef.geldend, van_kwartaal=self.proef.van_kwartaal)
        self.gezien: tuple[Any, Open] | None = None
        self.sporen = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transactie.__exit__(None, None, None)

    def _klopt(self, wat: str, gedaan: str, verwacht: str) -> None:
        assert gedaan == verwacht, wat

    @rule(wie=personen, waarde=waarden)
    def dien_in(self, wie: str, waarde: int) -> None:
        mag = self.wie[wie].mag_overal(self.soort.invoer)
        gedaan = _uitkomst(lambda: self.proef.dien_in(self.wie[wie], waarde, JAAR))
        self._klopt("dien_in", gedaan, self.model.dien_in(wie, waarde, mag=mag))

    @precondition(lambda self: self.model.open)
    @rule()
    def lees(self) -> None:
        self.gezien = self.soort.model.objects.get(staat__in=OPENSTAAND), copy.copy(self.model.open)

    @precondition(lambda self: self.gezien)
    @rule(wie=personen, wat=st.sampled_from(sorted(BESLUITEN)))
    def besluit(self, wie: str, wat: str) -> None:
        rij, gezien = self.gezien
        recht = self.soort.invoer if wat == "neem_terug" else self.soort.besluit
        mag = self.wie[wie].mag_overal(recht)
        gedaan = _uitkomst(lambda: BESLUITEN[wat](self.soort, [rij], door=self.wie[wie], herkomst=HERKOMST))
        self._klopt(wat, gedaan, self.model.besluit(wat, wie, gezien, mag=mag))

    @rule(wie=personen)
    def sluit(self, wie: str) -> None:
        af = {"door": self.wie[wie], "toelichting": "Er komt niets meer.", "herkomst": HERKOMST}
        mag = self.wie[wie].mag_overal(Recht.KWARTAAL_SLUITEN)
        self._klopt("sluit", _uitkomst(lambda: sluit_kwartaal(Kwartaal(JAAR, 1), **af)), self.model.sluit(mag=mag))

    @precondition(lambda self: self.model.is_gesloten)
    @rule()
    def heropen(self) -> None:
        with als_superuser():
            Afsluiting.objects.all().delete()
        self.model.is_gesloten = False

    @invariant()
    def de_database_is_zoals_het_model(self) -> None:
        rijen = self.soort.model.objects.select_related("ingevoerd_door")
        geldend = [self.proef.waarde(rij) for rij in rijen.filter(staat=Staat.VASTGESTELD).order_by("pk")]
        geldend = geldend if self.proef.van_kwartaal else geldend[-1:]
        begin = [] if self.proef.geldend is None or geldend else [self.proef.geldend]
        assert geldend + begin == ([] if self.model.geldend is None else [self.model.geldend])
        open_ = [
            (self.proef.waarde(rij), rij.staat, rij.ingevoerd_door.username)
            for rij in rijen.filter(staat__in=OPENSTAAND)
        ]
        nu = self.model.open
        assert open_ == ([(nu.waarde, nu.staat, nu.auteur)] if nu else [])

    @invariant()
    def alles_volgt_uit_het_spoor(self) -> None:
        assert afwijkingen_van_werk(self.soort.model) == []

    @invariant()
    def niemand_besliste_over_eigen_werk_en_elk_besluit_zegt_wat(self) -> None:
        assert not self.soort.model.objects.filter(vastgesteld_door=F("ingevoerd_door")).exists()
        sporen = AuditEvent.objects.filter(object_soort=self.soort.model._meta.model_name)
        assert not sporen.filter(naar=None).exists()
        vervangen = self.soort.model.objects.filter(staat=Staat.VERVANGEN).count()
        assert sporen.filter(handeling="vastgesteld").exclude(van=None).count() >= vervangen


def _draai(proef: Soortproef, voorbeelden: int, stappen: int) -> None:
    machine = type("Stroom", (Soortstroom,), {"proef": proef})
    keuze = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "phases": FASEN}
    run_state_machine_as_test(
        machine, settings=settings(max_examples=voorbeelden, stateful_step_count=stappen, **keuze)
    )


def test_elke_soort_speelt_mee() -> None:
    assert [proef.soort for proef in PROEVEN.values()] == list(SOORTEN)


@pytest.mark.parametrize("soort", PROEVEN)
def test_elke_soort_gaat_de_weg_van_het_model(soort: str) -> None:
    _draai(PROEVEN[soort], voorbeelden=3, stappen=20)


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.parametrize("soort", PROEVEN)
def test_elke_soort_gaat_de_weg_van_het_model_ook_na_lang_zoeken(soort: str) -> None:
    _draai(PROEVEN[soort], voorbeelden=40, stappen=40)
