"""A sheet is read as who looks at it reads it; what cannot be read so is a fault at its cell."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from tests.integration.monitor.invoer.importeren.importbestanden import maak_ods, maak_xlsx, ods_rij
from tests.unit.monitor.invoer.importeren.bestand.bladen import (
    KOP,
    RIJ,
    boek,
    fouten,
    getal,
    geweigerd,
    in_deel,
    met_cellen,
    ods,
    rij,
    tekst,
    waarden,
)

TEKSTRIJ = [str(cel or "") for cel in RIJ]


def _rijen(aantal: int) -> list[list[Any]]:
    return [[*RIJ[:3], kwartaal, *RIJ[4:]] for kwartaal in range(1, aantal + 1)]


# Merged cells


@pytest.mark.parametrize(
    ("bereik", "zinnen"),
    [
        (
            "D2:D4",
            [
                "rij 3, kwartaal: Cel D3 hoort bij de samengevoegde cel D2:D4; vul het kwartaal in elke rij in",
                "rij 4, kwartaal: Cel D4 hoort bij de samengevoegde cel D2:D4; vul het kwartaal in elke rij in",
            ],
        ),
        ("E2:F2", ["rij 2, teller: Cel F2 hoort bij de samengevoegde cel E2:F2; vul de teller apart in"]),
        (
            "K2:K3",
            ["rij 3, toelichting: Cel K3 hoort bij de samengevoegde cel K2:K3; vul de toelichting in elke rij in"],
        ),
        ("F2:H4", []),  # nothing stands in it
    ],
)
def test_een_samengevoegde_cel_zegt_niets_over_de_cellen_eronder(bereik: str, zinnen: list[str]) -> None:
    assert fouten(boek(*_rijen(3), bewerk=lambda werkmap: werkmap.active.merge_cells(bereik))) == zinnen


def test_een_samengevoegde_titel_boven_de_kop_doet_niets() -> None:
    inhoud = lees_bytes(maak_xlsx(["Cijfers"], KOP, RIJ, bewerk=lambda werkmap: werkmap.active.merge_cells("A1:K1")))
    assert (inhoud.fouten, waarden(inhoud)) == ([], ["8"])


def test_een_samengevoegde_cel_in_ods() -> None:
    eerste = rij(*TEKSTRIJ[:3], tekst("1", " table:number-rows-spanned='2'"), *TEKSTRIJ[4:])
    tweede = rij(*TEKSTRIJ[:3], "<table:covered-table-cell/>", *TEKSTRIJ[4:])
    assert fouten(ods(eerste, tweede)) == [
        "rij 3, kwartaal: Cel D3 hoort bij de samengevoegde cel D2:D3; vul het kwartaal in elke rij in"
    ]


def test_een_rij_die_geheel_bij_de_vorige_hoort_is_geen_rij() -> None:
    def voeg_samen(werkmap: Any) -> None:
        for letter in "ABCDEFGHIJK":
            werkmap.active.merge_cells(f"{letter}2:{letter}3")

    inhoud = lees_bytes(boek(RIJ, bewerk=voeg_samen))
    assert (inhoud.fouten, [nummer for nummer, _ in inhoud.rijen]) == ([], [2])


def test_ook_bij_bezetting() -> None:
    rijen = [["A1", "vast", 2025, kwartaal, *[1] * 6, "definitief", None, ""] for kwartaal in (1, 2)]
    inhoud = maak_xlsx(list(BEZETTINGKOLOMMEN), *rijen, bewerk=lambda werkmap: werkmap.active.merge_cells("E2:E3"))
    assert fouten(inhoud) == ["rij 3, os: Cel E3 hoort bij de samengevoegde cel E2:E3; vul de os in elke rij in"]


# Formulas

ZONDER_UITKOMST = "Cel D2 bevat een formule zonder uitkomst; open en bewaar het bestand in Excel (of LibreOffice)"


@pytest.mark.parametrize("uitkomst", ["", "<v></v>", "<v/>"])
@pytest.mark.parametrize("soort", ["", ' t="shared" si="0"', ' t="array" ref="D2"', ' t="dataTable" ref="D2:D3"'])
def test_een_formule_zonder_uitkomst_is_geen_lege_cel(soort: str, uitkomst: str) -> None:
    assert fouten(met_cellen({"D2": f"><f{soort}>1+1</f>{uitkomst}"})) == [f"rij 2, kwartaal: {ZONDER_UITKOMST}"]


def test_een_nul_die_niemand_berekende_is_geen_uitkomst() -> None:
    """Programs that cannot compute write a 0 and ask Excel to compute when it opens the file."""
    inhoud = met_cellen({"E2": "><f>4+4</f><v>0</v>"})
    assert "formule zonder uitkomst" in fouten(inhoud)[0]
    bewaard = lees_bytes(in_deel(inhoud, "workbook.xml", lambda xml: xml.replace('fullCalcOnLoad="1"', "")))
    assert (bewaard.fouten, waarden(bewaard)) == ([], ["0"])


def test_een_rij_van_formules_zonder_uitkomst_verdwijnt_niet() -> None:
    cellen = {f"{letter}3": "><f>1+1</f>" for letter in "ABCDEFGHI"}
    assert len(fouten(met_cellen(cellen, RIJ, ["x"] * 9))) == 9


def test_formules_met_uitkomst_worden_gelezen_en_geteld() -> None:
    cellen = {
        "D2": '><f t="shared" ref="D2:D3" si="0">1+1</f><v>2</v>',
        "E2": "><f>4+4</f><v>8</v>",
        "K2": ' t="str"><f>"a"</f><v>uit formule</v>',
    }
    inhoud = lees_bytes(met_cellen(cellen))
    assert waarden(inhoud, "toelichting") == ["uit formule"]
    assert (inhoud.fouten, inhoud.opmerkingen) == ([], ["3 cellen zijn formules; hun uitkomst is gelezen."])


def test_een_formule_met_lege_tekst_is_leeg() -> None:
    inhoud = lees_bytes(met_cellen({"K2": ' t="str"><f>""</f><v></v>'}))
    assert (inhoud.fouten, inhoud.opmerkingen, waarden(inhoud, "toelichting")) == ([], [], [""])


def test_formules_in_ods() -> None:
    formule = " table:formula='of:=4+4'"
    leeg = rij(*TEKSTRIJ[:3], f"<table:table-cell{formule}/>", *TEKSTRIJ[4:])
    goed = rij(*TEKSTRIJ[:4], getal("8", "8", extra=formule), *TEKSTRIJ[5:])
    inhoud = lees_bytes(ods(leeg, goed))
    assert [str(fout) for fout in inhoud.fouten] == [f"rij 2, kwartaal: {ZONDER_UITKOMST}"]
    assert "1 cel is een formule; de uitkomst is gelezen." in inhoud.opmerkingen


# Errors

FOUTTEKENS = ["#DIV/0!", "#DEEL/0!", "#N/A", "#N/B", "#WAARDE!", "#REF!", "#VERW!", "#NAAM?", "#GETAL!", "#LEEG!"]


@pytest.mark.parametrize("teken", [*FOUTTEKENS, "Err:502", "Fout:502"])
@pytest.mark.parametrize("kolom", ["E", "K"])
def test_een_fout_is_geen_tekst_ook_niet_in_de_toelichting(kolom: str, teken: str) -> None:
    naam = {"E": "waarde", "K": "toelichting"}[kolom]
    zin = f"rij 2, {naam}: Cel {kolom}2 bevat een fout ({teken}). Herstel de formule of vul in wat er hoort te staan."
    plek = KOP.index(naam)
    getypt = [*RIJ[:plek], teken, *RIJ[plek + 1 :]]
    assert fouten(met_cellen({f"{kolom}2": f' t="e"><v>{teken}</v>'})) == [zin]
    assert fouten(met_cellen({f"{kolom}2": f' t="str"><f>A1</f><v>{teken}</v>'})) == [zin]
    assert fouten(boek(getypt)) == [zin]
    assert fouten(ods(rij(*map(str, (cel or "" for cel in getypt))))) == [zin]
    csv = "\n".join(";".join(str(cel or "") for cel in regel) for regel in (KOP, getypt))
    assert fouten(csv.encode()) == [zin]


def test_een_fout_van_een_onbekende_naam_is_ook_een_fout() -> None:
    assert "bevat een fout (#NIEUW!)" in fouten(met_cellen({"K2": ' t="e"><v>#NIEUW!</v>'}))[0]


def test_ods_zegt_0_waar_een_fout_te_zien_is() -> None:
    regel = rij(*TEKSTRIJ[:4], getal("0", "Err:502", extra=" table:formula='of:=x'"), *TEKSTRIJ[5:])
    assert "Cel E2 bevat een fout (Err:502)" in fouten(ods(regel))[0]


def test_een_te_smalle_kolom_geeft_hekjes_in_csv() -> None:
    csv = f"{';'.join(KOP)}\ntelling;RE07;2020;1;8;;;;definitief;########;"
    assert "Cel J2 bevat alleen #####: de kolom was te smal." in fouten(csv.encode())[0]


@pytest.mark.parametrize("woorden", ["Zie #N/A in de bron", "# 1 van de lijst", "Fout: 12 keer geteld", "#"])
def test_een_zin_waar_een_teken_in_staat_blijft_een_zin(woorden: str) -> None:
    inhoud = lees_bytes(boek([*RIJ[:10], woorden]))
    assert (inhoud.fouten, waarden(inhoud, "toelichting")) == ([], [woorden])


# Struck through and hidden


def _streep(*cellen: str) -> Any:
    def bewerk(werkmap: Any) -> None:
        for cel in cellen:
            werkmap.active[cel].font = Font(strike=True)

    return bewerk


def test_een_doorgehaalde_rij_wordt_niet_gelezen_alsof_zij_telt() -> None:
    rijen = _rijen(2)
    alles = [f"{letter}3" for letter in "ABCDEFGHIJK"]
    assert fouten(boek(*rijen, bewerk=_streep(*alles))) == [
        "rij 3: Deze rij is doorgehaald. Verwijder de rij als zij niet meetelt, of haal de doorhaling weg."
    ]
    assert fouten(boek(*rijen, bewerk=_streep("E3"))) == [
        "rij 3, waarde: Cel E3 is doorgehaald; maak de cel leeg of haal de doorhaling weg"
    ]


def test_een_deel_van_een_tekst_is_doorgehaald() -> None:
    def bewerk(werkmap: Any) -> None:
        werkmap.active["E2"] = CellRichText(TextBlock(InlineFont(strike=True), "8"), " 9")

    assert "Cel E2 is doorgehaald" in fouten(boek(bewerk=bewerk))[0]


STREEP = (
    "<office:automatic-styles><style:style style:name='s' style:family='table-cell'>"
    "<style:text-properties style:text-line-through-style='solid'/></style:style>"
    "<style:style style:name='kind' style:family='table-cell' style:parent-style-name='s'/>"
    "<style:style style:name='niet' style:family='table-cell' style:parent-style-name='s'>"
    "<style:text-properties style:text-line-through-style='none'/></style:style>"
    "<style:style style:name='plat' style:family='table-row'><style:table-row-properties style:row-height='0cm'/>"
    "</style:style></office:automatic-styles>"
)


@pytest.mark.parametrize(("stijl", "aantal"), [("s", 1), ("kind", 1), ("niet", 0)])
def test_doorgehaald_in_ods(stijl: str, aantal: int) -> None:
    cellen = [tekst(cel, f" table:style-name='{stijl}'") for cel in TEKSTRIJ]
    assert len(fouten(ods(rij(*cellen), stijlen=STREEP))) == aantal
    per_rij = ods(rij(*TEKSTRIJ, extra=f" table:default-cell-style-name='{stijl}'"), stijlen=STREEP)
    assert len(fouten(per_rij)) == aantal
    cel = f"<table:table-cell><text:p><text:span text:style-name='{stijl}'>8</text:span></text:p></table:table-cell>"
    assert len(fouten(ods(rij(*TEKSTRIJ[:4], cel, "definitief"), stijlen=STREEP))) == aantal


def test_een_hele_kolom_doorgehaald_in_ods() -> None:
    kolommen = (
        "<table:table-column table:number-columns-repeated='4'/><table:table-column table:default-cell-style-name='s'/>"
    )
    assert fouten(ods(rij(*TEKSTRIJ), stijlen=STREEP, kolommen=kolommen)) == [
        "rij 2, waarde: Cel E2 is doorgehaald; maak de cel leeg of haal de doorhaling weg"
    ]


def test_wat_geen_hoogte_heeft_is_verborgen() -> None:
    def bewerk(werkmap: Any) -> None:
        werkmap.active.row_dimensions[3].height = 0.1
        werkmap.active.column_dimensions["K"].width = 0.1

    assert lees_bytes(boek(*_rijen(2), bewerk=bewerk)).opmerkingen == [
        "Verborgen rijen zijn ook gelezen: 3.",
        "Verborgen kolommen zijn ook gelezen: K.",
    ]
    plat = ods(rij(*TEKSTRIJ), rij(*TEKSTRIJ, extra=" table:style-name='plat'"), stijlen=STREEP)
    assert lees_bytes(plat).opmerkingen == ["Verborgen rijen zijn ook gelezen: 3."]


# More sheets


def _bladen(*namen: str, verborgen: str = "", leeg: str = "") -> Any:
    def bewerk(werkmap: Any) -> None:
        werkmap.active.title = "Q3"
        for naam in namen:
            blad = werkmap.create_sheet(naam)
            blad.append(KOP)
            if naam != leeg:
                blad.append(RIJ)
            if naam == verborgen:
                blad.sheet_state = "hidden"

    return bewerk


RAAD = "Laat in dit bestand één blad met waarden staan en lever elk ander blad in een eigen bestand aan."


def test_bladen_met_dezelfde_kop_worden_niet_vergeten() -> None:
    assert fouten(boek(bewerk=_bladen("Q4", "Q1"))) == [
        f"‘Q4’ en ‘Q1’ hebben dezelfde kop en zijn niet gelezen. {RAAD}"
    ]
    assert fouten(boek(bewerk=_bladen("Q4"))) == [f"‘Q4’ heeft dezelfde kop en is niet gelezen. {RAAD}"]
    ander = f"<table:table table:name='Q4'>{ods_rij(*KOP)}{rij(*TEKSTRIJ)}</table:table>"
    assert fouten(ods(rij(*TEKSTRIJ), na=ander)) == [f"‘Q4’ heeft dezelfde kop en is niet gelezen. {RAAD}"]


def test_een_leeg_sjabloon_of_een_verborgen_blad_doet_geen_kwaad() -> None:
    assert not fouten(boek(bewerk=_bladen("Sjabloon", leeg="Sjabloon")))
    assert not fouten(boek(bewerk=_bladen("Oud", verborgen="Oud")))


def test_een_blad_van_bezetting_naast_metingen() -> None:
    bezetting = (
        f"<table:table table:name='B'>{ods_rij(*BEZETTINGKOLOMMEN)}{ods_rij('A1', 'vast', '2025')}</table:table>"
    )
    assert fouten(ods(rij(*TEKSTRIJ), na=bezetting)) == [
        f"‘B’ heeft ook een kop, van bezetting, en is niet gelezen. {RAAD}"
    ]


def test_het_blad_dat_beoordeeld_is_wordt_genoemd() -> None:
    twee = maak_ods(
        "<table:table table:name='Uitleg'>" + ods_rij("lees dit") + "</table:table><table:table table:name='X'/>"
    )
    assert geweigerd(twee).opmerkingen == ["Er zijn 2 bladen; gelezen is ‘Uitleg’, de andere niet."]


# The strict form


def _strikt(xml: str) -> str:
    voor, na = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    xml = xml.replace(f"{voor}spreadsheetml/2006/main", f"{na}spreadsheetml/main")
    return xml.replace(f"{voor}officeDocument/2006/relationships", f"{na}officeDocument/relationships")


def test_de_strikte_vorm_van_xlsx_leest_gelijk() -> None:
    gewoon = boek(RIJ)
    strikt = in_deel(in_deel(gewoon, ".xml", _strikt), ".rels", _strikt)
    assert strikt != gewoon
    assert lees_bytes(strikt) == lees_bytes(gewoon)
    met_datum = in_deel(met_cellen({"K2": ' t="d"><v>2026-10-05T00:00:00</v>'}), ".xml", _strikt)
    assert waarden(lees_bytes(in_deel(met_datum, ".rels", _strikt)), "toelichting") == ["2026-10-05"]
