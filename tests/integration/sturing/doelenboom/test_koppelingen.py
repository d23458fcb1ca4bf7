"""Links between parts of the agenda: what can be proposed by whom, what is refused in which words, and what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from common.models import AuditEvent
from common.vaststellen.bewaking import NietToegestaan
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import KOPPELING
from monitor.invoer.vaststellen.voorstel import AlVoorgesteld
from strategie.models import Ambitie, Thema
from sturing.doelenboom.services import stel_koppeling_voor
from sturing.lezen.koppelingen import get_koppelingen
from sturing.models import Boomdeel, Koppelbaar, Koppeling, noem
from tests.factories import maak_persoon
from tests.integration.sturing.doelenboom.opstelling import (
    HERKOMST,
    activiteit,
    ambitie,
    indicator,
    koppel,
    lijn,
    maak_agenda,
    stel_voor,
    vaststeller,
    voorsteller,
)
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
ADRES = "/agenda/koppelingen/"
Kies = Callable[[], Koppelbaar]


@pytest.fixture(autouse=True)
def _agenda(db: None) -> None:
    maak_agenda()


def _ingelogd(rol: str, **waar: str) -> Client:
    client = Client()
    client.force_login(maak_persoon(rol, **waar))
    return client


@pytest.mark.parametrize(
    ("boven", "onder", "veld", "zin"),
    [
        (indicator, ambitie, "boven", "Een indicator meet iets en ligt daarom altijd onder"),
        (ambitie, ambitie, "onder", "hoort niet bij zichzelf"),
        (lijn, activiteit, "onder", "De agenda zelf legt deze activiteit al onder die hoofdlijn"),
        (activiteit, lijn, "onder", "Zo ontstaat een kring"),
    ],
)
def test_what_cannot_be_linked(boven: Kies, onder: Kies, veld: str, zin: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        stel_voor(boven(), onder())
    assert [(een.kolom, zin in een.reden) for een in fout.value.fouten] == [(veld, True)]
    assert not Koppeling.objects.exists()
    assert not Boomdeel.objects.exists()


def test_a_circle_over_links_is_refused_and_names_its_way() -> None:
    koppel(ambitie("opsporing"), ambitie("wijk"))
    koppel(ambitie("wijk"), lijn("opsporing"))
    with pytest.raises(InvoerFout) as fout:
        stel_voor(activiteit("opsporing"), ambitie("opsporing"))
    [een] = fout.value.fouten
    assert "Zo ontstaat een kring: “Opsporing, hoofdlijn 1, activiteit 1” ligt zelf al onder" in (een.reden)
    assert "via “Wijk, ambitie 1”; “Opsporing, hoofdlijn 1”" in een.reden


def _andersom(rij: Koppeling) -> Koppeling:
    """The reverse of what waits, from before that was refused."""
    zelfde = {n: getattr(rij, n) for n in ("reden", "staat", "ingevoerd_door", "ingevoerd_op", "ingediend_op")}
    return Koppeling.objects.create(boven=rij.onder, onder=rij.boven, **zelfde)


def _weigering(*rijen: Koppeling) -> str:
    with pytest.raises(InvoerFout) as fout:
        stel_vast(KOPPELING, rijen, door=vaststeller(), herkomst=HERKOMST)
    [een] = fout.value.fouten
    return een.reden


def test_two_proposals_that_go_round_together_are_not_both_approved() -> None:
    heen = stel_voor(ambitie("opsporing"), ambitie("wijk"))
    terug, los = _andersom(heen), stel_voor(ambitie(), indicator())
    assert _weigering(heen, terug, los) == (
        "De koppelingen “Opsporing, ambitie 1” onder “Wijk, ambitie 1” en “Wijk, ambitie 1” onder “Opsporing, ambitie "
        "1” maken samen een kring. Er is geen koppeling vastgesteld. Stuur één van de twee terug."
    )
    assert not get_koppelingen().exists()
    stel_vast(KOPPELING, [heen, los], door=vaststeller(), herkomst=HERKOMST)
    assert _weigering(terug) == (
        "De koppeling “Opsporing, ambitie 1” onder “Wijk, ambitie 1” maakt een kring: “Wijk, ambitie 1” ligt zelf al "
        "onder “Opsporing, ambitie 1”. Er is geen koppeling vastgesteld. Stuur deze koppeling terug."
    )


def test_of_three_that_go_round_each_is_named_to_who_decides() -> None:
    stel_voor(ambitie("wijk"), ambitie("opsporing"))
    stel_voor(ambitie("opsporing"), lijn("wijk"))
    stel_voor(activiteit("wijk"), ambitie("wijk"))  # the agenda itself closes the way to it
    keuzes = [keuze_van(KOPPELING, rij) for rij in KOPPELING.wachtend()]
    vast = {"besluit": "vaststellen", "keuze": keuzes, "zeker": "3"}
    melding = Pagina.van(_ingelogd("vaststeller").post("/vaststellen/koppelingen/", vast)).plek("niet-gedaan")
    assert melding.heeft(
        "De koppelingen “Wijk, ambitie 1” onder “Wijk, hoofdlijn 1, activiteit 1”, “Opsporing, ambitie 1” onder "
        "“Wijk, ambitie 1” en “Wijk, hoofdlijn 1” onder “Opsporing, ambitie 1” maken samen een kring. "
        "Er is geen koppeling vastgesteld. Stuur één van de 3 terug."
    )
    assert not get_koppelingen().exists()


def test_who_decides_reads_of_each_row_what_comes_under_what() -> None:
    heen = stel_voor(ambitie("opsporing"), ambitie("wijk"))
    _andersom(heen)
    tabel = Pagina.van(_ingelogd("vaststeller").get("/vaststellen/koppelingen/")).tabel("Koppelingen: nieuw")
    assert tabel.kolommen == ["Kies", "Onder", "Nieuw", "Geldt nu", "Toelichting", "Ingediend door"]
    assert tabel.zinnen == [
        "Boven: Opsporing, ambitie 1: Wens 1 van Opsporing.", "Boven: Wijk, ambitie 1: Wens 1 van Wijk.",
    ]  # fmt: skip
    assert tabel.kolom("Nieuw") == ["Hoort onder “Opsporing, ambitie 1”", "Hoort onder “Wijk, ambitie 1”"]


@pytest.mark.parametrize("andersom", [False, True])
def test_what_waits_already_is_named_to_who_proposes_it_again_or_in_reverse(andersom: bool) -> None:
    rij = stel_voor(ambitie("opsporing"), ambitie("wijk"))
    kanten = [ambitie("opsporing"), ambitie("wijk")]
    boven, onder = reversed(kanten) if andersom else kanten
    welk = "koppeling “Wijk, ambitie 1” onder “Opsporing, ambitie 1”"
    with pytest.raises(AlVoorgesteld) as fout:
        stel_voor(boven, onder)
    assert fout.value.voorstel == rij
    assert fout.value.fouten[0].reden == (
        f"Er ligt al een voorstel van u: {welk}. Trek uw voorstel in om iets anders te vragen."
    )
    getypt = {"boven": noem(boven), "onder": noem(onder), "geldt": "ja", "reden": "Zo."}
    client = _ingelogd("programmadirecteur")
    fouten = Pagina.van(client.post(ADRES, getypt)).plek("fouten")
    assert fouten.heeft(f"Er ligt al een voorstel van petra: {welk}. Laat dat eerst vaststellen of terugsturen.")
    stuur_terug(KOPPELING, [rij], door=vaststeller(), reden="Andersom?", herkomst=HERKOMST)
    assert client.post(ADRES, getypt).status_code == 302


def test_a_link_ends_by_a_proposal_and_is_kept() -> None:
    eerst = koppel(ambitie(), indicator())
    stel_voor(ambitie(), indicator(), geldt=False, reden="Het zegt er niets over.")
    assert get_koppelingen().get() == eerst
    stel_vast(KOPPELING, list(KOPPELING.wachtend()), door=vaststeller(), herkomst=HERKOMST)
    assert not get_koppelingen().exists()
    assert list(Koppeling.objects.order_by("pk").values_list("staat", "geldt")) == [
        (Staat.VERVANGEN, True),
        (Staat.VASTGESTELD, False),
    ]
    eerst.refresh_from_db()
    assert eerst.vastgesteld_op is not None
    assert get_koppelingen(eerst.vastgesteld_op).get() == eerst
    assert AuditEvent.objects.filter(object_soort="koppeling", handeling="vastgesteld").count() == 2
    koppel(ambitie(), indicator(), reden="Toch wel.")
    assert get_koppelingen().get().reden == "Toch wel."


def test_who_looks_back_sees_what_counted_then_and_what_was_waiting_and_changes_nothing() -> None:
    begin, erna = timezone.now() - timedelta(days=6), {"door": vaststeller(), "herkomst": HERKOMST}
    hoe: dict[str, Any] = {"geldt": True, "reden": "Dit hoort zo.", "door": voorsteller(), "herkomst": HERKOMST}
    stel_koppeling_voor(ambitie(), indicator(), **hoe, op=begin)
    stel_vast(KOPPELING, list(KOPPELING.wachtend()), **erna, op=begin + timedelta(days=3))
    client = _ingelogd("programmadirecteur")
    for later, wachtte, gold in ((-1, False, False), (1, True, False), (4, False, True)):
        toen = f"{ADRES}?peildatum={timezone.localdate(begin) + timedelta(days=later)}"
        pagina = Pagina.van(client.get(toen))
        assert pagina.ergens("Wachtte op een besluit van een ander.") == wachtte
        assert pagina.heeft("Wat toen gold")
        assert pagina.ergens("Vastgestelde koppelingen") == gold
        assert not {"Stel dit voor", "Trek uw voorstel in"} & {*pagina.knoppen}
        assert client.post(toen, {}).status_code == 403


def test_what_is_not_linked_cannot_end_and_what_is_so_is_not_asked_again() -> None:
    with pytest.raises(InvoerFout, match="Er valt niets in te trekken"):
        stel_voor(ambitie(), indicator(), geldt=False)
    koppel(ambitie(), indicator())
    with pytest.raises(InvoerFout) as fout:
        stel_voor(ambitie(), indicator(), reden="Om een andere reden.")
    assert [(een.kolom, een.reden) for een in fout.value.fouten] == [("onder", "Deze koppeling bestaat al.")]
    assert not KOPPELING.wachtend().exists()


@pytest.mark.parametrize("reden", ["", "   ", "x" * 10_000])
def test_a_reason_is_asked_and_has_an_end(reden: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        stel_voor(ambitie(), indicator(), reden=reden)
    assert {een.kolom for een in fout.value.fouten} == {"reden"}


def test_who_proposes_has_at_least_one_end() -> None:
    eigen = maak_persoon("portefeuillehouder", naam="otto", thema="wijk")
    for boven, onder in ((ambitie("wijk"), lijn("opsporing")), (ambitie("opsporing"), indicator("aanrijdtijd"))):
        stel_koppeling_voor(boven, onder, geldt=True, reden="Mijn thema.", door=eigen, herkomst=HERKOMST)
    with pytest.raises(NietToegestaan):
        stel_koppeling_voor(ambitie(), indicator(), geldt=True, reden="Niet mijn.", door=eigen, herkomst=HERKOMST)
    assert AuditEvent.objects.filter(handeling="geweigerd", door_id=eigen.pk).count() == 1


def test_a_theme_without_indicators_has_a_holder_too() -> None:
    eigen = maak_persoon("portefeuillehouder", naam="olga", thema="onrust")
    onrust = Thema.objects.get(slug="onrust")
    andere = Ambitie.objects.create(thema=onrust, nummer=1, tekst="Rust.", bronregel="1")
    rij = stel_koppeling_voor(andere, indicator(), geldt=True, reden="Ook hier.", door=eigen, herkomst=HERKOMST)
    assert rij.staat == Staat.INGEDIEND


def test_the_database_refuses_what_must_never_be() -> None:
    deel = koppel(ambitie(), indicator())
    vast = {"ingevoerd_op": deel.ingevoerd_op, "reden": "Buiten om.", "staat": Staat.INGEDIEND}
    besloten = {"staat": Staat.VASTGESTELD, "vastgesteld_op": deel.vastgesteld_op, "vastgesteld_door": vaststeller()}
    for velden in (
        {"boven": deel.boven, "onder": deel.boven},
        {"boven": deel.boven, "onder": deel.onder, "reden": ""},
        {"boven": deel.boven, "onder": deel.onder} | besloten,
        {"boven": deel.onder, "onder": deel.boven} | besloten,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Koppeling.objects.create(**vast | velden)
    for velden in ({}, {"ambitie": ambitie("wijk"), "indicator": indicator("csv")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Boomdeel.objects.create(**velden)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Koppeling.objects.filter(pk=deel.pk).update(reden="Anders.")


def test_a_person_proposes_on_the_page_and_another_sees_it() -> None:
    client = _ingelogd("programmadirecteur")
    getypt = {"boven": "Opsporing, ambitie 1", "onder": "verdachten jong", "geldt": "ja", "reden": "Zo."}
    antwoord = client.post(ADRES, getypt)
    assert antwoord.status_code == 302
    pagina = Pagina.van(client.get(ADRES))
    assert pagina.meldt("Uw voorstel ligt klaar. Een ander moet het vaststellen.")
    assert pagina.deel("Voorstellen").heeft("Hoort onder: Opsporing, ambitie 1: Wens 1 van Opsporing. Waarom: Zo.")
    assert not Pagina.van(_ingelogd("rvo-lid").get(ADRES)).heeft("Voorstellen")
    inbak = _ingelogd("vaststeller")
    assert Pagina.van(inbak.get("/vaststellen/koppelingen/")).heeft("Indicator Verdachten jong")
    stel_vast(KOPPELING, list(KOPPELING.wachtend()), door=vaststeller(), herkomst=HERKOMST)
    tabel = Pagina.van(_ingelogd("rvo-lid").get(ADRES)).tabel("Vastgestelde koppelingen")
    assert tabel.cel("Indicator Verdachten jong", "Hoort onder") == "Opsporing, ambitie 1: Wens 1 van Opsporing."
    assert tabel.kolommen == ["Wat", "Hoort onder", "Waarom", "Vastgesteld"]


def test_nothing_typed_is_lost_and_each_fault_stands_at_its_field() -> None:
    client = _ingelogd("programmadirecteur")
    getypt = {"boven": "ambitie", "onder": "bestaat niet", "geldt": "ja", "reden": "Een lang verhaal."}
    antwoord = client.post(ADRES, getypt)
    pagina = Pagina.van(antwoord)
    assert antwoord.status_code == 400
    assert pagina.plek("fouten").link("Waar hoort het onder?") == "#id_boven"
    assert pagina.veld("Waar hoort het onder?").waarde == "ambitie"
    assert pagina.veld("Waarom?").waarde == "Een lang verhaal."
    assert pagina.heeft("Dit past bij 4 delen. Typ meer van de naam, of kies er een uit de lijst.")
    assert pagina.heeft("Dit deel is er niet. Kies er een uit de lijst die verschijnt als u typt.")


def test_every_fault_comes_at_once() -> None:
    antwoord = _ingelogd("programmadirecteur").post(ADRES, {"boven": "", "onder": "x?", "geldt": "ja", "reden": " "})
    fouten = Pagina.van(antwoord).plek("fouten")
    assert [link.tekst for link in fouten.links] == ["Waar hoort het onder?", "Wat hoort eronder?", "Waarom?"]


def test_the_own_theme_comes_first_and_two_strange_ends_are_refused_at_their_field() -> None:
    client = _ingelogd("portefeuillehouder", thema="wijk")
    keuzes = re.findall(r'<option value="([^"]*)"></option>', client.get(ADRES).content.decode())
    eigen = [naam.startswith("Wijk, ") or naam.endswith("Aanrijdtijd") for naam in keuzes]
    assert eigen == sorted(eigen, reverse=True)
    assert {True, False} == set(eigen)
    getypt = {"boven": "Opsporing, ambitie 1", "onder": "verdachten jong", "geldt": "ja", "reden": "Zo."}
    fouten = Pagina.van(client.post(ADRES, getypt)).plek("fouten")
    zin = "Geen van beide hoort bij uw eigen thema. Kies bij minstens één een deel ervan."
    assert fouten.heeft(f"Wat hoort eronder?: {zin}")
    assert AuditEvent.objects.filter(handeling="geweigerd").count() == 1


def test_what_came_back_and_what_is_to_end_are_filled_in() -> None:
    rij = koppel(ambitie(), indicator())
    client = Client()
    client.force_login(voorsteller())
    pagina = Pagina.van(client.get(f"{ADRES}?vervalt={rij.pk}"))
    assert pagina.veld("Waar hoort het onder?").waarde == "Opsporing, ambitie 1: Wens 1 van Opsporing."
    assert pagina.veld("Wat hoort eronder?").waarde == "Indicator Verdachten"
    assert pagina.veld("Wat stelt u voor?").waarde == "nee"
    assert Pagina.van(client.get(f"{ADRES}?voorstel=9999999999999999999&vervalt=x")).veld("Waarom?").waarde == ""


def test_who_may_not_propose_is_told_so() -> None:
    assert _ingelogd("rvo-lid").post(ADRES, {}).status_code == 403
    assert _ingelogd("beheerder").get(ADRES).status_code == 404
