"""The demonstration read back: each form of sentence once, and each row with the verdict that its own numbers give."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from inspect import getsourcelines
from io import StringIO
from types import FrameType
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from openpyxl import load_workbook

from common.grafiek.beeld import Beeld, Rol
from common.pagina.uitvoer import FORMATEN
from common.tekst.periode import Kwartaal
from monitor.api.schema import DoelbereikUit
from monitor.dashboards.grafiek.dit_jaar import build_dit_jaar
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.oordeel.zinnen import vormen, zinnen_van_nu
from monitor.dashboards.overzicht.tables import IndicatorTabel
from monitor.models import Doelbereik, Monitorregel, Oordeel
from monitor.rekenen import oordeelzin
from monitor.rekenen.als_record import als_gegevens
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.herberekenen import herbereken

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo zinnen")]  # loaded once
VANDAAG = date(2026, 11, 23)
GEWOGEN = {"Op koers", "Aandacht", "Achter", "Behaald", "Niet behaald"}
# What no record of the demonstration says; each is tried by itself in the unit tests of the sentences.
NIET_IN_DE_DEMO = (
    'return f"{stand}; de noemer van de vorige meting',
    'return f"{_stand(rij, indicator, c)}; {waarom}."',
    'return f"{rij.geleverd} van 1 {enkel}',
    'return f"{hoofdletter(_hoeveel(rij, indicator))}; de termijn',
    'return f"Voor een seizoenspatroon',
    'return f"Vergeleken met wat eerdere jaren',
    'return f"Het doel telt',
    'return f"het hele jaar mag hoogstens',
    'return f"het jaardoel van',
    'return f"Het enige eerdere kwartaal',
    'return f"{stand}: dit is de eerste meting',
    'return f"{w.afstand_tekst} {beter}"',
)


@pytest.fixture(autouse=True, scope="module")
def _demo(gedeelde_stand: None) -> None:
    call_command("laad_agenda", stdout=StringIO())
    call_command("laad_demo", "--tot", "2026-Q3", stdout=StringIO())
    herbereken(vandaag=VANDAAG)
    connection.check_constraints()  # here once, and not again at the end of each test


def test_de_zinnen_van_de_demo_raken_elke_tak_en_zijn_gewoon_nederlands() -> None:
    uit = StringIO()
    geraakt = _geraakte_regels(lambda: call_command("toon_zinnen", "--peildatum", "2026-05-15", stdout=uit))
    bron, _ = getsourcelines(oordeelzin)
    gemist = [bron[nr - 1].strip() for nr in _teruggaven(bron) if nr not in geraakt]
    assert [regel for regel in gemist if not regel.startswith(NIET_IN_DE_DEMO)] == []
    zinnen = uit.getvalue()
    assert re.search(r"\d+ vormen\n$", zinnen)
    # A unit of one, an English word, a number with a point, two spaces, a sentence that was never filled in.
    fout = re.findall(
        r".*(?:(?<![\d,.])1 (?:onderzoeken|verdachten|teams)|verdict|None|[{}]|\d\.\d{1,2}\b|\.\.| ,|€ -).*", zinnen
    )
    assert fout == []
    _controleer_vormen()


def _teruggaven(bron: list[str]) -> list[int]:
    return [nr for nr, regel in enumerate(bron, 1) if regel.lstrip().startswith("return f")]


def _geraakte_regels(doe: Any) -> set[int]:
    """The lines of the sentences that were walked while this was done."""
    geraakt: set[int] = set()

    def regel(frame: FrameType, wat: str, _: Any) -> Any:
        geraakt.add(frame.f_lineno)
        return regel

    def aanroep(frame: FrameType, wat: str, _: Any) -> Any:
        return regel if frame.f_code.co_filename == oordeelzin.__file__ else None

    vorige = sys.gettrace()
    sys.settrace(aanroep)
    try:
        doe()
    finally:
        sys.settrace(vorige)
    return geraakt


def _controleer_vormen() -> None:
    gevonden = vormen(zinnen_van_nu())
    assert len({(v.voorbeeld.over, v.voorbeeld.vorm) for v in gevonden}) == len(gevonden) > 100
    assert sum(v.aantal for v in gevonden if v.voorbeeld.over == "oordeel") == Doelbereik.objects.count()


def _regels() -> Iterator[Regel]:
    regels = {regel.indicator_id: regel for regel in Monitorregel.objects.select_related("indicator", "thema")}
    for rij in Doelbereik.objects.select_related("doelstelling", "indicator", "onderdeel"):
        yield Regel(regels[rij.indicator_id], Kwartaal(rij.jaar, rij.kwartaal), rij)


def _getal(tekst: Any) -> Decimal:
    """A cell may carry behind its number that it is provisional."""
    tekst = str(tekst).partition(" <abbr")[0] if isinstance(tekst, str) else tekst
    return Decimal(tekst.replace(".", "").replace(",", ".")) if isinstance(tekst, str) else Decimal(tekst)


def _cel(rij: Any, kolom: str) -> str:
    """As it is read: what is compared with the target itself has its number in the column of the target."""
    tekst = str(rij.get_cell(kolom))
    return str(rij.get_cell("doel")) if tekst == "het doel" else tekst


def _geef_oordeel(regel: Regel, waarde: Decimal, tegen: Decimal, doel: Decimal | None) -> set[str]:
    """The verdicts that these numbers allow, by the rules in their simplest words."""
    assert regel.rij
    assert regel.rij.doelstelling
    soort, marge = regel.soort, regel.rij.doelstelling.marge or Decimal(0)
    teken = -1 if soort == "maximum" else 1
    ruimte = tegen * marge / 100 if soort == "jaarvolume" else marge
    tekort = teken * (tegen - waarde)
    if tekort <= 0 or (soort == "jaarvolume" and doel is not None and waarde >= doel):
        return {"Op koers", "Behaald"}
    return {"Aandacht", "Niet behaald"} if tekort <= ruimte else {"Achter", "Niet behaald"}


def test_wat_er_staat_telt_overal_op_en_geeft_zijn_eigen_oordeel() -> None:
    _controleer_lijst()
    _controleer_api()
    _controleer_normzinnen()
    _controleer_grafieken()
    _controleer_noemer_nul()


def _controleer_lijst() -> None:
    gewogen = [regel for regel in _regels() if regel.verschil is not None]
    assert {regel.oordeel_woord for regel in gewogen} > GEWOGEN
    tabel = IndicatorTabel(gewogen, titel="Alle")
    for regel, rij in zip(gewogen, tabel.rows, strict=True):
        waarde, tegen, verschil = (_getal(_cel(rij, kolom)) for kolom in ("waarde", "tegen", "verschil"))
        assert waarde - tegen == verschil, regel.reden
        if regel.oordeel_woord in GEWOGEN and regel.soort != "verbetering":
            assert regel.oordeel_woord in _geef_oordeel(regel, waarde, tegen, regel.doel), regel.reden
    _controleer_bestanden(gewogen, [list(rij) for rij in tabel.as_values()])


def _controleer_bestanden(gewogen: list[Regel], inhoud: list[list[Any]]) -> None:
    """In a file each number has at most ten decimals, so that the last of them may differ by one."""
    namen = ["Waarde", "Vergeleken met", "Verschil"]
    for naam, lees in (("csv", _uit_csv), ("xlsx", _uit_xlsx), ("ods", _uit_ods)):
        kop, *terug = lees(FORMATEN[naam][1]("Alle", inhoud))
        plekken = [kop.index(kolom) for kolom in namen]
        for regel, rij in zip(gewogen, terug, strict=True):
            waarde, tegen, verschil = (_getal(rij[plek]) for plek in plekken)
            assert all(-int(g.as_tuple().exponent) <= 10 for g in (waarde, tegen, verschil))
            assert abs(waarde - tegen - verschil) <= Decimal("1E-10"), (naam, rij)
            if regel.oordeel_woord in GEWOGEN and regel.soort != "verbetering":
                assert rij[kop.index("Oordeel")] in _geef_oordeel(regel, waarde, tegen, regel.doel)


def _uit_csv(inhoud: bytes) -> list[list[Any]]:
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))


def _uit_xlsx(inhoud: bytes) -> list[list[Any]]:
    blad = load_workbook(io.BytesIO(inhoud)).worksheets[0]
    return [[_tien(cel) for cel in rij] for rij in blad.iter_rows(values_only=True)]


def _tien(cel: Any) -> Any:
    """A spreadsheet program holds binary fractions: read to the ten decimals that were written."""
    return round(Decimal(str(cel)), 10).normalize() if isinstance(cel, float) else cel


def _uit_ods(inhoud: bytes) -> list[list[Any]]:
    xml = zipfile.ZipFile(io.BytesIO(inhoud)).read("content.xml").decode()
    return [
        [Decimal(getal) if getal else re.sub(r"<[^>]*>", "", tekst) for getal, tekst in _CEL.findall(rij)]
        for rij in re.findall(r"<table:table-row>(.*?)</table:table-row>", xml, re.S)
    ]


_CEL = re.compile(
    r'<table:table-cell office:value-type="(?:string|float)"(?: office:value="([^"]*)")?>(.*?)</table:table-cell>', re.S
)


def _controleer_api() -> None:
    for regel in _regels():
        rij, afgeleid = regel.rij, regel.afgeleid
        assert rij
        assert afgeleid
        gegevens = als_gegevens(rij, afgeleid, indicator="x", onderdeel="y", berekend_op=None, regelversie="1")
        uit = DoelbereikUit.model_validate(
            gegevens | {"berekendOp": "2026-01-01T00:00:00Z", "omvang": None}
        ).model_dump()
        getallen = [
            Decimal(w) for naam, w in uit.items() if naam in ("waarde", "cumulatief", "verschil", "tempo") and w
        ]
        assert all(-int(getal.as_tuple().exponent) <= 10 for getal in getallen), uit
        if uit["oordeel"] in ("op_koers", "aandacht", "achter") and regel.soort in ("minimum", "maximum"):
            waarde, doel = Decimal(uit["cumulatief"]), Decimal(uit["streefwaarde"])
            assert regel.oordeel_woord in _geef_oordeel(regel, waarde, doel, doel)
            assert abs(waarde - doel - Decimal(uit["verschil"])) <= Decimal("1E-10")


NORMZIN = re.compile(
    r"(?P<waarde>[\d.,]+)%.*, doel (?P<kant>ten minste|hoogstens) (?P<doel>[\d.,]+)%"
    r"(?:: (?P<verschil>[\d.,]+) procentpunt te (?:laag|hoog)"
    r"(?:, (?P<binnen>binnen|buiten) de marge van (?P<marge>[\d.,]+))?)?\."
)


def _controleer_normzinnen() -> None:
    gezien = 0
    for regel in _regels():
        gevonden = NORMZIN.fullmatch(regel.reden)
        if regel.soort not in ("minimum", "maximum") or not gevonden:
            continue
        gezien += 1
        waarde, doel = _getal(gevonden["waarde"]), _getal(gevonden["doel"])
        gehaald = waarde >= doel if gevonden["kant"] == "ten minste" else waarde <= doel
        assert gehaald == (regel.oordeel in (Oordeel.OP_KOERS, Oordeel.BEHAALD)) == (gevonden["verschil"] is None)
        if gevonden["verschil"]:
            assert abs(waarde - doel) == _getal(gevonden["verschil"]), regel.reden
            binnen = _getal(gevonden["verschil"]) <= _getal(gevonden["marge"])
            assert binnen == (gevonden["binnen"] == "binnen"), regel.reden
    assert gezien > 1000


def _controleer_grafieken() -> None:
    per_reeks: dict[Any, list[Doelbereik]] = {}
    for regel in _regels():
        assert regel.rij
        per_reeks.setdefault((regel.indicator, regel.rij.onderdeel_id), []).append(regel.rij)
    bekeken = 0
    for (indicator, _), van in per_reeks.items():
        op_volgorde = sorted(van, key=lambda rij: (rij.jaar, rij.kwartaal))
        for jaar in {rij.jaar for rij in van}:
            bekeken += _naast_het_doel(build_dit_jaar(indicator, op_volgorde, Kwartaal(jaar, 4)))
    assert bekeken > 1000


def _naast_het_doel(beeld: Beeld) -> int:
    """How many values of the table stand on the same side of their target as the exact ones."""
    punten = next((spoor.punten for spoor in beeld.sporen if spoor.rol is Rol.HOOFD), ())
    doelen = [spoor.punten for spoor in beeld.sporen if spoor.rol is Rol.DOEL]
    gezien = 0
    for index, (rij, punt) in enumerate(zip(beeld.rijen, punten, strict=False)):
        doel = next((links.y for links, rechts in doelen if links.x < index < rechts.x), None)
        if punt.y is not None and doel is not None:
            getoond, grens = _getal(rij[1]), _getal(rij[beeld.koppen.index("Doel")])
            assert (getoond > grens, getoond < grens) == (punt.y > doel, punt.y < doel), rij
            gezien += 1
    return gezien


def _controleer_noemer_nul() -> None:
    regel = next(regel for regel in _regels() if regel.indicator.aggregatie == "verhouding" and regel.rij)
    rij = regel.rij
    assert rij
    rij.stand, rij.teller, rij.noemer, rij.cum_teller, rij.cum_noemer = "geleverd", *[Decimal(0)] * 4
    rij.oordeel, rij.doelstelling = "geen_meting", None
    nul = Regel(regel.monitorregel, regel.kwartaal, rij)
    tabel = IndicatorTabel([nul], titel="Nul")
    kop, inhoud = (list(deel) for deel in tabel.as_values())
    assert inhoud[kop.index("Waarde")] == nul.ontbreekt == "noemer is 0"
    assert leid_cijfers_af(rij, rij.indicator, None).stand == "noemer_nul"
    getekend = build_dit_jaar(rij.indicator, [rij], Kwartaal(rij.jaar, rij.kwartaal))
    assert "noemer is 0" in {cellen[-1] for cellen in getekend.rijen}
