"""What cannot be, on every form of steering: a clear sentence at its field, and all that was typed still there.

The parts test their own rules; this walks one table of bad input through the pages as people send it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from monitor.models import Indicator
from strategie.models import Hoofdlijn
from sturing.gebeurtenissen.services import Wat, noteer_gebeurtenis
from sturing.models import Planactiviteit, Vraag, noem
from sturing.overleg.acties.services import maak_actie
from sturing.overleg.services import neem_besluit, plan_overleg, voeg_punt_toe
from sturing.overleg.vragen.services import beantwoord, stel_vraag, trek_vraag_in
from tests.factories import AfsluitingFactory, maak_persoon, maak_planactiviteit
from tests.integration.sturing.doelenboom.opstelling import ambitie, koppel, lijn, maak_agenda
from tests.integration.sturing.duiding.opstelling import PAGINA, Q2, Q3, cellen, dien_in, neem_aan
from tests.integration.sturing.overleg.opstelling import over
from tests.pagina import Pagina
from tests.velden import Veld

pytestmark = pytest.mark.django_db
NU = datetime(2025, 11, 24, 12, tzinfo=UTC)
VANDAAG, MORGEN = date(2025, 11, 24), date(2025, 11, 25)
LANG = "x" * 10_000
TE_LANG = "hoogstens"
NIEUW = "/jaarplan/2025/nieuw/"


@dataclass(frozen=True)
class Zaak:
    """Who sends what where, and which sentence belongs at which field; "" is above the form."""

    wie: str
    adres: str
    getypt: Mapping[str, str]
    fouten: Mapping[str, str]
    status: int = 400
    kwijt: frozenset[str] = field(default=frozenset())
    """Choices that cannot be shown any more; the sentence names what was chosen."""


@pytest.fixture(autouse=True)
def _wereld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NU)
    maak_agenda()
    for naam, rol in (("dirk", "programmadirecteur"), ("anna", "analist"), ("rob", "rvo-lid")):
        maak_persoon(rol, naam=naam)
    maak_persoon("portefeuillehouder", naam="porte", thema="opsporing")


def _wie(naam: str) -> User:
    return User.objects.get(username=naam)


def _door(naam: str) -> dict[str, object]:
    return {"door": _wie(naam), "herkomst": "proef", "op": NU}


def _vertrokken() -> User:
    """Somebody whose account was closed."""
    weg = maak_persoon("analist", naam="weg")
    User.objects.filter(pk=weg.pk).update(is_active=False)
    return weg


def _activiteit(**anders: str) -> dict[str, str]:
    vast = {"titel": "Mijn titel", "begin": "2025-02-01", "eind": "2025-10-31", "status": "op-schema", "reden": ""}
    return vast | {"hoofdlijn": str(Hoofdlijn.objects.get(thema__slug="opsporing").pk), "eigenaar": ""} | anders


def _nieuw(fouten: Mapping[str, str], kwijt: frozenset[str] = frozenset(), **anders: str) -> Zaak:
    return Zaak("dirk", NIEUW, _activiteit(**anders), fouten, kwijt=kwijt)


def _mijlpaal(datum: str, titel: str = "Mijn mijlpaal", gereed: str = "") -> dict[str, str]:
    return {"mijlpaal-0-datum": datum, "mijlpaal-0-titel": titel, "mijlpaal-0-gereed": gereed}


def _twee_tegelijk() -> Zaak:
    """Another changed the title meanwhile; what this one typed stands in the form, beside what counts now."""
    versie = maak_planactiviteit(lijn(), op=NU - timedelta(days=1), titel="Eerst")
    adres = f"/jaarplan/activiteiten/{versie.plan_id}/"
    eerste = Client()
    eerste.force_login(_wie("porte"))
    gewijzigd = _activiteit(titel="Van porte", gezien="1") | {"eind": "2025-11-30"}
    assert eerste.post(adres, gewijzigd).status_code == 302
    getypt = _activiteit(titel="Van dirk", gezien="1", status="vertraagd", reden="Ziek.")
    del getypt["hoofdlijn"]
    return Zaak(
        "dirk", adres, getypt, {"": "porte wijzigde deze activiteit intussen"}, 409, frozenset({"gezien", "eind"})
    )


def _duiding(kwartaal: object = Q3, fouten: Mapping[str, str] | None = None, **anders: str) -> Zaak:
    return Zaak("anna", PAGINA.format(kwartaal), cellen(_wie("anna")) | anders, fouten or {})


def _in_gesloten_kwartaal() -> Zaak:
    AfsluitingFactory(jaar=2025, kwartaal=3)
    return _duiding(fouten={"": "Q3 2025 is gesloten"})


def _lange_duiding() -> Zaak:
    neem_aan(dien_in(_wie("anna"), Q2))
    velden = ("wat", "waardoor", "doen", "afloop_toelichting")
    zaak = _duiding(fouten=dict.fromkeys(velden, TE_LANG), afloop="nagekomen", **dict.fromkeys(velden, LANG))
    verborgen = _verborgen(zaak)
    return Zaak(zaak.wie, zaak.adres, {**zaak.getypt, **verborgen}, zaak.fouten)


def _lange_reden_van_een_correctie() -> Zaak:
    neem_aan(dien_in(_wie("anna")))
    zaak = _duiding(fouten={"reden": TE_LANG}, reden=LANG, wat="Anders.")
    return Zaak(zaak.wie, zaak.adres, {**zaak.getypt, **_verborgen(zaak)}, zaak.fouten)


def _verborgen(zaak: Zaak) -> dict[str, str]:
    """What the form brings along of what its reader saw."""
    return {veld.naam: veld.waarde for veld in _lees(zaak).velden if veld.naam.startswith("gezien")}


def _duiding_door_wie_weg_is() -> Zaak:
    zin = "weg werkt hier niet meer, of heeft geen rol. Kies een ander."
    zaak = _duiding(fouten={"persoon": zin}, persoon=str(_vertrokken().pk))
    return Zaak(zaak.wie, zaak.adres, zaak.getypt, zaak.fouten, kwijt=frozenset({"persoon"}))


def _ingetrokken_vraag() -> Zaak:
    vraag = stel_vraag(over("verdachten"), "Waarom?", None, formulier="een", **_door("rob"))
    trek_vraag_in(vraag, "Al gehoord.", **_door("rob"))
    getypt = {"handeling": "antwoord", "antwoord-tekst": "Mijn antwoord.", "antwoord-gezien": "0"}
    return Zaak("anna", vraag.adres, getypt, {"antwoord-tekst": "ingetrokken: Al gehoord."})


def _besluit(dag: date, fouten: Mapping[str, str], kwijt: frozenset[str] = frozenset(), **anders: str) -> Zaak:
    van = plan_overleg("RVO", dag, **_door("dirk"))
    punt = voeg_punt_toe(van, "Opening", **_door("dirk"))
    leeg = {"punt": str(punt.pk), "tekst": "Mijn besluit.", "wat": "", "eigenaar": "", "datum": ""}
    getypt = {f"besluit-{naam}": tekst for naam, tekst in (leeg | anders).items()}
    return Zaak("dirk", van.adres, {"handeling": "besluit", **getypt}, fouten, kwijt=kwijt)


def _voor_wie_weg_is() -> Zaak:
    zin = "Deze keuze is er niet (meer)."
    opdracht = {"wat": "Mijn actie", "eigenaar": str(_vertrokken().pk), "datum": f"{MORGEN}"}
    return _besluit(VANDAAG, {"besluit-eigenaar": zin}, frozenset({"besluit-eigenaar"}), **opdracht)


def _actie(handeling: str, fouten: Mapping[str, str], **anders: str) -> Zaak:
    van = plan_overleg("RVO", VANDAAG, **_door("dirk"))
    besluit = neem_besluit(voeg_punt_toe(van, "Opening", **_door("dirk")), "Doen.", **_door("dirk"))
    actie = maak_actie(besluit, "Zoek het uit", _wie("anna"), MORGEN, **_door("dirk"))
    getypt = {"handeling": handeling} | {f"{handeling}-{naam}": tekst for naam, tekst in anders.items()}
    return Zaak("dirk", actie.adres, {**getypt, f"{handeling}-gezien": "1"}, fouten)


def _op_overleg(handeling: str, fouten: Mapping[str, str], **anders: str) -> Zaak:
    van = plan_overleg("RVO", VANDAAG, **_door("dirk"))
    getypt = {"handeling": handeling} | {f"{handeling}-{naam}": tekst for naam, tekst in anders.items()}
    gevuld = {naam: f"overleg:{van.pk}" if tekst == "dit" else tekst for naam, tekst in getypt.items()}
    return Zaak("dirk", van.adres, gevuld, fouten)


def _vraag(handeling: str, wie: str, fouten: Mapping[str, str], **anders: str) -> Zaak:
    vraag = stel_vraag(over("verdachten"), "Waarom?", None, formulier="een", **_door("rob"))
    getypt = {"handeling": handeling} | {f"{handeling}-{naam}": tekst for naam, tekst in anders.items()}
    return Zaak(wie, vraag.adres, getypt, fouten)


def _antwoord_naast_een_ander() -> Zaak:
    zaak = _vraag("antwoord", "anna", {"": "Een ander schreef intussen"}, tekst="Van anna.", gezien="0")
    [pk] = [int(deel) for deel in zaak.adres.split("/") if deel.isdigit()]
    beantwoord(Vraag.objects.get(pk=pk), "Van porte.", gezien=0, **_door("porte"))
    return zaak


def _kring() -> Zaak:
    koppel(ambitie("opsporing"), ambitie("wijk"))
    kanten = {"boven": noem(ambitie("wijk")), "onder": noem(ambitie("opsporing"))}
    getypt = {**kanten, "geldt": "ja", "reden": "Hoort zo."}
    return Zaak("dirk", "/agenda/koppelingen/", getypt, {"onder": "Zo ontstaat een kring"})


def _lange_koppeling() -> Zaak:
    getypt = {"boven": LANG, "onder": LANG, "geldt": "ja", "reden": LANG}
    return Zaak("dirk", "/agenda/koppelingen/", getypt, dict.fromkeys(("boven", "onder"), "Dit deel is er niet."))


def _lange_reden_van_een_koppeling() -> Zaak:
    kanten = {"boven": noem(ambitie("opsporing")), "onder": noem(ambitie("wijk"))}
    return Zaak("dirk", "/agenda/koppelingen/", {**kanten, "geldt": "ja", "reden": LANG}, {"reden": TE_LANG})


def _gebeurtenis(fouten: Mapping[str, str], **anders: str) -> Zaak:
    vast = {
        "soort": "campagne",
        "datum": "2025-05-12",
        "tot": "",
        "titel": "Mijn titel",
        "toelichting": "",
        "bron": "B",
        "alle_indicatoren": "on",
        "overal": "on",
    }
    return Zaak("anna", "/gebeurtenissen/", vast | anders, fouten)


def _lange_intrekking() -> Zaak:
    wat = Wat(
        soort="campagne", datum=date(2025, 5, 12), titel="Titel", bron="Brief", alle_indicatoren=True, overal=True
    )
    rij = noteer_gebeurtenis(wat, **_door("anna"))
    return Zaak("anna", "/gebeurtenissen/", {"intrekken": str(rij.pk), "reden": LANG}, {"reden": TE_LANG})


def _ambitiestand(fouten: Mapping[str, str], **anders: str) -> Zaak:
    vast = {"halfjaar": "2025-1", "oordeel": "op-weg", "tekst": "Vooruit.", "reden": "", "gezien": "0"}
    bron = {"soort_1": "audit", "titel_1": "Doorlichting", "datum_1": "2025-06-01"}
    return Zaak("porte", "/themas/opsporing/ambities/1/", vast | bron | anders, fouten)


ZAKEN: dict[str, Callable[[], Zaak]] = {
    "activiteit: einde voor begin": lambda: _nieuw({"eind": "Het einde ligt voor het begin."}, eind="2025-01-01"),
    "activiteit: mijlpaal erbuiten": lambda: _nieuw(
        {"mijlpaal-0-datum": "Deze mijlpaal ligt buiten de activiteit."}, **_mijlpaal("2025-12-01")
    ),
    "activiteit: gereed met een open mijlpaal": lambda: _nieuw(
        {"status": "Nog open: “Mijn mijlpaal”.", "mijlpaal-0-gereed": "Deze mijlpaal staat nog open."},
        status="gereed",
        reden="Klaar.",
        **_mijlpaal("2025-03-01"),
    ),
    "activiteit: eigenaar vertrokken": lambda: _nieuw(
        {"eigenaar": "Het account van weg staat uit."}, frozenset({"eigenaar"}), eigenaar=str(_vertrokken().pk)
    ),
    "activiteit: eigenaar zonder rol": lambda: _nieuw(
        {"eigenaar": "geen rol waarmee het jaarplan te lezen is"},
        frozenset({"eigenaar"}),
        eigenaar=str(User.objects.create(username="rolloos").pk),
    ),
    "activiteit: twee tegelijk": _twee_tegelijk,
    "activiteit: elk tekstveld te lang": lambda: _nieuw(
        dict.fromkeys(("titel", "reden", "mijlpaal-0-titel"), TE_LANG),
        titel=LANG,
        reden=LANG,
        **_mijlpaal("2025-03-01", LANG),
    ),
    "duiding: gesloten kwartaal": _in_gesloten_kwartaal,
    "duiding: door wie weg is": _duiding_door_wie_weg_is,
    "duiding: belofte voor het einde van het kwartaal": lambda: _duiding(
        fouten={"wanneer": "Kies een dag na 30-09-2025"}, wanneer="30-9-2025"
    ),
    "duiding: elk tekstveld te lang": _lange_duiding,
    "duiding: reden te lang": _lange_reden_van_een_correctie,
    "antwoord: vraag ingetrokken": _ingetrokken_vraag,
    "antwoord: twee tegelijk": _antwoord_naast_een_ander,
    "antwoord: te lang": lambda: _vraag("antwoord", "anna", {"antwoord-tekst": "Laat er"}, tekst=LANG, gezien="0"),
    "vraag intrekken: te lang": lambda: _vraag("intrekken", "rob", {"intrekken-reden": "Laat er"}, reden=LANG),
    "besluit: overleg nog niet geweest": lambda: _besluit(MORGEN, {"besluit-punt": "nog niet geweest"}),
    "besluit: actie voor wie weg is": _voor_wie_weg_is,
    "besluit: te lang": lambda: _besluit(VANDAAG, {"besluit-tekst": "Laat er"}, tekst=LANG),
    "besluit: actie te lang": lambda: _besluit(
        VANDAAG, {"besluit-wat": "Laat er"}, wat=LANG, eigenaar=str(_wie("anna").pk), datum=f"{MORGEN}"
    ),
    "punt: elk tekstveld te lang": lambda: _op_overleg(
        "punt", {"punt-titel": "Laat er", "punt-toelichting": "Laat er"}, titel=LANG, toelichting=LANG, over=""
    ),
    "overleg intrekken: te lang": lambda: _op_overleg(
        "intrekken", {"intrekken-reden": "Laat er"}, wat="dit", reden=LANG
    ),
    "actie gereed: te lang": lambda: _actie("gereed", {"gereed-reden": "Laat er"}, reden=LANG),
    "actie verzetten: te lang en voorbij": lambda: _actie(
        "verzetten",
        {"verzetten-reden": "Laat er", "verzetten-datum": "is al voorbij"},
        datum="2025-11-23",
        eigenaar="",
        reden=LANG,
    ),
    "koppeling: kring": _kring,
    "koppeling: namen te lang": _lange_koppeling,
    "koppeling: reden te lang": _lange_reden_van_een_koppeling,
    "gebeurtenis: einde voor begin": lambda: _gebeurtenis({"tot": "voor"}, tot="2025-05-01"),
    "gebeurtenis: elk tekstveld te lang": lambda: _gebeurtenis(
        dict.fromkeys(("titel", "toelichting", "bron"), TE_LANG), titel=LANG, toelichting=LANG, bron=LANG
    ),
    "ambitie: reden te lang": lambda: _ambitiestand({"reden": TE_LANG}, reden=LANG),
    "gebeurtenis intrekken: te lang": _lange_intrekking,
    "ambitie: elk tekstveld te lang": lambda: _ambitiestand(
        {"tekst": TE_LANG, "titel_1": TE_LANG}, tekst=LANG, titel_1=LANG, reden=LANG
    ),
}


def _client(zaak: Zaak) -> Client:
    client = Client()
    client.force_login(_wie(zaak.wie))
    return client


def _lees(zaak: Zaak) -> Pagina:
    return Pagina.van(_client(zaak).get(zaak.adres))


@pytest.mark.parametrize("zaak", ZAKEN)
def test_een_zin_bij_zijn_veld_en_niets_gaat_verloren(zaak: str) -> None:
    geval = ZAKEN[zaak]()
    sporen = AuditEvent.objects.exclude(handeling="geweigerd").count()
    antwoord = _client(geval).post(geval.adres, geval.getypt)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == geval.status, pagina.tekst
    for naam, zin in geval.fouten.items():
        if naam:
            assert zin in " ".join(_veld(pagina, naam).fouten), (naam, _veld(pagina, naam).fouten)
        else:
            assert pagina.inhoud.heeft(zin), zin
    for naam, tekst in geval.getypt.items():
        if naam != "handeling" and naam not in geval.kwijt:
            assert tekst in _waarden(pagina, naam), (naam, _waarden(pagina, naam))
    assert AuditEvent.objects.exclude(handeling="geweigerd").count() == sporen
    assert Indicator.objects.filter(code="verdachten").exists()
    assert not Planactiviteit.objects.filter(versies__titel__startswith="Mijn").exists()


def _veld(pagina: Pagina, naam: str) -> Veld:
    """The first of that name: below the form of one's own activity stands that of the agenda's."""
    return next(veld for veld in pagina.velden if veld.naam == naam)


def _waarden(pagina: Pagina, naam: str) -> list[str]:
    """What goes along under this name when the form is sent again."""
    return [veld.waarde for veld in pagina.velden if veld.naam == naam and veld.gaat_mee]
