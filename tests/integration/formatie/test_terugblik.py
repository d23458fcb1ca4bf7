"""The formation page of an earlier day shows what it showed on that day, to whoever may read that today."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from common.tekst.periode import Kwartaal
from formatie.bezetting.terugkijken import bekend_van, leest_destijds
from formatie.bezetting.zicht import get_besloten, get_bezetting, get_opgeteld
from formatie.models import Bezetting, Formatieplan, Onderdeel
from tests.factories import BezettingFactory, maak_eenheid, maak_persoon
from tests.integration.formatie.opstelling import als
from tests.integration.formatie.personeel import maak_plan
from tests.integration.formatie.test_paginas import lees
from tests.integration.formatie.verleden import BESLUIT, DAGEN, EINDE, Q1, Q4, Verleden, corrigeer
from tests.integration.monitor.dashboards.verleden import alles, moment, stel_klok, zichtbaar
from tests.integration.site import bewaar_menu
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
A, B = "/formatie/districten/A/", "/formatie/districten/B/"
PAGINAS = ("/formatie/", "/formatie/?kwartaal=2025-Q3", "/formatie/?zoek=recherche", A, f"{A}?kwartaal=2025-Q4")
TABELLEN = ("diensten", "districten", "bezetting")
Q3 = Q4.vorige()
NIET_VOOR_U = "niet zichtbaar voor u"


def met(adres: str, dag: date) -> str:
    return f"{adres}{'&' if '?' in adres else '?'}peildatum={dag.isoformat()}"


def bestand(client: Client, adres: str) -> list[list[str]]:
    """A file without what only one of an earlier day says."""
    inhoud = client.get(adres).content.decode("utf-8-sig")
    rijen = list(csv.reader(io.StringIO(inhoud), delimiter=";"))
    return [rij for rij in rijen if rij and not rij[0].startswith(("Dit is wat", "Stand per"))]


def bestanden(client: Client, dag: date | None = None) -> list[list[list[str]]]:
    """Of the plan three tables, of one quarter half filled in time one, and of two districts."""
    adressen = [f"/formatie/?_export=csv&_tabel={tabel}" for tabel in TABELLEN]
    adressen += [f"{adressen[-1]}&kwartaal=2026-Q1", f"{A}?_export=csv", f"{B}?_export=csv"]
    return [bestand(client, met(adres, dag) if dag else adres) for adres in adressen]


def is_getal(cel: str) -> bool:
    return cel[:1].isdigit() or cel[:1] == "-"


def getoond(client: Client, adres: str) -> list[object]:
    """Without the hash of a chart: the addresses of its points, which name the day, are part of it."""
    stukken = alles(zichtbaar(client, adres))
    for stuk in stukken:
        if isinstance(stuk, tuple):
            stuk[1].pop("data-merk", None)
    return stukken


def mensen(rij: list[str]) -> list[str]:
    """Of a row of places and people what is of people: the difference, and what stands behind the places."""
    return [rij[2], *rij[4:]]


@pytest.mark.traag
@pytest.mark.parametrize(("rol", "waar"), [("analist", {}), ("districtschef", {"onderdeel": "A"})])
def test_de_pagina_van_toen_is_wat_de_pagina_toen_toonde(
    rol: str, waar: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bewaar_menu(monkeypatch)
    verleden, toen = Verleden(3), {}
    client = als(rol, **waar)
    for dag in DAGEN:
        verleden.beleef(dag)
        stel_klok(monkeypatch, dag)
        toen[dag] = [getoond(client, adres) for adres in PAGINAS], bestanden(client)[: 6 if rol == "analist" else 5]
    assert len({str(dag) for dag in toen.values()}) == len(DAGEN), "nothing happened: the test shows nothing"
    stel_klok(monkeypatch, EINDE)
    for dag, (paginas, tabellen) in toen.items():
        for adres, pagina in zip(PAGINAS, paginas, strict=True):
            assert getoond(client, met(adres, dag)) == pagina, (adres, dag)
        assert bestanden(client, dag)[: len(tabellen)] == tabellen


def test_een_lezer_van_districten_ziet_van_toen_de_plaatsen_en_de_eenheid(monkeypatch: pytest.MonkeyPatch) -> None:
    bewaar_menu(monkeypatch)
    verleden, client, toen = Verleden(5), als("rvo-lid"), {}
    for dag in DAGEN:
        verleden.beleef(dag)
        stel_klok(monkeypatch, dag)
        toen[dag] = bestanden(client)
    stel_klok(monkeypatch, EINDE)
    for dag, (diensten, districten, *bezetting) in toen.items():
        # Below the table stands what part of the plan it is about, in one cell.
        nu, bezetting = bestanden(client, dag), [[rij for rij in tabel if len(rij) > 1] for tabel in bezetting]
        assert nu[:2] == [diensten, districten]
        nu = [[rij for rij in tabel if len(rij) > 1] for tabel in nu]
        for van_nu, van_toen in zip(nu[2:4], bezetting[:2], strict=True):
            assert van_nu[-1] == van_toen[-1] or not any(map(is_getal, [*mensen(van_nu[-1]), *mensen(van_toen[-1])])), (
                "the unit"
            )
            plaatsen = [[[*rij[:2], rij[3]] for rij in tabel] for tabel in (van_nu, van_toen)]
            assert plaatsen[0] == plaatsen[1], "the places"
            assert {cel for rij in van_nu[1:-1] for cel in mensen(rij)} == {NIET_VOOR_U}
    assert "de bezetting is vastgesteld voor 4 van" in bestanden(client, DAGEN[0])[3][-2][4]
    assert is_getal(bestanden(client, DAGEN[-1])[3][-2][4])


def test_het_plan_is_dat_van_toen_en_een_nog_niet_genomen_besluit_telt_niet(monkeypatch: pytest.MonkeyPatch) -> None:
    verleden, client = Verleden(1), als("rvo-lid")
    verleden.wijzig_plan()
    stel_klok(monkeypatch, EINDE)
    ervoor, erna = (
        lees(client, met("/formatie/", dag)).lijst("Versies van het plan") for dag in (date(2026, 5, 7), BESLUIT)
    )
    assert ervoor
    assert not any("Plan gewijzigd" in versie for versie in ervoor)
    assert any("Plan gewijzigd Gewijzigd vastgesteld op 8 mei 2026" in versie for versie in erna)
    # The quarter of the new version had begun on neither day; on the first of July it had.
    assert lees(client, "/formatie/?kwartaal=2026-Q3&peildatum=2026-07-01").heeft("besluit van 08-05-2026")
    assert lees(client, met("/formatie/", date(2022, 1, 1))).inhoud.heeft("Er is geen formatieplan dat")
    assert Formatieplan.objects.get(pk=verleden.plan.pk).geldig_tot  # only looked at


def geef_op(onderdeel: Onderdeel, kwartaal: Kwartaal, dag: date = date(2026, 1, 15), **velden: object) -> Bezetting:
    """The same figures for every part, approved on that day."""
    cijfers = {"os": 40, "nos": 10, "aspiranten": 5, "ziek": 7, "wijkagenten": 6, "wijkagenten_expert": 1}
    plek = {"onderdeel": onderdeel, "jaar": kwartaal.jaar, "kwartaal": kwartaal.nummer}
    return BezettingFactory(**plek, **(cijfers | velden), vastgesteld_op=moment(dag))


class TestWieWat:
    @pytest.fixture(autouse=True)
    def _wereld(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A quarter that one team delivered last, and a figure of another that was corrected."""
        onderdelen = maak_eenheid({"A": 3, "B": 2})
        plan = maak_plan(onderdelen)
        for code in ("A", "B"):
            plan.districtscellen.create(onderdeel=onderdelen[code], soort="totaal", fte=135, fte_gedrukt="135")
        rijen = {code: geef_op(onderdelen[code], Q4) for code in ("A1", "A2", "A3", "B1")}
        geef_op(onderdelen["B2"], Q4, date(2026, 3, 2))
        corrigeer(rijen["A1"], moment(date(2026, 4, 2)), os=44, ziek=None)
        geef_op(onderdelen["A2"], Q1, date(2026, 4, 20))
        stel_klok(monkeypatch, EINDE)

    @pytest.mark.parametrize(
        ("rol", "waar", "plaatsen", "teams"),
        [
            ("analist", {}, {"RE07", "A", "B"}, {"A1", "A2", "A3", "B1", "B2"}),
            ("vaststeller", {}, {"RE07", "A", "B"}, {"A1", "A2", "A3", "B1", "B2"}),
            ("districtschef", {"onderdeel": "A"}, {"RE07", "A"}, {"A1", "A2", "A3"}),
            ("rvo-lid", {}, {"RE07"}, set()),
            ("portefeuillehouder", {"thema": "x"}, {"RE07"}, set()),
            ("beheerder", {}, set(), set()),
        ],
    )
    def test_wie_kleine_aantallen_leest_leest_die_van_toen(self, rol, waar, plaatsen, teams) -> None:
        user, dag = maak_persoon(rol, **waar), date(2026, 3, 15)
        assert {som.onderdeel for som in get_opgeteld(user, [Q4], bekend=bekend_van(dag))} == plaatsen
        assert {rij.onderdeel.code for rij in get_bezetting(user, bekend=bekend_van(dag))} == teams
        assert {rij.onderdeel.code for rij in get_besloten(user)} == teams
        assert leest_destijds(user) is (len(teams) == 5)
        assert leest_destijds(user, "A") is bool(teams)
        assert leest_destijds(user, "B") is (len(teams) == 5)

    def test_van_toen_staat_er_wat_toen_gold(self) -> None:
        user = maak_persoon("analist")
        per_dag = {
            dag: {rij.onderdeel.code: rij.os for rij in get_bezetting(user, kwartalen=[Q4], bekend=bekend_van(dag))}
            for dag in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 2))
        }
        assert [sorted(os) for os in per_dag.values()] == [
            ["A1", "A2", "A3", "B1"],
            *[["A1", "A2", "A3", "B1", "B2"]] * 2,
        ]
        assert [os["A1"] for os in per_dag.values()] == [40, 40, 44]

    def test_half_gevuld_is_de_eenheid_niet_bekend(self) -> None:
        lezer, analist = maak_persoon("rvo-lid"), maak_persoon("analist")

        def eenheid(user: object, dag: date) -> object:
            return next(som for som in get_opgeteld(user, [Q4], bekend=bekend_van(dag)) if som.onderdeel == "RE07")  # type: ignore[arg-type]

        half, vol = date(2026, 3, 1), date(2026, 3, 2)
        assert not eenheid(lezer, half).cellen  # type: ignore[attr-defined]
        assert eenheid(lezer, half).onvolledig_tekst == "4 van 5 onderdelen"  # type: ignore[attr-defined]
        assert eenheid(analist, half).cel("fte").waarde == 200  # type: ignore[attr-defined]
        assert eenheid(lezer, vol).cel("fte").waarde == eenheid(analist, vol).cel("fte").waarde == 250  # type: ignore[attr-defined]
        # One team took its figure back since: that day minus today would be that team.
        assert eenheid(analist, vol).cel("ziek").waarde == 35  # type: ignore[attr-defined]
        assert eenheid(lezer, vol).cel("ziek").waarde is None  # type: ignore[attr-defined]

    def test_wat_toen_of_nu_klein_is_blijft_weg(self) -> None:
        """A number of people that was small, on whatever day: what was shown beside it then is known, so it stays."""
        lezer, dag, moment_erna = maak_persoon("rvo-lid"), date(2026, 5, 10), moment(date(2026, 5, 20))

        def ziek(op: date | None) -> Decimal | None:
            return next(
                s.cel("ziek").waarde for s in get_opgeteld(lezer, [Q3], bekend=bekend_van(op)) if s.onderdeel == "RE07"
            )

        rijen = [geef_op(o, Q3, ziek=0) for o in Onderdeel.objects.filter(soort="basisteam").order_by("code")[1:]]
        klein = geef_op(Onderdeel.objects.get(code="A1"), Q3, ziek=3)
        assert ziek(dag) is ziek(None) is None
        nieuw = [corrigeer(rij, moment_erna, ziek=20) for rij in [klein, *rijen]]
        assert (ziek(dag), ziek(None)) == (None, None)
        for rij in nieuw[1:]:
            corrigeer(rij, moment(date(2026, 6, 1)), ziek=0)
        corrigeer(nieuw[0], moment(date(2026, 6, 1)), ziek=2)
        assert (ziek(date(2026, 5, 25)), ziek(None)) == (None, None)

    def test_wat_er_later_onverwacht_bij_kwam_sluit_de_dag_van_ervoor(self) -> None:
        lezer = maak_persoon("rvo-lid")
        geef_op(Onderdeel.objects.get(code="A"), Q4, date(2026, 5, 1), soort="flexteam")
        som = next(iter(get_opgeteld(lezer, [Q4], bekend=bekend_van(date(2026, 4, 10)))))
        assert not som.cellen
        assert som.onvolledig_tekst == "5 van 6 onderdelen"

    @pytest.mark.parametrize(
        ("rol", "waar", "adres", "zin"),
        [
            (
                "analist",
                {},
                "/formatie/",
                "is 1 opgave van bezetting gewijzigd, en kwamen er 2 opgaven",
            ),
            ("analist", {}, B, "kwam er 1 opgave van bezetting bij; wat er al was, is niet gewijzigd."),
            ("districtschef", {"onderdeel": "A"}, A, "is 1 opgave van bezetting gewijzigd, en kwam er 1"),
            (
                "districtschef",
                {"onderdeel": "A"},
                "/formatie/",
                "is 1 opgave van bezetting gewijzigd, en kwam er 1",
            ),
        ],
    )
    def test_wat_er_sindsdien_is_gewijzigd(self, rol, waar, adres, zin) -> None:
        terugblik = lees(als(rol, **waar), met(adres, date(2026, 2, 1))).deel("Terugblik")
        assert terugblik.heeft("U kijkt terug: dit is wat op 01-02-2026 bekend was.")
        assert terugblik.heeft(f"Sinds 01-02-2026 {zin}")
        if "1 opgave van bezetting gewijzigd" in zin:
            wat = (
                "Q4 2025: van OS 40,0 fte, ziek 7,0 fte naar OS 44,0 fte, ziek niet opgegeven (vastgesteld 02-04-2026)"
            )
            assert terugblik.heeft(wat)

    @pytest.mark.parametrize(
        ("rol", "waar", "adres", "beperking"),
        [
            ("rvo-lid", {}, "/formatie/", "Van een eerdere dag ziet u geen bezetting van districten"),
            ("rvo-lid", {}, A, "Van een eerdere dag ziet u geen bezetting van districten"),
            ("portefeuillehouder", {"thema": "x"}, A, "Van een eerdere dag ziet u geen bezetting van districten"),
            ("districtschef", {"onderdeel": "B"}, A, "ziet u alleen de bezetting van uw eigen district"),
        ],
    )
    def test_wie_het_niet_leest_leest_waarom_en_niet_wat_er_gewijzigd_is(self, rol, waar, adres, beperking) -> None:
        pagina = lees(als(rol, **waar), met(adres, date(2026, 2, 1)))
        assert pagina.deel("Terugblik").heeft(beperking)
        assert not pagina.heeft("opgave van bezetting")
        assert not pagina.heeft("opgaven van bezetting")
        if adres == A:
            assert pagina.heeft("van een eerdere dag mag u de bezetting van dit district niet zien")
            assert not pagina.heeft("niet beide kwartalen zijn compleet")

    def test_wie_alles_leest_krijgt_geen_beperking_te_lezen(self) -> None:
        terugblik = lees(als("vaststeller"), met("/formatie/", date(2026, 2, 1))).deel("Terugblik")
        assert terugblik.heeft("U kijkt terug")
        assert not terugblik.heeft("Van een eerdere dag ziet u")

    @pytest.mark.parametrize("adres", ["/formatie/", A])
    @pytest.mark.parametrize(
        ("vraag", "zin"),
        [
            ("peildatum=2026-11-21", "De dag 21-11-2026 ligt in de toekomst. Kies vandaag of een eerdere dag."),
            ("peildatum=gisteren", "Dit is geen datum. Schrijf de dag als 30-06-2026; kies een dag van "),
            ("peildatum=1999-12-31", "Kies een dag vanaf 01-01-2000."),
            ("peildatum=2026-03-01&kwartaal=2026-Q2", "Op 01-03-2026 was Q2 2026 nog niet begonnen."),
            ("kwartaal=toen", "“toen” is geen kwartaal. Schrijf het als 2026-Q3."),
        ],
    )
    def test_een_dag_die_niet_kan_geeft_een_zin(self, adres: str, vraag: str, zin: str) -> None:
        client = als("rvo-lid")
        antwoord = client.get(f"{adres}?{vraag}")
        assert antwoord.status_code == 400
        assert Pagina.van(antwoord).inhoud.heeft(zin)
        assert client.get(f"{adres}?{vraag}&_export=csv").status_code == 400

    def test_latere_kwartalen_zijn_niet_te_kiezen(self) -> None:
        keuzes = lees(als("analist"), met("/formatie/", date(2026, 3, 1))).veld("Kwartaal").keuzes
        assert "2026-Q1" in keuzes
        assert "2026-Q2" not in keuzes

    def test_vandaag_is_de_gewone_pagina(self) -> None:
        client = als("analist")
        for adres in ("/formatie/", A):
            assert getoond(client, met(adres, EINDE)) == getoond(client, adres)
            assert not lees(client, met(adres, EINDE)).heeft("U kijkt terug")

    def test_wegen_houden_de_dag_vast(self) -> None:
        client, dag = als("analist"), "peildatum=2026-03-15"
        wegen = {link.adres for link in lees(client, f"/formatie/?{dag}").links}
        assert f"{A}?{dag}" in wegen
        assert A not in wegen
        pagina = lees(client, f"{A}?{dag}")
        assert {f"{adres}?{dag}" for adres in ("/formatie/", "/", "/indicatoren/", B)} <= {
            link.adres for link in pagina.links
        }
        assert pagina.link("Terug naar vandaag") == A

    @pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods"])
    @pytest.mark.parametrize("adres", ["/formatie/?_tabel=bezetting", f"{A}?_tabel=wijkagenten"])
    def test_een_bestand_zegt_van_welke_dag_het_is(self, formaat: str, adres: str) -> None:
        inhoud = als("analist").get(met(f"{adres}&_export={formaat}", date(2026, 3, 15))).content
        if inhoud.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
                inhoud = b" ".join(pak.read(naam) for naam in pak.namelist())
        assert "Dit is wat op 15-03-2026 bekend was, niet wat nu bekend is." in inhoud.decode()


def test_geen_twee_dagen_geven_een_lezer_samen_een_onderdeel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what a reader sees of the unit on two days, today included, each figure is of the same number of parts."""
    verleden, dagen = Verleden(8), [*DAGEN, EINDE]
    for dag in DAGEN:
        verleden.beleef(dag)
        oud = verleden.toeval.choice(list(Bezetting.objects.geldend().order_by("pk")))
        corrigeer(oud, moment(dag, 15), aspiranten=None)
    stel_klok(monkeypatch, EINDE)
    for user in (maak_persoon("rvo-lid"), maak_persoon("districtschef", onderdeel="A")):
        gezien: dict[tuple, set[int]] = {}
        for dag in dagen:
            for som in get_opgeteld(user, [Q4, Q1], bekend=bekend_van(None if dag == EINDE else dag)):
                for plek, cel in som.cellen.items() if som.onderdeel == "RE07" else ():
                    gezien.setdefault((som.kwartaal, plek), set()).add(cel.gemeld)
        assert gezien
        assert all(len(aantallen) == 1 for aantallen in gezien.values())
