"""A key reads what its owner reads, no more lists than it names and no longer than it may; it is shown once."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from accounts.models import ApiToken, Bericht, User
from accounts.sleutels.services import LIJSTEN, maak_sleutel, trek_sleutel_in
from common.models import AuditEvent
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from tests.factories import maak_persoon
from tests.pagina import Pagina
from tests.rechten import ROUTES

pytestmark = pytest.mark.django_db
MORGEN = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def lid() -> User:
    return maak_persoon("rvo-lid", naam="lid")


def _maak(user: User, lijsten: tuple[str, ...] = (), geldig_tot: date = MORGEN) -> str:
    return maak_sleutel(user, naam="koppeling", geldig_tot=geldig_tot, lijsten=lijsten, door=user, herkomst="proef")


def _vraag(sleutel: str, lijst: str = "onderdelen") -> int:
    return Client(headers={"Authorization": f"Bearer {sleutel}"}).get(f"/api/v1/{lijst}").status_code


def test_de_lijsten_zijn_die_van_de_api() -> None:
    assert get_resolver()
    assert set(LIJSTEN) == {naam.removeprefix("api:") for naam in ROUTES if naam.startswith("api:")} - {"openapi"}


def test_een_sleutel_leest_alleen_de_lijsten_die_erop_staan(lid: User) -> None:
    sleutel = _maak(lid, ("onderdelen",))
    assert {lijst: _vraag(sleutel, lijst) for lijst in ("onderdelen", "indicatoren", "metingen")} == {
        "onderdelen": 200,
        "indicatoren": 404,
        "metingen": 404,
    }
    token = ApiToken.objects.get()
    assert token.laatst_gebruikt == timezone.localdate()
    assert sleutel not in str(ApiToken.objects.values())


def test_intrekken_geldt_meteen_en_staat_in_het_spoor(lid: User) -> None:
    sleutel = _maak(lid)
    pk = ApiToken.objects.get().pk
    assert _vraag(sleutel) == 200
    with pytest.raises(NietToegestaan):
        trek_sleutel_in(pk, door=maak_persoon("analist"), herkomst="proef")
    trek_sleutel_in(pk, door=maak_persoon("beheerder"), herkomst="proef")
    assert _vraag(sleutel) == 401
    with pytest.raises(Geweigerd):
        trek_sleutel_in(pk, door=lid, herkomst="proef")
    sporen = AuditEvent.objects.filter(object_soort="apitoken").order_by("pk")
    assert [spoor.handeling for spoor in sporen] == ["sleutel gemaakt", "sleutel ingetrokken"]
    assert sleutel not in str(sporen.values())


@pytest.mark.parametrize("dagen", [-1, 400])
def test_een_sleutel_geldt_hoogstens_een_jaar(lid: User, dagen: int) -> None:
    with pytest.raises(Geweigerd, match="hoogstens een jaar"):
        _maak(lid, geldig_tot=timezone.localdate() + timedelta(days=dagen))


def test_een_onbekende_lijst_een_lege_naam_en_een_beheerder_worden_geweigerd(lid: User) -> None:
    with pytest.raises(Geweigerd, match="Deze lijst is er niet: geheim"):
        _maak(lid, ("geheim",))
    with pytest.raises(Geweigerd, match="waarvoor"):
        maak_sleutel(lid, naam=" ", geldig_tot=MORGEN, door=lid, herkomst="proef")
    with pytest.raises(Geweigerd, match="cijfers"):
        _maak(maak_persoon("beheerder"))


def test_op_de_pagina_staat_de_sleutel_een_keer(lid: User) -> None:
    User.objects.filter(pk=lid.pk).update(email="lid@site.example")
    client = Client()
    client.force_login(User.objects.get(pk=lid.pk))
    leeg = Pagina.van(client.get("/sleutels/"))
    assert leeg.heeft("Er zijn geen sleutels.")
    velden = {"naam": "Rapport\u202e", "geldig_tot": MORGEN.isoformat(), "lijsten": ["metingen"]}
    gemaakt = client.post("/sleutels/", velden)
    [sleutel] = re.findall(r"<code>([\w-]{43})</code>", gemaakt.content.decode())
    assert gemaakt["Cache-Control"] == "private, no-store"
    assert _vraag(sleutel, "metingen") == 200
    daarna = client.get("/sleutels/").content.decode()
    assert sleutel not in daarna
    assert "Rapport[U+202E]" in daarna
    assert Bericht.objects.get().aan == "lid@site.example"
    fout = client.post("/sleutels/", velden | {"geldig_tot": "2001-01-01"})
    assert (fout.status_code, Pagina.van(fout).heeft("hoogstens een jaar")) == (400, True)
    client.post("/sleutels/", {"actie": "sleutel", "sleutel": ApiToken.objects.get().pk})
    assert _vraag(sleutel, "metingen") == 401


def test_opdrachten(lid: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("maak_sleutel", "lid", waarvoor="rapport", geldig_tot=MORGEN.isoformat(), alleen="metingen,onderdelen")
    sleutel = capsys.readouterr().out.split()[-1]
    assert _vraag(sleutel) == 200
    call_command("toon_sleutels")
    regel = capsys.readouterr().out
    assert "lid: rapport; onderdelen, metingen; tot en met" in regel
    assert sleutel not in regel
    call_command("trek_sleutel_in", str(ApiToken.objects.get().pk))
    assert _vraag(sleutel) == 401
    for woorden in (["maak_sleutel", "weg"], ["maak_sleutel", "lid"]):
        with pytest.raises(CommandError):
            call_command(*woorden, waarvoor="x", geldig_tot="morgen" if woorden[1] == "lid" else "2027-01-01")
    with pytest.raises(CommandError):
        call_command("trek_sleutel_in", "0")
