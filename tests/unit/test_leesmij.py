"""What the README, CONTRIBUTING and docs/ name, is there; and both READMEs name the same."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import resolve

from config.omgeving import BASE_DIR
from config.toezicht import DEMO
from monitor.demo.laden import WACHTWOORD
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from scripts.wanden.boom import Boom, bestanden_in_git, lees_boom

LEESMIJ = ("README.md", "README.nl.md")
TEKSTEN = (*LEESMIJ, "CONTRIBUTING.md", "CHANGELOG.md")
# The changelog tells what was; what it names in code may be gone.
NOEMT_CODE = ("README.md", "README.nl.md", "CONTRIBUTING.md")
EXTENSIES = r"\.(?:py|md|html|css|js|json|toml|svg|png|yml|lock|txt|example)"
# Made on the machine itself, so not in git.
GEMAAKT = (".venv", ".data", "node_modules")
# Of PostgreSQL, not of the monitor.
VAN_POSTGRES = "pg_"


@cache
def bestanden() -> list[str]:
    return [str(pad.relative_to(BASE_DIR)) for pad in bestanden_in_git(BASE_DIR)]


@cache
def mappen() -> set[str]:
    return {str(map_) for naam in bestanden() for map_ in Path(naam).parents}


@cache
def boom() -> Boom:
    return lees_boom(BASE_DIR, bestanden_in_git(BASE_DIR))


@cache
def woorden_in_code() -> set[str]:
    """Of all but this test, which names what is not there."""
    andere = {naam for naam in bestanden() if BASE_DIR / naam != Path(__file__)}
    code = [naam for naam in andere if Path(naam).suffix not in {".md", ".svg", ".png", ".lock"}]
    return {woord for naam in code for woord in re.findall(r"\w+", lees(naam))}


@cache
def lees(naam: str) -> str:
    return (BASE_DIR / naam).read_text(encoding="utf-8", errors="replace")


@cache
def papieren() -> list[str]:
    return sorted(naam for naam in bestanden() if naam.startswith("docs/") and naam.endswith(".md"))


def blokken(tekst: str) -> list[str]:
    """What stands between fences, without what is said of it behind a #."""
    return [re.sub(r"\s+#.*", "", blok).strip() for blok in re.findall(r"^```\w*\n(.*?)^```", tekst, re.M | re.S)]


def fragmenten(tekst: str) -> list[str]:
    zonder = re.sub(r"^```\w*\n.*?^```", "", tekst, flags=re.M | re.S)
    return re.findall(r"`([^`\n]+)`", zonder)


def koppelingen(naam: str) -> list[str]:
    return [doel for doel in re.findall(r"\]\(([^)\s]+)\)", lees(naam)) if not re.match(r"[a-z]+:", doel)]


def in_code(naam: str) -> list[str]:
    """Every word of code in this text."""
    return [woord for stuk in [*fragmenten(lees(naam)), *blokken(lees(naam))] for woord in stuk.split()]


def opdrachten(naam: str) -> dict[str, str]:
    """Of the table of commands: the name with all that stands behind it."""
    eigen = get_eigen()
    rijen = re.findall(r"^\| (`.+?`) \|", lees(naam), re.M)
    stukken = [stuk for rij in rijen for stuk in fragmenten(rij)]
    return {stuk.split()[0]: stuk for stuk in stukken if stuk.split()[0] in eigen}


@cache
def get_eigen() -> dict[str, str]:
    return {naam: app for naam, app in get_commands().items() if str(app).split(".")[0] in {"monitor", "formatie"}}


def ontleder(naam: str) -> ArgumentParser:
    return load_command_class(get_eigen()[naam], naam).create_parser("manage.py", naam)


@pytest.mark.parametrize("naam", LEESMIJ)
def test_de_twee_opdrachten_staan_voorop(naam):
    assert blokken(lees(naam))[0].splitlines() == ["make run", "make test"]


def test_beide_noemen_dezelfde_opdrachten_bestanden_en_accounts():
    """Code is the same in every language; a drawing of words between fences is not code."""
    engels, nederlands = (lees(naam) for naam in LEESMIJ)
    assert set(fragmenten(engels)) == set(fragmenten(nederlands))
    assert len(fragmenten(engels)) > 40
    code_en, code_nl = ([blok for blok in blokken(tekst) if "→" not in blok] for tekst in (engels, nederlands))
    assert code_en == code_nl


def test_beide_tonen_dezelfde_platen_en_wijzen_elkaar_aan():
    engels, nederlands = (set(koppelingen(naam)) for naam in LEESMIJ)
    assert engels - nederlands == {"README.nl.md"}
    assert nederlands - engels == {"README.md"}
    assert {"docs/beelden/huis.svg", "CONTRIBUTING.md", "CHANGELOG.md"} <= engels


@pytest.mark.parametrize("naam", LEESMIJ)
def test_een_bestand_heeft_de_kop_die_er_staat(naam):
    koppen = [blok.splitlines()[0] for blok in blokken(lees(naam)) if ";" in blok]
    assert koppen == [";".join(METINGKOLOMMEN)]


@pytest.mark.parametrize("naam", LEESMIJ)
def test_elk_account_en_het_wachtwoord_staan_er(naam):
    genoemd = set(fragmenten(lees(naam)))
    assert {*DEMO, WACHTWOORD} <= genoemd


@pytest.mark.parametrize("naam", LEESMIJ)
def test_elke_eigen_opdracht_staat_er_met_wat_zij_kent(naam):
    genoemd = opdrachten(naam)
    assert genoemd.keys() == get_eigen().keys()
    for opdracht, voluit in genoemd.items():
        acties = ontleder(opdracht)._actions
        vlaggen = {vlag for actie in acties for vlag in actie.option_strings}
        gezegd = set(re.findall(r"--[\w-]+", voluit))
        assert gezegd <= vlaggen, f"{opdracht} does not know {gezegd - vlaggen}"
        verplicht = {actie.option_strings[0] for actie in acties if actie.required and actie.option_strings}
        assert verplicht <= gezegd, f"{opdracht} asks for {verplicht - gezegd}"
        plaatsen = [actie for actie in acties if not actie.option_strings]
        zonder_vlag = re.sub(r"\[?--[\w-]+( [^\]\s-]\S*)?\]?", "", voluit).split()[1:]
        assert len(zonder_vlag) == len(plaatsen), voluit


@pytest.mark.parametrize("naam", TEKSTEN)
def test_elk_doel_van_make_bestaat(naam):
    doelen = set(re.findall(r"^([\w-]+):", lees("Makefile"), re.M))
    code = "\n".join([*fragmenten(lees(naam)), *blokken(lees(naam))])
    assert set(re.findall(r"\bmake ([\w-]+)", code)) <= doelen
    assert {"run", "test"} <= doelen


@pytest.mark.parametrize("naam", [*TEKSTEN, *papieren()])
def test_elke_koppeling_komt_ergens_uit(naam):
    fout = []
    for doel in koppelingen(naam):
        pad, _, anker = doel.partition("#")
        volledig = (BASE_DIR / naam).parent / pad if pad else BASE_DIR / naam
        heen = str(volledig.resolve().relative_to(BASE_DIR))
        er_is = heen in bestanden() or heen in mappen()
        if not er_is or (anker and anker not in ankers(heen)):
            fout.append(doel)
    assert not fout


def ankers(naam: str) -> set[str]:
    koppen = re.findall(r"^#+ (.+)$", lees(naam), re.M)
    return {re.sub(r"[^\w\- ]", "", kop.lower()).replace(" ", "-") for kop in koppen}


@pytest.mark.parametrize("naam", [*TEKSTEN, *papieren()])
def test_elke_plaat_zegt_in_woorden_wat_zij_toont(naam):
    assert all(len(zin.split()) > 3 for zin in re.findall(r"!\[([^\]]*)\]", lees(naam)))


@pytest.mark.parametrize("naam", [*NOEMT_CODE, *papieren()])
def test_elk_bestand_en_elke_map_in_de_tekst_bestaat(naam):
    fout = [woord for woord in in_code(naam) if is_pad(woord) and not bestaat(woord)]
    assert not fout


def is_pad(woord: str) -> bool:
    """A file or a folder of the project; an address of the site begins with a slash."""
    woord = zonder_plek(woord)
    eigen = "/" in woord and not woord.startswith(("/", "{", *GEMAAKT))
    return bool((eigen and re.fullmatch(r"[\w./*-]+", woord)) or re.fullmatch(rf"\w[\w.-]*{EXTENSIES}", woord))


def zonder_plek(woord: str) -> str:
    return re.sub(r"<[^>]*>|…", "*", woord.strip(",;:()"))


def bestaat(woord: str) -> bool:
    """Whole from the base of the project, or as much of its end as says which file is meant."""
    patroon = zonder_plek(woord).rstrip("/")
    regex = re.compile(rf"(?:.*/)?{re.escape(patroon).replace(re.escape('*'), '[^/]*')}")
    if woord.endswith("/"):
        return any(regex.fullmatch(map_) for map_ in mappen())
    return any(regex.fullmatch(ding) for ding in (*bestanden(), *mappen()))


@pytest.mark.parametrize("naam", [*NOEMT_CODE, *papieren()])
def test_elke_module_en_elke_naam_in_de_tekst_bestaat(naam):
    """A dotted name is looked up in its module; any other only has to be a word of the code."""
    woorden = [woord.removesuffix("()") for woord in fragmenten(lees(naam))]
    met_punten = [woord for woord in woorden if re.fullmatch(r"\w+(\.\w+)+", woord) and not is_pad(woord)]
    fout = [woord for woord in met_punten if not bestaat_in_code(woord)]
    los = [woord for woord in woorden if re.fullmatch(r"[A-Za-z_]\w+", woord) and not woord.startswith(VAN_POSTGRES)]
    assert not fout + [woord for woord in los if woord not in woorden_in_code()]


def bestaat_in_code(naam: str) -> bool:
    if naam.split(".")[0] not in boom().modules:
        return all(deel in woorden_in_code() for deel in naam.split("."))
    module = boom().module_van(naam)
    rest = naam.removeprefix(module).lstrip(".")
    if not rest or boom().onder(naam) or rest.split(".")[0] in boom().modules[module].openbaar:
        return True
    return any(naam in van.teksten for van in boom().modules.values())


@pytest.mark.parametrize("naam", [*TEKSTEN, *papieren()])
def test_elk_adres_van_de_site_bestaat(naam):
    adressen = [stuk for stuk in fragmenten(lees(naam)) if re.fullmatch(r"/[\w/.<>-]*", stuk)]
    for adres in adressen:
        resolve(re.sub(r"<[^>]*>", "a1", adres))


def test_een_naam_die_er_niet_is_valt_op():
    assert is_pad("monitor/invoer/meting/services.py")
    assert bestaat("monitor/invoer/meting/services.py")
    assert bestaat("meting/services.py")
    assert bestaat("fixtures/monitorset/<agenda>/<code>.toml")
    assert not bestaat("monitor/invoer/services.py")
    assert not bestaat("eting/services.py")
    assert not bestaat("monitor/herkomst/")
    assert not is_pad("/vaststellen/")
    assert bestaat_in_code("formatie.bezetting.onderdrukking")
    assert bestaat_in_code("monitor.zicht.alleen_zichtbaar")
    assert not bestaat_in_code("monitor.zicht.alles_zichtbaar")
    assert not bestaat_in_code("monitor.herkomst")
