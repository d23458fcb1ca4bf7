"""The reader of pages: what it finds by name, and what it says when a thing is not there."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from tests.pagina import Link, Pagina

HTML = """<!doctype html>
<html lang="nl"><head><title>Formatie · Strategiemonitor</title><style>.x { color: red }</style></head>
<body>
  <header><nav aria-label="Hoofdmenu"><ul><li><a href="/" aria-current="true">Overzicht</a></li></ul></nav>
    <nav aria-label="Kruimelpad"><ol>
      <li><a href="/">Overzicht</a></li><li><span aria-current="page">Formatie</span></li></ol></nav>
  </header>
  <main>
    <div class="melding melding-fout" role="alert">
      <p>Eén veld klopt <b>nog</b> niet.</p><ul><li role="status">Aantal</li></ul></div>
    <div class="koprij"><h1>Het plan</h1></div>
    <p>Vóór
       de delen.</p>
    <h2>Eerst</h2><p>Onder eerst.</p><h3>Dieper</h3><p>Nog dieper.</p>
    <div><h2>Daarna</h2></div><p>Onder daarna.</p><ol><li>een</li><li>twee <ul><li>in twee</li></ul></li></ol>
    <section aria-labelledby="k"><div><h2 id="k">Genoemd</h2></div>
      <dl><div><dt>Doel <span aria-hidden="true">▲</span></dt><dd>12,5%</dd><dd>voorlopig</dd></div>
        <dt>Marge</dt><dd>geen</dd></dl>
      <p hidden>weg</p><script>var geheim = "<b>";</script><template>ook weg</template>
      <span popover id="u">een uitleg</span>
    </section>
    <details open><summary>Open</summary></details>
    <details><summary>Kolommen kiezen</summary><ul><li>Kolom</li></ul></details>
    <table>
      <caption>Bezetting<small>in fte</small></caption>
      <thead><tr><td></td><th colspan="2">Samen</th></tr>
        <tr><th>Plaats</th>
          <th>OS <button popovertarget="u"><span aria-hidden="true">?</span><span>Uitleg</span></button></th>
          <th aria-sort="ascending"><a href="?sort=nos">NOS<span aria-hidden="true">▼</span></a></th></tr></thead>
      <tbody>
        <tr id="r1"><th scope="row">A1 Schiedam</th><td>90<span>,5</span></td><td><a href="/a1/">12</a></td></tr>
        <tr><th scope="row">A10 Waterweg</th><td colspan="2">niet bekend</td></tr>
      </tbody>
      <tfoot><tr><td colspan="3">Samen</td></tr><tr><td>1</td><th>Totaal</th><td>12</td></tr></tfoot>
    </table>
    <table><caption>Leeg</caption><thead><tr><th>Kop</th></tr></thead><tbody></tbody></table>
    <p data-versie="4"></p>
    <figure data-versie="3"><figcaption><b>Het verloop</b> Het gaat omhoog.</figcaption><svg><path d="M0 0"/></svg>
      <table><caption>Cijfers</caption><tbody><tr><th>Q1</th><td>3</td></tr></tbody></table></figure>
    <form method="post"><fieldset><legend><h2>Invullen</h2></legend>
      <input type="hidden" name="versie" value="7">
      <div><label for="os">OS</label>
        <input id="os" name="os" value="acht" aria-invalid="true" aria-describedby="h f" required>
        <span id="h">In fte.</span><p class="veldfout" id="f">Dit is geen getal.</p></div>
      <label><input type="checkbox" name="voorlopig" checked> Voorlopig</label>
      <input type="checkbox" name="keuze" value="3:x" aria-label="A1, Q1">
      <label for="kwartaal">Kwartaal</label>
      <select id="kwartaal" name="kwartaal">
        <option value="q1">Q1</option><option selected>Q2</option></select>
      <label for="reden">Reden</label><textarea id="reden" name="reden" readonly>
Na &lt;telling&gt;
  en meer</textarea>
      <button name="besluit" value="vast">Stel vast</button><button disabled>Stuur<span> terug</span></button>
      <input type="submit" value="Bewaar"></fieldset>
    </form>
    <div inert aria-hidden="true"><h2>Eerst</h2><a href="/weg/">CSV</a></div>
    <ul aria-label="Opslaan"><li><a href="/csv/">CSV</a></li><li><a href="/xlsx/">Excel</a></li></ul>
  </main>
</body></html>"""


@pytest.fixture
def pagina() -> Pagina:
    return Pagina.van(HTML)


def test_tekst_is_wat_een_lezer_leest(pagina: Pagina) -> None:
    assert pagina.heeft("Vóór de  delen. Eerst Onder eerst.")
    assert pagina.heeft("Eén veld klopt nog niet.")
    for weg in ("color", "geheim", "een uitleg", "ook weg", "Strategiemonitor"):
        assert not pagina.heeft(weg)
    assert not pagina.inhoud.heeft("Overzicht")


def test_koppen_titel_kruimels_en_waar_men_is(pagina: Pagina) -> None:
    assert (pagina.titel, pagina.kop1) == ("Formatie · Strategiemonitor", "Het plan")
    assert pagina.koppen == ["Het plan", "Eerst", "Dieper", "Daarna", "Genoemd", "Invullen"]
    assert pagina.kruimels == ["Overzicht", "Formatie"]
    assert pagina.hier == ["Overzicht", "Formatie"]
    assert pagina.deel("Hoofdmenu").hier == ["Overzicht"]


@pytest.mark.parametrize(
    ("kop", "tekst"),
    [
        ("Eerst", "Onder eerst. Dieper Nog dieper."),
        ("Dieper", "Nog dieper."),
        ("Daarna", "Onder daarna. een twee in twee"),
        ("Genoemd", "Genoemd Doel ▲ 12,5% voorlopig Marge geen"),
        ("Kolommen", "Kolommen kiezen Kolom"),
        ("Opslaan", "CSV Excel"),
    ],
)
def test_een_deel_is_wat_onder_de_kop_staat(pagina: Pagina, kop: str, tekst: str) -> None:
    assert pagina.deel(kop).tekst.startswith(tekst)
    assert kop == "Daarna" or pagina.deel(kop).tekst == tekst  # a heading without a frame goes on to the next


def test_een_kop_in_een_legenda_is_een_deel(pagina: Pagina) -> None:
    assert pagina.deel("Invullen").knoppen == ["Stel vast", "Stuur terug", "Bewaar"]


def test_een_tabel_bij_rijkop_en_kolomkop(pagina: Pagina) -> None:
    tabel = pagina.tabel("Bezetting")
    assert (tabel.naam, tabel.onderschrift, tabel.kolommen) == ("Bezetting", "in fte", ["Plaats", "OS", "NOS"])
    assert tabel.cel("A1", "OS") == tabel.cel(0, 1) == "90,5"
    assert tabel.vak("A1", "NOS").link("12") == "/a1/"
    assert tabel.cel("A10", "OS") == tabel.cel("A10", "NOS") == "niet bekend"
    assert tabel.kolom("NOS") == ["12", "niet bekend", "12"]
    assert [rij.kop for rij in tabel.rijen] == ["A1 Schiedam", "A10 Waterweg", "Totaal"]
    assert (tabel.rij("A1").id, tabel.rij("Totaal").cellen) == ("r1", ["1", "Totaal", "12"])
    assert tabel.gesorteerd == {"NOS": "ascending"}
    assert pagina.tabel("Leeg").gesorteerd == {}
    assert tabel.rij("A1").onder("NOS", "OS") == ["12", "90,5"]
    assert (tabel.zinnen, pagina.tabel("Leeg").rijen) == (["Samen"], [])


def test_wat_open_staat_en_wat_dicht(pagina: Pagina) -> None:
    assert pagina.uitklappers == {"Open": True, "Kolommen kiezen": False}


def test_een_figuur_zegt_iets_en_heeft_een_tabel(pagina: Pagina) -> None:
    [figuur] = pagina.figuren
    assert (figuur.titel, figuur.conclusie) == ("Het verloop", "Het gaat omhoog.")
    assert pagina.figuur("Het verloop").tabel().cel("Q1", 1) == "3"
    assert len(figuur.tekeningen) == 1


def test_velden_met_waarde_fout_en_keuze(pagina: Pagina) -> None:
    os = pagina.veld("OS")
    assert (os.naam, os.waarde, os.fouten, os.moet, os.kan) == (
        "os",
        "acht",
        ["Dit is geen getal."],
        True,
        True,
    )
    assert (pagina.veld("Voorlopig").aan, pagina.veld("A1, Q1").aan) == (True, False)
    kwartaal = pagina.veld("Kwartaal")
    assert (kwartaal.waarde, kwartaal.gekozen, kwartaal.keuzes) == ("Q2", "Q2", {"q1": "Q1", "Q2": "Q2"})
    assert (pagina.veld("Reden").waarde, pagina.veld("Reden").kan) == ("Na <telling>\n  en meer", False)
    assert pagina.veld("Kwartaal").fouten == []


def test_wat_een_formulier_zou_sturen(pagina: Pagina) -> None:
    reden = "Na <telling>\n  en meer"
    stuurt = {"versie": "7", "os": "acht", "voorlopig": "on", "kwartaal": "Q2", "reden": reden}
    assert pagina.waarden == stuurt


def test_knoppen_links_lijsten_en_gegevens(pagina: Pagina) -> None:
    assert pagina.knoppen == ["Stel vast", "Stuur terug", "Bewaar"]
    assert (pagina.knop("Stel vast").naam, pagina.knop("Stel vast").waarde) == ("besluit", "vast")
    assert (pagina.knop("Stuur").kan, pagina.knop("Bewaar").kan) == (False, True)
    assert pagina.link("Overzicht") == "/"  # twice, to the same place
    assert Link("CSV", "/csv/") in pagina.links
    assert pagina.lijst("Opslaan") == ["CSV", "Excel"]
    assert pagina.inhoud.lijsten == [["Aantal"], ["een", "twee in twee"], ["Kolom"], ["CSV", "Excel"]]
    assert pagina.gegeven("Doel") == "12,5% voorlopig"
    assert pagina.deel("Genoemd").gegevens == {"Doel": "12,5% voorlopig", "Marge": "geen"}
    assert pagina.meldt("Eén veld")
    assert not pagina.meldt("Vóór de delen.")
    assert pagina.meldingen == ["Eén veld klopt nog niet. Aantal"]


def test_ergens_is_ook_waar_een_lezer_niet_leest(pagina: Pagina) -> None:
    for verborgen in ("geheim", "een uitleg", "ook weg", "color: red", "A1, Q1", "besluit", "nog niet."):
        assert pagina.ergens(verborgen)
    assert not pagina.ergens("nergens")
    assert not pagina.tabel("Bezetting").ergens("geheim")


def test_kenmerk_is_wat_een_script_leest(pagina: Pagina) -> None:
    assert pagina.figuur("Het verloop").kenmerk("data-versie") == "3"
    with pytest.raises(AssertionError, match=r"one data-versie expected, there is: \['3', '4'\]"):
        pagina.kenmerk("data-versie")
    with pytest.raises(AssertionError, match=r"one data-versie expected, there is: none"):
        pagina.tabel("Leeg").kenmerk("data-versie")


def test_een_plek_en_de_uitleg_van_een_woord(pagina: Pagina) -> None:
    assert pagina.plek("r1").tekst == "A1 Schiedam 90,5 12"
    assert pagina.plek("r1").link("12") == "/a1/"
    assert pagina.tabel("Bezetting").uitleg == {"?Uitleg": "een uitleg"}
    assert pagina.deel("Hoofdmenu").uitleg == {}


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        (lambda p: p.deel("Elders"), r"no part “Elders”; there is: \['Het plan', 'Eerst'"),
        (lambda p: p.tabel("Elders"), r"no table “Elders”; there is: \['Bezetting', 'Leeg', 'Cijfers'\]"),
        (lambda p: p.tabel(), r"one table expected, there is: \['Bezetting'"),
        (lambda p: p.tabel("Bezetting").rij("A"), r"2 times row “A”, among: .'A1 Schiedam'"),
        (lambda p: p.tabel("Bezetting").rij(9), r"no row 9; there is: \['A1 Schiedam'"),
        (lambda p: p.tabel("Bezetting").cel("A1", "ziek"), r"no column “ziek”; there is: \['Plaats', 'OS', 'NOS'\]"),
        (lambda p: p.tabel("Leeg").cel(0, 0), r"no row 0; there is: \[\]"),
        (lambda p: p.veld("Ziek"), r"no field “Ziek”; there is: \['OS', 'Voorlopig'"),
        (lambda p: p.knop("Wis"), r"no button “Wis”; there is: \['Stel vast'"),
        (lambda p: p.link("Weg"), r"no link “Weg”; there is: \['Overzicht'"),
        (lambda p: p.lijst("Eerst"), r"one list expected under “Eerst”, there is: Onder eerst"),
        (lambda p: p.plek("r"), r"no place “r”; there is: \['k', 'u', 'r1'"),
        (lambda p: p.gegeven("Bron"), r"no name “Bron”; there is: \['Doel', 'Marge'\]"),
        (lambda p: p.figuur("Anders"), r"no figure “Anders”; there is: \['Het verloop'\]"),
        (lambda p: p.deel("Opslaan").kop1, r"one h1 expected, there is: \[\]"),
    ],
)
def test_wat_er_niet_is_noemt_wat_er_wel_is(pagina: Pagina, vraag, zin: str) -> None:
    with pytest.raises(AssertionError, match=zin):
        vraag(pagina)


def test_een_deel_laat_zien_wat_het_is(pagina: Pagina) -> None:
    assert repr(pagina.deel("Dieper")) == "<Deel: Nog dieper.>"


def test_een_antwoord_is_een_pagina_of_niet() -> None:
    assert Pagina.van(HttpResponse("<h1>Hier</h1>")).kop1 == "Hier"
    with pytest.raises(AssertionError, match=r"no page but text/csv \(200\)"):
        Pagina.van(HttpResponse("a;b", content_type="text/csv"))
    with pytest.raises(AssertionError, match=r"no page but nothing \(302\)|no page but text/html"):
        Pagina.van(HttpResponse(status=302, content_type=""))


@pytest.mark.parametrize("html", ["<p><b>x</p>", "<p>x", "<ul><li>x</ul>", "x</p>"])
def test_opmaak_die_niet_sluit_zoals_zij_opende_is_geen_pagina(html: str) -> None:
    with pytest.raises(AssertionError, match=r"closes|never closed"):
        Pagina.van(html)
