"""Every form of steering, every field of it in turn with what cannot be, as each role finds it on the page.

No answer breaks, quotes what was sent as markup or speaks English; a refusal names a field, keeps what was typed in
the others and changes nothing. What another role may not do changes nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from common.models import AuditEvent
from tests.boom import Knoop, lees
from tests.integration.site import als, maak_site
from tests.pagina import Pagina
from tests.rechten import ROLLEN, ROUTES

pytestmark = pytest.mark.django_db
NU = datetime(2025, 11, 24, 12, tzinfo=UTC)
LEZERS = [rol for rol in ROLLEN if rol != "anoniem"]
PAGINAS = (
    *("indicator_duiding", "ambitie", "gebeurtenissen", "koppelingen", "planactiviteit_nieuw", "planactiviteit"),
    *("overleggen", "overleg", "vraag_stellen", "vraag", "actie", "sinds", "volgen", "thema", "vaststellen"),
)
KWAAD = {
    "nul": "a\x00b",
    "cijfers": "9" * 5000,
    "opmaak": "\u202e<script>alert(7)</script>",
    "leeg": "",
    "lang": "x" * 10_001,
    "dag": "2026-02-30",
    "laat": "9999-12-31",
    "vroeg": "0000-01-01",
    "arabisch": "١٢",
    "min": "-1",
    "macht": "²",
    "vreemd": "424242",
    "bigint": "9223372036854775807",
    "regels": "a\r\nb\u2028c",
}
IN_DE_SUITE = {
    ("portefeuillehouder", "nul"),
    ("programmadirecteur", "cijfers"),
    ("rvo-lid", "opmaak"),
    ("analist", "regels"),
}
VAAK = ("nul", "cijfers")
ENGELS = re.compile(r"\b(This field|Enter a|Select a|Ensure this|is required|valid choice|Null characters|Traceback)\b")
TERUG_NAAR_TYPEN = ("kies", "meer")  # nothing is judged yet: the form comes back with more to fill in
VANZELF = ("handeling", "actie", "wie", "csrfmiddlewaretoken")


class Formulier(NamedTuple):
    """Where it goes, and what it sends when something is filled in everywhere."""

    adres: str
    velden: dict[str, list[str]]


@pytest.fixture(autouse=True)
def _wereld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NU)
    maak_site()


def formulieren(client: Client, adres: str) -> Iterator[Formulier]:
    """One for each button that says what it does."""
    antwoord = client.get(adres)
    knopen = list(lees(antwoord.content.decode()).alle()) if antwoord.status_code == 200 else []
    for formulier in (k for k in knopen if k.naam == "form" and k["method"].lower() == "post"):
        eigen = [k for k in knopen if k["name"] and _is_van(k, formulier)]
        velden = _gevuld([k for k in eigen if k.naam in ("input", "select", "textarea")])
        knoppen = [{k["name"]: [k["value"]]} for k in eigen if k.naam == "button" and k["name"] not in TERUG_NAAR_TYPEN]
        if "/uitloggen/" not in formulier["action"]:
            for knop in knoppen or [{}]:
                yield Formulier(urljoin(adres, formulier["action"].split("#")[0] or adres), velden | knop)


def _is_van(veld: Knoop, formulier: Knoop) -> bool:
    return veld["form"] == formulier["id"] if veld["form"] else formulier in list(veld.voorouders)


def _gevuld(velden: list[Knoop]) -> dict[str, list[str]]:
    gevuld: dict[str, list[str]] = {}
    for veld in velden:
        naam, soort = veld["name"], veld["type"] or veld.naam
        if soort == "select":
            gevuld[naam] = [o["value"] for o in veld.alle() if o.naam == "option" and o["value"]][-1:]
        elif soort in ("checkbox", "radio"):
            gevuld[naam] = [veld["value"]]
        elif soort != "file":
            waarde = "".join(map(str, veld.kinderen)) if soort == "textarea" else veld["value"]
            gevuld[naam] = [waarde or ("2025-11-28" if soort == "date" else f"Tekst van {naam}")]
    return gevuld


def _gedaan() -> int:
    """How much was done, as the trail tells: nothing of steering changes without it."""
    return AuditEvent.objects.exclude(handeling="geweigerd").count()


def stuur(client: Client, adres: str, velden: dict[str, list[str]]) -> tuple[int, str, bool]:
    """The status, the page and whether anything changed; nothing of it stays."""
    voor = _gedaan()
    with transaction.atomic():
        antwoord = client.post(adres, velden)
        anders = _gedaan() != voor
        transaction.set_rollback(True)
    return antwoord.status_code, antwoord.content.decode(), anders


def _bezwaren(status: int, html: str, anders: bool, velden: dict[str, list[str]], kwaad: str) -> Iterator[str]:
    if status >= 500 or status == 200:
        yield f"{status}"
    pagina = Pagina.van(html)
    if "<script>alert(7)" in html:
        yield "opmaak"
    if engels := ENGELS.search(pagina.tekst):
        yield f"Engels: {engels[0]}"
    if status not in (400, 409):
        return
    if anders:
        yield "geweigerd en toch gewijzigd"
    staat = {(veld.naam, veld.waarde.replace("\r", "")) for veld in pagina.velden if veld.gaat_mee}
    kwijt = [n for n, ww in velden.items() for w in ww if n not in (*VANZELF, kwaad) and (n, w) not in staat and w]
    yield from (f"kwijt: {naam}" for naam in kwijt if "gezien" not in naam)
    if not any(veld.is_fout for veld in pagina.velden) and "melding" not in html and "uitleg" not in html:
        yield "geen zin"


def _met(formulier: Formulier, naam: str, soort: str) -> dict[str, list[str]]:
    return formulier.velden | {naam: [KWAAD[soort]]}


@pytest.mark.parametrize(
    ("rol", "soort"),
    [
        pytest.param(rol, soort, marks=[] if (rol, soort) in IN_DE_SUITE else pytest.mark.chaos)
        for rol in LEZERS
        for soort in KWAAD
    ],
)
def test_een_veld_met_wat_niet_kan(rol: str, soort: str) -> None:
    client = als(rol)
    fouten = [
        f"{formulier.adres} {formulier.velden.get('handeling', '')} {naam}: {bezwaar}"
        for pagina in PAGINAS
        for formulier in formulieren(client, ROUTES[pagina].adres)
        for naam in formulier.velden
        if naam not in VANZELF
        for bezwaar in _bezwaren(*stuur(client, formulier.adres, _met(formulier, naam, soort)), formulier.velden, naam)
    ]
    assert fouten == []


def _handeling(formulier: Formulier) -> tuple[str, ...]:
    """Where it goes and what it asks to do there: a button, or else the names of what is typed."""
    doet = formulier.velden.get("handeling") or formulier.velden.get("actie") or sorted(formulier.velden)
    return formulier.adres, *doet


def _per_handeling(client: Client) -> dict[tuple[str, ...], Formulier]:
    return {_handeling(f): f for naam in PAGINAS for f in formulieren(client, ROUTES[naam].adres)}


@pytest.mark.parametrize(
    "rol", [pytest.param(r, marks=[] if r in ("anoniem", "vaststeller") else pytest.mark.chaos) for r in ROLLEN]
)
def test_wie_een_formulier_niet_krijgt_wijzigt_er_niets_mee(rol: str) -> None:
    """Everything that those who steer may send, sent by who has no such form."""
    client, sturen = als(rol), [een for een in ("programmadirecteur", "portefeuillehouder", "rvo-lid") if een != rol]
    alle = {wat: formulier for een in sturen for wat, formulier in _per_handeling(als(een)).items()}
    eigen = _per_handeling(client)
    assert len(alle) > len(PAGINAS)
    assert [wat for wat, f in alle.items() if wat not in eigen and stuur(client, f.adres, f.velden)[2]] == []


def test_zonder_het_merk_van_het_formulier_gebeurt_er_niets() -> None:
    client, streng = als("programmadirecteur"), Client(enforce_csrf_checks=True)
    streng.cookies = client.cookies
    alle = _per_handeling(client).values()
    zonder = [f._replace(velden={n: w for n, w in f.velden.items() if n != "csrfmiddlewaretoken"}) for f in alle]
    assert {stuur(streng, f.adres, f.velden)[::2] for f in zonder} == {(403, False)}


@pytest.mark.parametrize("bij", ["indicator:a%00b", "ambitie:%00/1", "activiteit:²"])
def test_een_naam_die_geen_tekst_kan_zijn_bestaat_niet(bij: str) -> None:
    assert als("rvo-lid").get(f"/vragen/nieuw/?bij={bij}").status_code == 404


@pytest.mark.parametrize("actie", ["volg", "stop"])
def test_volgen_kan_alleen_wat_er_is_en_een_handeling_die_er_is(actie: str) -> None:
    client = als("rvo-lid")
    for soort, sleutel, anders, status in (
        ("indicator", "a\x00b", {}, 404),
        ("activiteit", "9" * 5000, {}, 302),
        ("indicator", "proef", {"actie": "onzin"}, 400),
    ):
        velden = {"soort": [soort], "sleutel": [sleutel], "actie": [actie]} | {n: [w] for n, w in anders.items()}
        assert stuur(client, "/volgen/", velden)[::2] == (status, False)


VRAGEN = {
    "indicator_duiding": ("kwartaal", "peildatum", "onderdeel"),
    "ladder": ("kwartaal", "peildatum", "_export", "sort"),
    "ambitie": ("peildatum", "kwartaal"),
    "gebeurtenissen": ("indicator", "soort", "jaar", "intrek", "peildatum", "_export", "sort"),
    "doelenboom": ("vorm", "open", "kwartaal", "peildatum", "_export"),
    "koppelingen": ("voorstel", "vervalt"),
    "jaarplan": ("peildatum",),
    "jaarplan_jaar": ("thema", "status", "eigenaar", "peildatum", "_export", "sort"),
    "planactiviteit_nieuw": ("hoofdlijn", "peildatum"),
    "planactiviteit": ("peildatum",),
    "acties": ("toon", "wie", "_export", "sort"),
    "sinds": ("van", "tot", "keuze", "_export", "sort"),
    **{f"api:{naam}": ("jaar", "bladzijde", "van") for naam in ("planactiviteiten", "wijzigingen", "vragen")},
}


@pytest.mark.parametrize("soort", [pytest.param(s, marks=[] if s in VAAK else pytest.mark.chaos) for s in KWAAD])
def test_een_adres_met_wat_niet_kan(soort: str) -> None:
    client, fouten = als("programmadirecteur"), []
    for naam, vraag in ((naam, vraag) for naam, vragen in VRAGEN.items() for vraag in vragen):
        antwoord = client.get(ROUTES[naam].adres, {vraag: [KWAAD[soort], "2"]}, follow=True)
        html = b"".join(antwoord).decode("utf-8-sig", "replace")
        if antwoord.status_code not in (200, 400, 404) or "<script>alert(7)" in html or ENGELS.search(html):
            fouten.append((naam, vraag, antwoord.status_code))
    assert fouten == []
