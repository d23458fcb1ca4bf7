"""The frame of a page: made once while nothing changes, its file without the rest of it, each with its own columns."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from common.models import AuditEvent
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom, bewaar_keuze
from common.pagina.tonen import Scherm, toon_pagina
from tests.factories import maak_persoon
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db(transaction=True)


class Plaatsen(Tabel):
    plaats = Tekstkolom(verbose_name="Plaats", rijkop=True)
    aantal = Getalkolom(verbose_name="Aantal")
    naam = "plaatsen"
    kiesbaar = True


class Werkplaats:
    """Makes one and the same page, and remembers what was asked for."""

    def __init__(self, *, met_tabel: bool = True) -> None:
        self.met_tabel, self.gemaakt = met_tabel, []

    def scherm(self) -> Scherm:
        self.gemaakt.append("scherm")
        rijen = [{"plaats": "Kade", "aantal": 2}, {"plaats": "Brug", "aantal": 1}]
        tabellen = [Plaatsen(rijen, titel="Plaatsen")] if self.met_tabel else []
        return Scherm("tests/plaatsen.html", "Plaatsen", [("Plaatsen", "")], self._inhoud, self._kader, tabellen)

    def _inhoud(self) -> dict[str, Any]:
        self.gemaakt.append("inhoud")
        return {}

    def _kader(self) -> dict[str, Any]:
        self.gemaakt.append("kader")
        return {"stand": None}

    def toon(self, user: User, vraag: str = "") -> HttpResponse:
        request = RequestFactory().get(f"/plaatsen/{vraag}")
        request.user = user
        return toon_pagina(request, self.scherm, kiesbaar=True, erbij=lambda pagina: {"mijn": len(self.gemaakt)})

    def wordt_overhandigd(self, user: User) -> bool:
        """Whether a page is handed over as made; a few tries, since any other writer makes it anew."""
        for _ in range(25):
            self.gemaakt.clear()
            self.toon(user)
            if not self.gemaakt:
                return True
        return False


@pytest.fixture(autouse=True)
def _sjabloon(settings: Any, tmp_path: Any) -> None:
    cache.clear()
    (tmp_path / "tests").mkdir()
    sjabloon = "{% load django_tables2 %}{% if tabel %}{% render_table plaatsen %}{% endif %}"
    (tmp_path / "tests" / "plaatsen.html").write_text(sjabloon)
    [stel] = settings.TEMPLATES
    settings.TEMPLATES = [stel | {"DIRS": [*stel["DIRS"], tmp_path]}]


@pytest.fixture
def lid() -> User:
    return maak_persoon("rvo-lid")


def test_de_pagina_wordt_een_keer_gemaakt_en_wat_erbij_komt_elke_keer(lid: User) -> None:
    werkplaats = Werkplaats()
    eerste = Pagina.van(werkplaats.toon(lid))
    assert werkplaats.gemaakt == ["scherm", "inhoud", "kader"]
    assert eerste.tabel().kolom("Aantal") == ["2", "1"]
    assert werkplaats.wordt_overhandigd(lid)


def test_wie_andere_kolommen_kiest_krijgt_een_eigen_pagina(lid: User) -> None:
    werkplaats, ander = Werkplaats(), maak_persoon("rvo-lid", "ander")
    bewaar_keuze(door=ander, tabel="plaatsen", verborgen=["aantal"])
    for _ in range(2):
        assert Pagina.van(werkplaats.toon(lid)).tabel().kolommen == ["Plaats", "Aantal"]
        assert Pagina.van(werkplaats.toon(ander)).tabel().kolommen == ["Plaats"]


def test_een_bestand_vraagt_de_rest_van_de_pagina_niet_en_heeft_elke_kolom(lid: User) -> None:
    werkplaats = Werkplaats()
    bewaar_keuze(door=lid, tabel="plaatsen", verborgen=["aantal"])
    bestand = werkplaats.toon(lid, "?_export=csv&sort=aantal")
    assert werkplaats.gemaakt == ["scherm"]
    assert bestand.content.decode("utf-8-sig").splitlines() == ["Plaats;Aantal", "Brug;1", "Kade;2"]
    assert AuditEvent.objects.filter(handeling="export", object_id="plaatsen").count() == 1


@pytest.mark.parametrize(("vraag", "met_tabel"), [("?_export=csv&_tabel=x", True), ("?_export=csv", False)])
def test_een_bestand_van_een_tabel_die_er_niet_is_wordt_geweigerd(lid: User, vraag: str, met_tabel: bool) -> None:
    with pytest.raises(BadRequest, match="Deze tabel is er niet"):
        Werkplaats(met_tabel=met_tabel).toon(lid, vraag)
    assert not AuditEvent.objects.filter(handeling="export").exists()


def test_een_onbekend_formaat_wordt_geweigerd(lid: User) -> None:
    with pytest.raises(BadRequest, match="Kies csv, xlsx of ods"):
        Werkplaats().toon(lid, "?_export=pdf")
