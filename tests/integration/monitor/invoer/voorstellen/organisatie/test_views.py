"""The pages of upkeep: each role sees what it may do, and what is typed wrong comes back at its field."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from common.models import AuditEvent
from formatie.models import Inwonertal, Onderdeel, Organisatiebesluit, Werkgebied
from monitor.invoer.vaststellen.services import stuur_terug
from monitor.invoer.vaststellen.soorten import ORGANISATIE
from strategie.models import Agenda
from tests.factories import GemeenteFactory, MonitorregelFactory, maak_eenheid, maak_gebied, maak_persoon
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import vaststeller
from tests.integration.monitor.invoer.voorstellen.organisatie.opstelling import BRON, neem_aan, stel_gebied_voor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
GEBIEDEN, INWONERS, AGENDAS = "/beheer/werkgebieden/", "/beheer/inwoners/", "/beheer/agendas/"
GEBIED = {"gemeente": "proefgemeente", "basisteam": "A1", "geldig_vanaf": "2025-01-01", "grond": "bron", "bron": BRON}
INWONER = {"gemeente": "proefgemeente", "peildatum": "2025-01-01", "aantal": "73.500", "bron": BRON}


@pytest.fixture(autouse=True)
def wereld() -> None:
    maak_eenheid()
    GemeenteFactory()


def als(client: Client, rol: str, naam: str = "") -> Client:
    client.force_login(maak_persoon(rol, naam=naam or f"de-{rol}"))
    return client


def lees(client: Client, adres: str) -> Pagina:
    return Pagina.van(client.get(adres))


def test_beheer_toont_elke_rol_wat_die_mag(client: Client) -> None:
    stel_gebied_voor()
    pagina = lees(als(client, "beheerder"), "/beheer/")
    for naam in ("Accounts en rollen", "Werkgebieden", "Inwoners", "Agenda's", "Taken", "Spoor en controle"):
        assert pagina.link(naam)
    assert pagina.heeft("1 voorstel wacht op een besluit")
    van_analist = lees(als(client, "analist"), "/beheer/")
    assert van_analist.link("Werkgebieden") == GEBIEDEN
    assert not van_analist.heeft("Accounts en rollen")


def test_gemeenten_zonder_team_staan_vooraan_en_de_dag_is_te_kiezen(client: Client) -> None:
    maak_gebied(GemeenteFactory(slug="aa"), "A1", geldig_vanaf=date(2025, 1, 1))
    als(client, "beheerder")
    namen = [rij.kop for rij in lees(client, f"{GEBIEDEN}?dag=2025-06-01").tabel().rijen]
    assert namen == ["Proefgemeente", "Aa"]
    assert [rij.kop for rij in lees(client, f"{GEBIEDEN}?dag=2024-06-01").tabel().rijen] == ["Aa", "Proefgemeente"]
    assert client.get(f"{GEBIEDEN}?dag=gisteren").status_code == 200


def test_een_team_voorstellen_beeindigen_en_intrekken(client: Client) -> None:
    als(client, "beheerder")
    assert client.post(GEBIEDEN, GEBIED).status_code == 302
    pagina = lees(client, GEBIEDEN)
    assert pagina.heeft("Werkgebied in Proefgemeente: A1 vanaf 01-01-2025")
    neem_aan(Organisatiebesluit.objects.get())
    pk = Werkgebied.objects.get().pk
    einde = {"einde": pk, "geldig_tot": "2026-01-01", "bron": BRON}
    assert client.post(GEBIEDEN, einde).status_code == 302
    besluit = Organisatiebesluit.objects.get(staat="ingediend")
    assert client.post(GEBIEDEN, {"intrekken": besluit.pk}).status_code == 302
    assert not Organisatiebesluit.objects.filter(pk=besluit.pk).exists()
    client.post(GEBIEDEN, einde)
    neem_aan(Organisatiebesluit.objects.get(staat="ingediend"))
    assert Werkgebied.objects.get().geldig_tot == date(2026, 1, 1)


def test_wie_hier_nu_werkt_stopt_als_een_ander_begint(client: Client) -> None:
    client.post(GEBIEDEN, GEBIED | {"basisteam": "A2"})
    als(client, "analist")
    neem_aan(stel_gebied_voor())
    antwoord = client.post(GEBIEDEN, GEBIED | {"basisteam": "A2", "geldig_vanaf": "2026-01-01", "vervangt": "on"})
    assert antwoord.status_code == 302
    neem_aan(Organisatiebesluit.objects.get(staat="ingediend"))
    assert list(Werkgebied.objects.order_by("geldig_vanaf").values_list("basisteam__code", "geldig_tot")) == [
        ("A1", date(2026, 1, 1)),
        ("A2", None),
    ]


@pytest.mark.parametrize(
    ("adres", "velden", "anders", "zin"),
    [
        (GEBIEDEN, GEBIED, {"geldig_tot": "2024-01-01"}, "Tot: “Tot” ligt niet na “Vanaf”."),
        (GEBIEDEN, GEBIED, {"basisteam": ""}, "Basisteam: “Basisteam” is leeg."),
        (GEBIEDEN, GEBIED, {"bron": ""}, "Bron: “Bron” is leeg."),
        (INWONERS, INWONER, {"aantal": "0"}, "Inwoners: “Inwoners” is 0, het moet tussen 1 en 2147483647 liggen."),
        (INWONERS, INWONER, {"aantal": "-5"}, "Inwoners: “Inwoners” is -5, het moet tussen 1 en 2147483647 liggen."),
        (INWONERS, INWONER, {"aantal": "veel"}, "Inwoners: “veel” is geen getal."),
        (INWONERS, INWONER, {"aantal": ""}, "Inwoners: “Inwoners” ontbreekt."),
        (INWONERS, INWONER, {"gemeente": ""}, "Gemeente: “Gemeente” of “Onderdeel” is nodig, een van beide."),
        (INWONERS, INWONER, {"onderdeel": "A"}, "Gemeente: “Gemeente” of “Onderdeel” is nodig, een van beide."),
        (INWONERS, INWONER, {"peildatum": "2199-01-01"}, "Op welke dag: “Op welke dag” "),
        (INWONERS, INWONER, {"peildatum": "2099-01-01"}, "Op welke dag: “Op welke dag” ligt in de toekomst."),
    ],
)
def test_wat_niet_kan_komt_terug_bij_zijn_veld(
    client: Client, adres: str, velden: dict[str, str], anders: dict[str, str], zin: str
) -> None:
    antwoord = als(client, "beheerder").post(adres, velden | anders | {"reden": "Half getypt"})
    assert antwoord.status_code == 400
    pagina = Pagina.van(antwoord)
    assert pagina.heeft(zin)
    assert pagina.veld("Toelichting").waarde == "Half getypt"
    assert not Organisatiebesluit.objects.exists()


def test_een_inwonertal_ver_van_het_laatste_vraagt_om_uitleg(client: Client) -> None:
    als(client, "analist")
    assert client.post(INWONERS, INWONER).status_code == 302
    neem_aan(Organisatiebesluit.objects.get())
    assert Inwonertal.objects.get().aantal == 73500
    later = INWONER | {"peildatum": "2026-01-01", "aantal": "98000"}
    antwoord = Pagina.van(client.post(INWONERS, later))
    assert antwoord.heeft("Dat is 33% meer dan de 73.500 op 01-01-2025. Klopt dat? Schrijf dan hier waarom.")
    assert client.post(INWONERS, later | {"reden": "Fictief: samengevoegd."}).status_code == 302
    assert Pagina.van(client.post(INWONERS, INWONER)).heeft("Dit staat er al zo; er is niets voorgesteld.")
    client.force_login(vaststeller())
    inbak = lees(client, "/vaststellen/organisatie/")
    assert inbak.heeft("98.000 op 01-01-2026")
    assert inbak.heeft("Dat is 33% meer dan de 73.500 op 01-01-2025.")


def test_een_eerste_inwonertal_wordt_gewogen_tegen_wat_de_eenheid_over_heeft(client: Client) -> None:
    for slug in ("aa", "bb", "cc"):
        GemeenteFactory(slug=slug)
    eenheid = Onderdeel.objects.get(soort="eenheid")
    Inwonertal.objects.create(onderdeel=eenheid, peildatum=date(2023, 1, 1), aantal=300_000, bron="proef")
    als(client, "analist")
    veel = Pagina.van(client.post(INWONERS, INWONER | {"aantal": "451.230"}))
    assert veel.heeft("meer dan de eenheid heeft: daarvan zijn er 300.000 over. Klopt dat?")
    weinig = Pagina.van(client.post(INWONERS, INWONER | {"aantal": "7.350"}))
    assert weinig.heeft("Dat is veel minder dan 75.000: wat er van de 300.000 inwoners van de eenheid over is")
    assert client.post(INWONERS, INWONER).status_code == 302


def test_een_eerste_inwonertal_zonder_de_eenheid_wordt_gewogen_tegen_de_middelste(client: Client) -> None:
    als(client, "analist")
    for slug, aantal in (("aa", 20_000), ("bb", 50_000), ("cc", 650_000)):
        gemeente = GemeenteFactory(slug=slug)
        Inwonertal.objects.create(gemeente=gemeente, peildatum=date(2023, 1, 1), aantal=aantal, bron="proef")
    zin = "Dat is veel meer dan 50.000: de middelste gemeente die bekend is."
    assert Pagina.van(client.post(INWONERS, INWONER | {"aantal": "451.230"})).heeft(zin)
    assert client.post(INWONERS, INWONER).status_code == 302


def test_wat_al_wacht_staat_in_de_lijst_bij_het_formulier_en_in_de_weigering(client: Client) -> None:
    als(client, "analist")
    client.post(GEBIEDEN, GEBIED)
    pk = Organisatiebesluit.objects.get().pk
    pagina = lees(client, f"{GEBIEDEN}?plek=proefgemeente")
    assert pagina.link("Er wacht een voorstel over Proefgemeente") == "#wachtend"
    assert pagina.heeft("Hierover ligt al een voorstel van u. Er kan er één tegelijk wachten.")
    eigen = Pagina.van(client.post(GEBIEDEN, GEBIED | {"basisteam": "A2"}))
    assert eigen.heeft("Er ligt al een voorstel van u: Werkgebied in Proefgemeente. Trek uw voorstel in")
    assert eigen.link("Naar het voorstel dat er ligt") == f"#open-{pk}"
    ander = Pagina.van(als(client, "beheerder").post(GEBIEDEN, GEBIED | {"basisteam": "A2"}))
    assert ander.heeft("Er ligt al een voorstel van de-analist: Werkgebied in Proefgemeente. Laat dat eerst")


def test_van_een_onderdeel_kan_ook(client: Client) -> None:
    als(client, "beheerder").post(INWONERS, INWONER | {"gemeente": "", "onderdeel": "A"})
    neem_aan(Organisatiebesluit.objects.get())
    rij = Inwonertal.objects.get()
    assert (rij.onderdeel.code if rij.onderdeel else "", rij.gemeente) == ("A", None)


@pytest.mark.parametrize("adres", [GEBIEDEN, INWONERS, AGENDAS, "/beheer/organisatie/", "/beheer/formatieplan/"])
def test_een_teken_dat_de_database_niet_kent_is_een_fout_en_geen_storing(client: Client, adres: str) -> None:
    als(client, "beheerder")
    assert client.get(f"{adres}?plek=%00&team=%00&wat=%00").status_code == 200
    niets = dict.fromkeys((*GEBIED, *INWONER, "slug", "eind_jaar", "van", "code_0", "naam", "besluit"), "\x00")
    assert client.post(adres, niets).status_code == 400
    assert not Organisatiebesluit.objects.exists()


def test_zonder_agenda_is_er_een_fout_en_die_noemt_de_agenda(client: Client) -> None:
    antwoord = als(client, "beheerder").post(AGENDAS, {"slug": "", "eind_jaar": "2027", "bron": BRON})
    assert antwoord.context["formulier"].errors == {"slug": ["Kies een agenda."]}


def test_een_vaststeller_leest_maar_stelt_niet_voor(client: Client) -> None:
    client.force_login(vaststeller())
    for adres in (GEBIEDEN, INWONERS, AGENDAS):
        assert not lees(client, adres).heeft("Een ander stelt het vast.")
        assert client.post(adres, GEBIED).status_code == 403


def test_teruggestuurd_staat_er_met_de_reden_en_wat_er_stond(client: Client) -> None:
    als(client, "beheerder")
    client.post(GEBIEDEN, GEBIED)
    besluit = Organisatiebesluit.objects.get()
    stuur_terug(ORGANISATIE, [besluit], door=vaststeller(), reden="Welke brief?", herkomst="proef")
    pagina = lees(client, f"{GEBIEDEN}?plek=proefgemeente")
    assert pagina.heeft("Welke brief?")
    assert pagina.veld("Basisteam").waarde == "A1"
    assert ORGANISATIE.adres(besluit) == f"{GEBIEDEN}?plek=proefgemeente#voorstel"


def test_een_agenda_krijgt_een_ander_einde(client: Client) -> None:
    agenda = MonitorregelFactory().agenda
    als(client, "beheerder")
    jaar = max(agenda.eind_jaar, date.today().year) + 1  # noqa: DTZ011  # a year that is not over, whatever the day
    antwoord = client.post(AGENDAS, {"slug": agenda.slug, "eind_jaar": str(jaar), "bron": BRON})
    assert antwoord.status_code == 302
    neem_aan(Organisatiebesluit.objects.get())
    assert Agenda.objects.get(pk=agenda.pk).eind_jaar == jaar
    assert AuditEvent.objects.get(handeling="vastgesteld").van == {"geldt": f"tot en met {agenda.eind_jaar}"}
    for fout, zin in (("twee", "moet een heel getal zijn"), (str(jaar), "is al zo"), ("1990", "is 1990, het moet")):
        antwoord = client.post(AGENDAS, {"slug": agenda.slug, "eind_jaar": fout, "bron": BRON})
        assert Pagina.van(antwoord).heeft(f"“Laatste jaar” {zin}")
