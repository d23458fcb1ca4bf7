"""The process that reads: the same answer as reading directly, and a limit that holds."""

from __future__ import annotations

import subprocess
import sys

import pytest

from monitor.invoer.importeren.bestand import kindproces
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.waarneming import InvoerFout

GOED = "indicator;onderdeel;jaar;kwartaal;waarde\nx;RE07;2025;1;“9–”\n\nx;RE07;2025;2;1;2\n".encode()


def test_het_antwoord_is_dat_van_het_bestand_zelf() -> None:
    apart, hier = kindproces.lees_apart(GOED), lees_bytes(GOED)
    assert apart.rijen == hier.rijen
    assert apart.fouten == hier.fouten


def test_een_onleesbaar_bestand_geeft_zijn_reden() -> None:
    with pytest.raises(InvoerFout, match="Dit is een pdf"):
        kindproces.lees_apart(b"%PDF-1.7")


def test_een_groot_bestand_komt_heel_aan_en_onderweg_is_te_horen_hoe_ver_het_is() -> None:
    gehoord: list[int] = []
    inhoud = b"indicator;onderdeel;jaar;waarde;toelichting\n" + (b"x;RE07;2025;9;" + b"a" * 300 + b"\n") * 20_000
    assert len(kindproces.lees_apart(inhoud, meld=gehoord.append).rijen) == 20_000
    assert gehoord == sorted(gehoord)


def test_wie_te_veel_vraagt_krijgt_een_zin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kindproces, "MODULE", "this.is.not.there")
    with pytest.raises(InvoerFout, match="te veel geheugen of tijd"):
        kindproces.lees_apart(GOED)


def test_meer_geheugen_dan_de_grens_krijgt_het_niet() -> None:
    vraag = f"from {kindproces.MODULE} import begrens, GEHEUGEN; begrens(); b'x' * GEHEUGEN"
    kind = subprocess.run([sys.executable, "-c", vraag], cwd=kindproces.BASIS, capture_output=True, check=False)
    assert kind.returncode != 0
    assert b"MemoryError" in kind.stderr


def test_het_kind_krijgt_geen_geheimen_mee() -> None:
    assert not {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & set(kindproces.OMGEVING)
