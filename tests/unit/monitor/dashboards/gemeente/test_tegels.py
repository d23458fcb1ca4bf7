"""The map of tiles: every municipality of the unit once, and neighbours beside each other."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from formatie.models import Gemeente
from formatie.plan.gemeenten import Werkkring
from monitor.dashboards.gemeente.tegels import PLEKKEN, ZONDER_TEAM, Tegel, kaartzin, maak_tegel, op_de_kaart

FIXTURES = Path(__file__).parents[5] / "fixtures"
CSS = FIXTURES.parent / "static" / "monitor" / "dashboards" / "gemeente.css"
# That share a border, on land or in the middle of a river; of a map, not of the table.
BUREN = """
lansingerland rotterdam; maassluis vlaardingen; vlaardingen schiedam; schiedam rotterdam
rotterdam capelle-aan-den-ijssel; capelle-aan-den-ijssel krimpen-aan-den-ijssel; rotterdam barendrecht
rotterdam ridderkerk; voorne-aan-zee nissewaard; voorne-aan-zee goeree-overflakkee
nissewaard albrandswaard; nissewaard hoeksche-waard; albrandswaard barendrecht; albrandswaard hoeksche-waard
barendrecht ridderkerk; barendrecht hoeksche-waard; barendrecht zwijndrecht; ridderkerk hendrik-ido-ambacht
ridderkerk alblasserdam; ridderkerk zwijndrecht; goeree-overflakkee hoeksche-waard
hoeksche-waard zwijndrecht; zwijndrecht hendrik-ido-ambacht; zwijndrecht dordrecht
hendrik-ido-ambacht papendrecht; hendrik-ido-ambacht alblasserdam; alblasserdam papendrecht
alblasserdam molenlanden; papendrecht sliedrecht; papendrecht dordrecht; papendrecht molenlanden
sliedrecht molenlanden; sliedrecht hardinxveld-giessendam; hardinxveld-giessendam molenlanden
hardinxveld-giessendam gorinchem
"""
PAREN = [tuple(paar.split()) for paar in re.split("[;\n]", BUREN.strip())]


def _tegel(slug: str) -> Tegel:
    return Tegel(Werkkring(Gemeente(slug=slug, naam=slug), [], []), f"/{slug}/", [])


def test_elke_gemeente_van_nu_heeft_een_eigen_plek() -> None:
    bestand = tomllib.loads((FIXTURES / "organisatie" / "gemeenten.toml").read_text("utf-8"))
    bestaat = {rij["slug"] for rij in bestand["gemeente"] if "geldig_tot" not in rij}
    assert set(PLEKKEN) == bestaat
    assert len(PLEKKEN) == 23
    assert len({(plek.rij, plek.kolom) for plek in PLEKKEN.values()}) == 23


def test_voor_elke_plek_is_er_een_klasse() -> None:
    stijl = CSS.read_text("utf-8")
    klassen = {f".rij-{plek.rij} " for plek in PLEKKEN.values()} | {
        f".kolom-{plek.kolom} " for plek in PLEKKEN.values()
    }
    assert [klasse for klasse in sorted(klassen) if klasse not in stijl] == []


@pytest.mark.parametrize("paar", PAREN, ids=" ".join)
def test_buren_liggen_naast_elkaar(paar: tuple[str, str]) -> None:
    een, ander = (PLEKKEN[slug] for slug in paar)
    assert max(abs(een.rij - ander.rij), abs(een.kolom - ander.kolom)) == 1, (een, ander)


def test_het_westen_ligt_links_en_het_zuiden_onder() -> None:
    assert PLEKKEN["goeree-overflakkee"].kolom < PLEKKEN["rotterdam"].kolom < PLEKKEN["gorinchem"].kolom
    assert PLEKKEN["lansingerland"].rij < PLEKKEN["rotterdam"].rij < PLEKKEN["dordrecht"].rij


def test_op_de_kaart_van_links_naar_rechts_en_zonder_plek_alleen_in_de_tabel() -> None:
    tegels = [_tegel(slug) for slug in ("dordrecht", "brielle", "schiedam", "lansingerland", "rotterdam")]
    assert [t.kring.gemeente.slug for t in op_de_kaart(tegels)] == [
        "lansingerland",
        "schiedam",
        "rotterdam",
        "dordrecht",
    ]


def test_zonder_bekend_team_zegt_de_tegel_dat_en_heeft_zij_geen_kleur() -> None:
    tegel = maak_tegel(Werkkring(Gemeente(slug="gorinchem", naam="Gorinchem"), [], []), "/", None)
    assert (tegel.soort, tegel.oordeel, tegel.cijfer) == (ZONDER_TEAM, "", "team niet bekend")
    assert kaartzin([tegel], "Prio 1", date(2026, 9, 30)) == (
        "Prio 1: nergens een oordeel dat u kunt zien; van 1 gemeente is niet bekend welk basisteam er op "
        "30-09-2026 werkte."
    )
