"""The workflow of a value against a plain model of it: any acts of any persons in any order, and what always holds."""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.models import User
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import OPENSTAAND
from monitor.invoer.importeren import services as inlezen
from monitor.invoer.kwartaal.services import heropen, sluit_kwartaal, vraag_heropening
from monitor.invoer.meting.services import dien_in
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.waarneming import InvoerFout, Invoerrij, Waarneming
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten
from monitor.invoer.vaststellen.services import neem_terug, stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Afsluiting, Concept, Doelbereik, Import, Meting
from monitor.rekenen import wachtrij
from tests.factories import IndicatorFactory, MonitorregelFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.toezicht.nagaan import afwijkingen_van_werk
from tests.integration.monitor.invoer.werkstroom.model import KWARTALEN, PERSONEN, PLEKKEN, Model, Open, Plek

pytestmark = pytest.mark.django_db
VANDAAG = date(2025, 11, 23)
OPMERKING = "Gezien."  # a remark, so that nothing is refused for being doubtful
HERKOMST = {"herkomst": "proef"}
BESLUITEN: dict[str, Callable[..., Any]] = {
    "stel_vast": partial(stel_vast, METING),
    "stuur_terug": partial(stuur_terug, METING),
    "neem_terug": partial(neem_terug, METING),
}

plekken, personen = st.sampled_from(PLEKKEN), st.sampled_from(PERSONEN)
kwartalen, waarden = st.sampled_from(KWARTALEN), st.sampled_from([0, 5, 9])
teksten = st.sampled_from(["", "5", "1.2.3", "nb"])


def _uitkomst(doe: Callable[[], object]) -> str:
    """ "" or the name of the refusal; anything else that is raised is a fault of the program."""
    try:
        doe()
    except (Geweigerd, InvoerFout) as fout:
        return type(fout).__name__
    return ""


GEZIEN: dict[str, set[str]] = defaultdict(set)  # per act how it ended, over all examples
ALLE = {
    "bewaar": {"bewaard", "gelijk", "conflict", "geweigerd", "NietToegestaan", "KwartaalGesloten"},
    "dien_in": {"", "InvoerFout", "NietToegestaan"},
    "importeer": {"", "InvoerFout", "NietToegestaan"},
    **{wat: {"", "Verouderd", "NietToegestaan", "KwartaalGesloten"} for wat in BESLUITEN},
    "sluit": {"", "Geweigerd", "NietToegestaan"},
    "vraag": {"", "Geweigerd"},
    "heropen": {"", "Geweigerd", "NietToegestaan"},
}


class Werkstroom(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.transactie = transaction.atomic()
        self.transactie.__enter__()
        self.onderdelen = maak_eenheid({"A": 2})
        self.indicator = IndicatorFactory(code="teller", niveau="basisteam")
        MonitorregelFactory(indicator=self.indicator)
        for naam in PERSONEN:
            self._maak_persoon(naam)
        self.wie = {naam: User.objects.get(username=naam) for naam in PERSONEN}
        self.model = Model()
        self.gezien: dict[Plek, tuple[Meting, Open]] = {}
        self.sporen: set[int] = set()
        self.rijen: dict[int, tuple[Any, ...]] = {}

    def _maak_persoon(self, naam: str) -> None:
        for rol, leden in {"analist": ("anna", "bas", "beide"), "vaststeller": ("vera", "wim", "beide")}.items():
            if naam in leden:
                maak_persoon(rol, naam=naam)

    def teardown(self) -> None:
        try:
            self.werk_wachtrij_af()
            assert afwijkingen_van_werk(Meting, Afsluiting) == []
        finally:
            transaction.set_rollback(True)
            self.transactie.__exit__(None, None, None)

    def klopt(self, wat: str, gedaan: str, verwacht: str) -> None:
        assert gedaan == verwacht, wat
        GEZIEN[wat] |= {gedaan}

    # what people do

    @rule(plek=plekken, wie=personen, tekst=teksten, achter=st.integers(0, 1))
    def bewaar(self, plek: Plek, wie: str, tekst: str, achter: int) -> None:
        gezien = max(0, self.model.plaatsen[plek].versie - achter)
        cellen = {"waarde": tekst} if tekst else {}
        cel = Celtekst("teller", plek[0], Kwartaal(2025, plek[1]), cellen, gezien)
        soorten: list[str] = []

        def doe() -> None:
            soorten.extend(u.soort for u in bewaar_concepten([cel], door=self.wie[wie], **HERKOMST))

        verwacht = self.model.bewaar(plek, wie, tekst, gezien)
        self.klopt("bewaar", _uitkomst(doe) or soorten[0], verwacht)

    @rule(plek=plekken, wie=personen, waarde=waarden)
    def dien_in(self, plek: Plek, wie: str, waarde: int) -> None:
        nul = dict.fromkeys(("teller", "noemer", "marge", "meetdatum"))
        waarneming = Waarneming(
            rij=2, indicator="teller", onderdeel=plek[0], jaar=2025, kwartaal=plek[1], waarde=Decimal(waarde),
            onbekend=False, status="definitief", toelichting=OPMERKING, **nul,
        )  # fmt: skip
        gedaan = _uitkomst(lambda: dien_in([waarneming], door=self.wie[wie], **HERKOMST))
        self.klopt("dien_in", gedaan, self.model.dien_in(plek, wie, waarde))

    @rule(plek=plekken, wie=personen, waarde=waarden)
    def importeer(self, plek: Plek, wie: str, waarde: int) -> None:
        """A file with one row, read and then submitted as it was shown."""
        rij = ("teller", plek[0], "2025", str(plek[1]), str(waarde), "", "", "", "definitief", "", OPMERKING)
        door = self.wie[wie]

        def doe() -> None:
            bestand = inlezen.ontvang("een.csv", b"een", door=door)
            inlezen.bewaar_voorstel(
                bestand, inlezen.Ingelezen([Invoerrij(2, dict(zip(METINGKOLOMMEN, rij, strict=True)))])
            )
            if bestand.staat == Import.Staat.FOUTEN:
                raise InvoerFout([inlezen.Fout(*fout) for fout in bestand.fouten])
            assert inlezen.dien_in_als_getoond(bestand.pk, door=door)

        self.klopt("importeer", _uitkomst(doe), self.model.dien_in(plek, wie, waarde))

    @precondition(lambda self: any(p.open for p in self.model.plaatsen.values()))
    @rule(plek=plekken)
    def lees(self, plek: Plek) -> None:
        """Someone opens the page; what is decided later is decided on this."""
        meting = self._metingen().filter(onderdeel__code=plek[0], kwartaal=plek[1], staat__in=OPENSTAAND).first()
        if meting:
            self.gezien[plek] = (meting, copy.copy(self.model.plaatsen[plek].open))

    @precondition(lambda self: self.gezien)
    @rule(data=st.data(), wie=personen, wat=st.sampled_from(sorted(BESLUITEN)), opnieuw=st.booleans())
    def besluit(self, data: st.DataObject, wie: str, wat: str, opnieuw: bool) -> None:
        """On what was seen before, or (``opnieuw``) after a fresh look."""
        plek = data.draw(st.sampled_from(sorted(self.gezien)))
        if opnieuw:
            self.lees(plek)
        self.besluit_over(plek, wie, wat)

    def besluit_over(self, plek: Plek, wie: str, wat: str) -> None:
        meting, gezien = self.gezien[plek]
        reden = {"reden": "Graag de bron erbij."} if wat == "stuur_terug" else {}
        gedaan = _uitkomst(lambda: BESLUITEN[wat]([meting], door=self.wie[wie], **reden, **HERKOMST))
        self.klopt(wat, gedaan, self.model.besluit(wat, plek, wie, gezien))

    @rule(kwartaal=kwartalen, wie=personen)
    def sluit(self, kwartaal: int, wie: str) -> None:
        af = {"door": self.wie[wie], "toelichting": "Er komt niets meer.", **HERKOMST}
        gedaan = _uitkomst(lambda: sluit_kwartaal(Kwartaal(2025, kwartaal), **af))
        self.klopt("sluit", gedaan, self.model.sluit(kwartaal, wie))

    @precondition(lambda self: self.model.gesloten)
    @rule(kwartaal=kwartalen, wie=personen)
    def vraag(self, kwartaal: int, wie: str) -> None:
        af = {"door": self.wie[wie], "reden": "Er is een fout gevonden.", **HERKOMST}
        gedaan = _uitkomst(lambda: vraag_heropening(Kwartaal(2025, kwartaal), **af))
        self.klopt("vraag", gedaan, self.model.vraag_heropening(kwartaal, wie))

    @precondition(lambda self: self.model.gesloten)
    @rule(kwartaal=kwartalen, wie=personen)
    def heropen(self, kwartaal: int, wie: str) -> None:
        gedaan = _uitkomst(lambda: heropen(Kwartaal(2025, kwartaal), door=self.wie[wie], **HERKOMST))
        self.klopt("heropen", gedaan, self.model.heropen(kwartaal, wie))

    @rule()
    def werk_wachtrij_af(self) -> None:
        wachtrij.werk_wachtrij_af(vandaag=VANDAAG)
        velden = ("onderdeel__code", "kwartaal", "teller", "cum_teller", "stand")
        rijen = Doelbereik.objects.filter(indicator=self.indicator, jaar=2025, kwartaal__in=KWARTALEN).values_list(
            *velden
        )
        berekend = {(code, kwartaal): getallen for code, kwartaal, *getallen in rijen}
        for plek, (waarde, tot_nu) in self.model.doelbereik().items():
            teller, cum_teller, stand = berekend.get(plek, (None, None, "geen_meting"))
            assert (teller, stand == "geleverd") == (waarde, waarde is not None), plek
            assert waarde is None or cum_teller == tot_nu, plek

    # what always holds

    def _metingen(self) -> Any:
        return Meting.objects.select_related("indicator", "onderdeel")

    @invariant()
    def de_database_is_zoals_het_model(self) -> None:
        per_plek: dict[Plek, Counter[tuple[object, ...]]] = {plek: Counter() for plek in PLEKKEN}
        for m in self._metingen().select_related("ingevoerd_door").exclude(staat="vervangen"):
            wat = ("geldend", m.waarde) if m.staat == "vastgesteld" else (m.staat, m.waarde, m.ingevoerd_door.username)
            per_plek[m.onderdeel.code, m.kwartaal][wat] += 1
        for plek, plaats in self.model.plaatsen.items():
            verwacht: Counter[tuple[object, ...]] = Counter()
            if plaats.geldend is not None:
                verwacht["geldend", plaats.geldend] += 1
            if plaats.open:
                verwacht[plaats.open.staat, plaats.open.waarde, plaats.open.auteur] += 1
            assert per_plek[plek] == verwacht, plek

    @invariant()
    def de_getypte_tekst_en_de_sluitingen_ook(self) -> None:
        getypt = Concept.objects.values_list("onderdeel__code", "kwartaal", "cellen", "versie")
        gevonden = {(o, k): (cellen.get("waarde", ""), versie) for o, k, cellen, versie in getypt}
        for plek, plaats in self.model.plaatsen.items():
            assert gevonden.get(plek, ("", 0)) == (plaats.tekst, plaats.versie), plek
        staand = Afsluiting.objects.filter(heropend_op=None)
        assert set(staand.values_list("kwartaal", flat=True)) == set(self.model.gesloten)

    @invariant()
    def niemand_stelt_eigen_werk_vast(self) -> None:
        assert not Meting.objects.filter(vastgesteld_door=F("ingevoerd_door")).exists()

    @invariant()
    def elke_wijziging_heeft_een_spoor_en_wat_vast_staat_blijft(self) -> None:
        nu = {m.pk: (m.staat, m.kwartaal, m.ingevoerd_door_id, m.inhoud) for m in Meting.objects.all()}
        alle = dict(AuditEvent.objects.values_list("pk", "object_id"))
        nieuw = Counter(
            AuditEvent.objects.exclude(pk__in=self.sporen)
            .filter(object_soort="meting")
            .values_list("object_id", flat=True)
        )
        gewijzigd = {pk for pk, rij in nu.items() if rij != self.rijen.get(pk)}
        vervangen = {pk for pk in gewijzigd if nu[pk][0] == "vervangen"}
        assert set(self.sporen) <= set(alle)
        assert nieuw == Counter(str(pk) for pk in gewijzigd - vervangen)
        assert set(self.rijen) <= set(nu)
        for pk, (staat, _, *inhoud) in self.rijen.items():
            assert staat not in ("vastgesteld", "vervangen") or inhoud == list(nu[pk][2:])
        assert not {nu[pk][1] for pk in gewijzigd} & set(self.model.gesloten)
        self.sporen, self.rijen = set(alle), nu


def _sluit_onder_wie_nog_keek() -> None:
    """The rare case, by hand: what somebody saw was decided and its quarter closed before they decided too."""
    stroom, plek = Werkstroom(), PLEKKEN[0]
    try:
        stroom.dien_in(plek, "anna", 7)
        stroom.lees(plek)
        stroom.besluit_over(plek, "vera", "stel_vast")
        stroom.sluit(plek[1], "vera")
        for wat, wie in (("stel_vast", "wim"), ("stuur_terug", "wim"), ("neem_terug", "anna")):
            stroom.besluit_over(plek, wie, wat)
        stroom.de_database_is_zoals_het_model()
    finally:
        stroom.teardown()


def test_wie_nog_keek_terwijl_het_kwartaal_sloot_wordt_geweigerd() -> None:
    _sluit_onder_wie_nog_keek()


def _draai(voorbeelden: int, stappen: int) -> None:
    instelling = settings(
        max_examples=voorbeelden,
        stateful_step_count=stappen,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Werkstroom, settings=instelling)


def test_de_weg_van_een_waarde_is_die_van_het_model() -> None:
    _draai(voorbeelden=8, stappen=25)


@pytest.mark.chaos
@pytest.mark.timeout(900)
def test_de_weg_van_een_waarde_is_die_van_het_model_ook_na_lang_zoeken() -> None:
    _sluit_onder_wie_nog_keek()
    _draai(voorbeelden=200, stappen=50)
    assert GEZIEN == ALLE
