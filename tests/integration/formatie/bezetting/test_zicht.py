"""Who reads which bezetting: nobody by default, and only by way of one module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from fnmatch import fnmatch
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Rolvervulling, User
from common.tekst.periode import Kwartaal
from config.omgeving import BASE_DIR
from formatie.bezetting.sommen import NIET_VAN_ALLE, Lezerszicht, somrij_van, tel_op
from formatie.bezetting.zicht import get_bezetting, get_opgeteld, mag_teams_zien
from formatie.models import Bezetting
from scripts.wanden.boom import bestanden_in_git
from tests.factories import maak_eenheid, maak_persoon
from tests.integration.formatie.personeel import Q1, leg_vast, maak_plan

MAG_BEZETTING_VRAGEN = (
    "formatie/bezetting/zicht.py",
    "monitor/invoer/bezetting/*.py",
    "monitor/invoer/vaststellen/*.py",
    "monitor/demo/*.py",
    "bench/*.py",
)
LEZERS = {"objects", "_default_manager", "_base_manager"}
VRAGEN = {"all", "filter", "get", "first", "last", "values", "values_list", "exclude", "aggregate", "count", "latest",
          "exists", "order_by", "select_related", "annotate", "geldend", "zoals_bekend_op", "in_bulk"}  # fmt: skip
db = pytest.mark.django_db
LOS = ("aspiranten", "wijkagenten", "wijkagenten_expert", "ziek")


def vragen_in(boom: ast.AST) -> Iterator[int]:
    """Lines that ask for bezetting: by the model, by a relation, by a path of names, or by the table itself."""
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Attribute) and knoop.attr in LEZERS and _heet(knoop.value, "Bezetting"):
            yield knoop.lineno
        if isinstance(knoop, ast.Attribute) and knoop.attr in VRAGEN and _heet(knoop.value, "bezetting"):
            yield knoop.lineno
        if (
            isinstance(knoop, ast.keyword)
            and knoop.arg
            and knoop.arg.split("__")[0] == "bezetting"
            and "__" in knoop.arg
        ):
            yield knoop.value.lineno
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and _noemt(knoop.value):
            yield knoop.lineno


def _heet(knoop: ast.AST, naam: str) -> bool:
    return (isinstance(knoop, ast.Name) and knoop.id == naam and naam == "Bezetting") or (
        isinstance(knoop, ast.Attribute) and knoop.attr == naam
    )


def _noemt(tekst: str) -> bool:
    return tekst.startswith("bezetting__") or "__bezetting__" in tekst or "formatie_bezetting" in tekst.split()


def test_alleen_zicht_en_de_dienst_die_schrijft_vragen_bezetting_op() -> None:
    fout = [
        f"{naam}:{regel}"
        for pad in bestanden_in_git(BASE_DIR)
        if pad.suffix == ".py" and not pad.is_relative_to(BASE_DIR / "tests")
        if (naam := str(pad.relative_to(BASE_DIR))) and "migrations" not in pad.parts
        if not any(fnmatch(naam, patroon) for patroon in MAG_BEZETTING_VRAGEN)
        for regel in vragen_in(ast.parse(pad.read_text(encoding="utf-8")))
    ]
    assert not fout, "\n".join(fout)


@pytest.mark.parametrize(
    "regel",
    ["Bezetting.objects.all()", "models.Bezetting._default_manager", "team.bezetting.filter(jaar=1)",
     "Onderdeel.objects.filter(bezetting__os=1)", 'x.values("bezetting__os")',
     'c.execute("select * from formatie_bezetting")'],
)  # fmt: skip
def test_de_lezer_van_de_bron_vindt_elke_weg(regel: str) -> None:
    assert list(vragen_in(ast.parse(regel)))


@pytest.fixture
def bezetting() -> dict:
    onderdelen = maak_eenheid()
    maak_plan(onderdelen)
    for nummer, code in enumerate(("A1", "A2", "A3", "B1", "B2")):
        leg_vast(onderdelen[code], os=40 + nummer, wijkagenten=6, ziek=1)
    return onderdelen


def _teams(user: User) -> set[str]:
    return set(get_bezetting(user).values_list("onderdeel__code", flat=True))


@db
@pytest.mark.parametrize(
    ("rol", "waar", "teams", "plaatsen"),
    [
        ("analist", {}, {"A1", "A2", "A3", "B1", "B2"}, {"RE07", "A", "B"}),
        ("vaststeller", {}, {"A1", "A2", "A3", "B1", "B2"}, {"RE07", "A", "B"}),
        ("districtschef", {"onderdeel": "A"}, {"A1", "A2", "A3"}, {"RE07", "A"}),
        ("rvo-lid", {}, set(), {"RE07", "A", "B"}),
        ("portefeuillehouder", {"thema": "x"}, set(), {"RE07"}),
        ("beheerder", {}, set(), set()),
    ],
)
def test_elke_rol_leest_wat_de_tabel_van_rechten_zegt(bezetting, rol, waar, teams, plaatsen) -> None:
    user = maak_persoon(rol, **waar)
    assert _teams(user) == teams
    assert {rij.onderdeel for rij in get_opgeteld(user, [Q1])} == plaatsen
    assert mag_teams_zien(user, "A") is bool(teams)
    assert mag_teams_zien(user, "B") is ("B1" in teams)


@db
def test_wie_geen_rol_heeft_of_niet_is_ingelogd_leest_niets(bezetting) -> None:
    zonder = maak_persoon("analist", naam="zonder")
    Rolvervulling.objects.filter(user=zonder).update(geldig_tot=timezone.localdate())
    for user in (User.objects.get(pk=zonder.pk), AnonymousUser()):
        assert not get_bezetting(user).exists()
        assert get_opgeteld(user, [Q1]) == []


@db
def test_een_filter_maakt_de_reikwijdte_nooit_groter(bezetting) -> None:
    chef = maak_persoon("districtschef", onderdeel="A")
    assert not get_bezetting(chef, onderdelen=["B1"]).exists()
    assert get_bezetting(chef, onderdelen=["A1", "B1"], kwartalen=[Q1]).count() == 1
    assert not get_bezetting(chef, kwartalen=[]).exists()
    assert not get_bezetting(chef, kwartalen=[Q1.vorige()]).exists()


@db
def test_alleen_vastgestelde_bezetting_telt(bezetting) -> None:
    Bezetting.objects.create(
        onderdeel=bezetting["A1"],
        jaar=2025,
        kwartaal=2,
        os=Decimal(1),
        nos=Decimal(1),
        ingevoerd_op="2025-07-01T00:00Z",
    )
    assert not get_bezetting(maak_persoon("analist"), kwartalen=[Q1.volgende()]).exists()


@db
def test_een_klein_getal_van_een_ander_is_verborgen_en_van_uzelf_niet(bezetting) -> None:
    per_rol = {
        rol: {rij.onderdeel: rij for rij in get_opgeteld(maak_persoon(rol, **waar), [Q1])}
        for rol, waar in (("analist", {}), ("rvo-lid", {}), ("districtschef", {"onderdeel": "A"}))
    }
    assert per_rol["analist"]["A"].cel("ziek").waarde == 3
    assert per_rol["rvo-lid"]["A"].cel("ziek").waarde is None
    assert "te herleiden" in per_rol["rvo-lid"]["A"].cel("ziek").verborgen
    assert per_rol["districtschef"]["A"].cel("ziek").waarde == 3
    # The unit's five minus the own three would be the two of the other district.
    assert per_rol["districtschef"]["RE07"].cel("ziek").waarde is None


@db
def test_wat_niet_is_gemeld_is_geen_nul(bezetting) -> None:
    leg_vast(bezetting["A1"], Q1.volgende(), ziek=None)
    rij = next(r for r in get_opgeteld(maak_persoon("analist"), [Q1.volgende()]) if r.onderdeel == "A")
    assert (rij.cel("ziek").waarde, rij.cel("ziek").verborgen, rij.cel("fte").waarde) == (None, "", Decimal(50))
    assert (rij.volledig, rij.onvolledig_tekst) == (False, "1 van 3 onderdelen")


@db
def test_half_gevuld_geeft_geen_deel_prijs(bezetting) -> None:
    """Not of the district, nor of the unit, nor of a district that is in: what must hide is known when all are."""
    leg_vast(bezetting["A1"], Q1.volgende(), os="123.4")
    for code in ("B1", "B2"):
        leg_vast(bezetting[code], Q1.volgende(), os="80")
    for lid in (maak_persoon("rvo-lid"), maak_persoon("portefeuillehouder", thema="x")):
        sommen = get_opgeteld(lid, [Q1.volgende()])
        assert {cel.waarde for som in sommen for cel in som.cellen.values()} == {None}
        assert all(cel.verborgen == NIET_VAN_ALLE for som in sommen for cel in som.cellen.values())
    chef = {som.onderdeel: som for som in get_opgeteld(maak_persoon("districtschef", onderdeel="A"), [Q1.volgende()])}
    assert (chef["A"].cel("os").waarde, chef["RE07"].cel("os").waarde) == (Decimal("123.4"), None)
    for code in ("A2", "A3"):
        leg_vast(bezetting[code], Q1.volgende(), os="80")
    rijen = {som.onderdeel: som for som in get_opgeteld(maak_persoon("rvo-lid", naam="ander"), [Q1.volgende()])}
    assert rijen["RE07"].cel("os").waarde == Decimal("443.4")


@db
def test_een_kolom_die_niet_elk_onderdeel_opgeeft_geeft_geen_deel_prijs(bezetting) -> None:
    for code in ("A1", "A2", "A3", "B1", "B2"):
        leg_vast(bezetting[code], Q1.volgende(), aspiranten=None if code == "A1" else 7)
    eenheid = next(som for som in get_opgeteld(maak_persoon("rvo-lid"), [Q1.volgende()]) if som.onderdeel == "RE07")
    assert (eenheid.cel("aspiranten").waarde, eenheid.cel("aspiranten").verborgen) == (None, NIET_VAN_ALLE)
    assert eenheid.cel("os").waarde == 200


@db
def test_het_besluit_hangt_niet_af_van_welke_kwartalen_u_vraagt(bezetting) -> None:
    user = maak_persoon("rvo-lid")
    for code in ("A1", "A2", "A3", "B1", "B2"):
        leg_vast(bezetting[code], Q1.volgende(), ziek=9)
    los = [rij for kwartaal in (Q1, Q1.volgende()) for rij in get_opgeteld(user, [kwartaal])]
    assert los == get_opgeteld(user, [Q1, Q1.volgende()])
    # Hidden in the first quarter, so hidden in the second: the difference would give it away.
    assert all(rij.cel("ziek").waarde is None for rij in los if rij.onderdeel == "A")


@db
def test_het_aantal_vragen_groeit_niet_met_kwartalen_of_districten(bezetting) -> None:
    def tel(kwartalen: list[Kwartaal]) -> int:
        user = User.objects.get(pk=maak_persoon("rvo-lid").pk)
        with CaptureQueriesContext(
            connection,
        ) as gevangen:
            get_opgeteld(user, kwartalen)
        return len(gevangen)

    eerst = tel([Q1])
    meer = maak_eenheid({f"X{n}": 2 for n in range(5)})
    maak_plan({code: o for code, o in meer.items() if code.startswith("X")})
    for code, onderdeel in meer.items():
        if code.startswith("X") and len(code) == 3:
            leg_vast(onderdeel, Q1.vorige())
    assert tel([Kwartaal.van_index(Q1.index - n) for n in range(20)]) == eerst == 7


@db
def test_de_database_telt_op_wat_er_per_onderdeel_is_gemeld() -> None:
    """Every column, with columns that some do not report, and of a district also what is no team."""
    toeval, onderdelen = Random(4), maak_eenheid({"A": 3, "B": 2, "C": 4})
    maak_plan(onderdelen)
    rijen = []
    for code, onderdeel in onderdelen.items():
        if onderdeel.soort != "eenheid":
            is_team = onderdeel.soort == "basisteam"
            velden = {
                naam: toeval.choice((None, toeval.randint(0, 99) / 10))
                for naam in ("aspiranten", "wijkagenten", "wijkagenten_expert", "ziek")
            }
            leg_vast(onderdeel, Q1, "basisteam" if is_team else "flexteam", os="40.25", **velden)
            rijen.append(
                somrij_van(code[0], Q1, is_team, {"os": Decimal("40.25"), "nos": Decimal(10)} | _exact(velden))
            )
    met_de_hand = tel_op(rijen, Lezerszicht("RE07", frozenset("ABC")))[Q1]
    for som in get_opgeteld(maak_persoon("analist"), [Q1]):
        assert som.gemeld == met_de_hand.rijen[som.onderdeel]
        gezien = {(som.onderdeel, *plek): (cel.waarde, cel.gemeld) for plek, cel in som.cellen.items()}
        assert gezien == {p: (w, met_de_hand.gemeld[p]) for p, w in met_de_hand.sommen.items() if p[0] == som.onderdeel}


def _exact(velden: dict[str, float | None]) -> dict[str, Decimal | None]:
    return {naam: None if waarde is None else Decimal(str(waarde)) for naam, waarde in velden.items()}


@db
def test_wie_een_plaats_vraagt_krijgt_daarvan_hetzelfde(bezetting) -> None:
    for user in (maak_persoon("rvo-lid"), maak_persoon("districtschef", onderdeel="A"), maak_persoon("analist")):
        alles = get_opgeteld(user, [Q1])
        for plaats in ("A", "B", "RE07", "X"):
            assert get_opgeteld(user, [Q1], [plaats]) == [som for som in alles if som.onderdeel == plaats]
