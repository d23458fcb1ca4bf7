"""The entry measured: the grid of 20 × 25 against a bare page, 500 cells saved against a bare insert of 500 rows.

And how long it takes from the answer that a value is approved until the API gives the new verdict, with one worker.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import time
from dataclasses import dataclass, replace
from typing import Any

from bench.kladdatabase import kladdatabase
from bench.paginas import koekje_van, webserver, worker
from bench.regel import Regel

KOP = "p50, rooster van 20 × 25"
KEREN = 15
JAAR, KWARTAAL = 2026, 3
PAD = f"/invoer/{JAAR}-Q{KWARTAAL}/"
CSRF = "a" * 32
GRENS_OPENEN = 20.0  # times a bare page with log-in of some 5 ms: 100 ms
GRENS_BEWAREN = 25.0  # times a bare insert of some 40 ms: 1 s
GRENS_OORDEEL = 100.0  # times a bare page: half a second


@dataclass(frozen=True)
class Rooster:
    """How many indicators and teams it asks values of, and how often each thing is measured."""

    indicatoren: int
    teams: int
    keren: int

    @property
    def cellen(self) -> int:
        return self.indicatoren * self.teams


GROOT, PROEF = Rooster(20, 25, KEREN), Rooster(4, 5, 2)


def meet(*, kort: bool) -> list[Regel]:
    """The grid against a bare page and bare rows; RuntimeError when not every cell was there, or saved."""
    rooster = PROEF if kort else GROOT
    with kladdatabase():
        analist, vaststeller, keuzes = _vul(rooster)
        with webserver() as poort, worker():
            bezoeker = Bezoeker(poort, analist)
            kaal, openen = _openen(bezoeker, rooster)
            bewaren = _bewaren(bezoeker, rooster)
            return [openen, bewaren, _na_vaststellen(Bezoeker(poort, vaststeller), keuzes, kaal)]


class Bezoeker:
    def __init__(self, poort: int, koekje: str) -> None:
        self.verbinding = http.client.HTTPConnection("127.0.0.1", poort)
        self.koppen = {"Cookie": f"{koekje}; csrftoken={CSRF}", "Host": "localhost", "X-CSRFToken": CSRF}

    def vraag(self, pad: str, inhoud: str | None = None, soort: str = "application/json") -> tuple[float, str]:
        """Seconds until the whole answer was there, and its text."""
        koppen = self.koppen | ({"Content-Type": soort} if inhoud else {})
        begin = time.perf_counter()
        self.verbinding.request("POST" if inhoud else "GET", pad, inhoud, koppen)
        antwoord = self.verbinding.getresponse()
        tekst = antwoord.read().decode()
        duur = time.perf_counter() - begin
        if antwoord.status not in (200, 302):
            raise RuntimeError(f"{pad}: {antwoord.status}")
        return duur, tekst


def _vul(rooster: Rooster) -> tuple[str, str, list[tuple[str, str]]]:
    """Three years of values and an empty quarter; two cookies, and values of a year before that wait for approval."""
    from accounts.models import Rolvervulling, User
    from bench import gegevens
    from formatie.models import Onderdeel
    from monitor.models import Indicator, Meting
    from monitor.rekenen.herberekenen import herbereken

    gegevens.maak(replace(gegevens.S, districten=1, teams=rooster.teams, indicatoren=rooster.indicatoren))
    Onderdeel.objects.filter(soort="eenheid").update(code="RE07")  # the bare page asks for it
    Indicator.objects.update(herkomst=Indicator.Herkomst.INVOER)
    Meting.objects.filter(jaar=JAAR, kwartaal=KWARTAAL).delete()
    herbereken()
    personen = {}
    for rol in ("analist", "vaststeller"):
        personen[rol] = User.objects.get(username=rol)
        Rolvervulling.objects.create(user=personen[rol], rol=rol)
    keuzes = _laat_wachten(personen["analist"], personen["vaststeller"], rooster.keren)
    return koekje_van(personen["analist"]), koekje_van(personen["vaststeller"]), keuzes


def _laat_wachten(analist: Any, vaststeller: Any, aantal: int) -> list[tuple[str, str]]:
    """Corrections of a count; per value the choice of the form, and the address where its verdict is read."""
    from decimal import Decimal

    from formatie.models import Onderdeel
    from monitor.invoer.meting.services import dien_in
    from monitor.invoer.regels.waarneming import Waarneming
    from monitor.invoer.vaststellen.selectors import get_te_besluiten, keuze_van
    from monitor.invoer.vaststellen.soorten import METING

    leeg = dict.fromkeys(("teller", "noemer", "marge", "meetdatum"))
    teams = Onderdeel.objects.filter(soort="basisteam").values_list("code", flat=True)[:aantal]
    dien_in(
        [
            Waarneming(
                rij=rij, indicator="i0", onderdeel=team, jaar=JAAR, kwartaal=2, waarde=Decimal(1000 + rij),
                onbekend=False, status="definitief", toelichting="Nageteld.", **leeg,
            )
            for rij, team in enumerate(teams)
        ],
        door=analist,
        herkomst="bench",
        reden="Nageteld.",
    )  # fmt: skip
    wachtend = get_te_besluiten(METING, vaststeller)
    adres = f"/api/v1/doelbereik?indicator=i0&jaar={JAAR}&kwartaal=2&onderdeel="
    return [(keuze_van(METING, m), f"{adres}{m.onderdeel.code}") for m in wachtend]


def _openen(bezoeker: Bezoeker, rooster: Rooster) -> tuple[float, Regel]:
    """Seconds of the bare page, and the line of the grid."""
    paren = [(bezoeker.vraag("/kaal/")[0], bezoeker.vraag(PAD)[0]) for _ in range(rooster.keren + 3)][3:]
    kaal, geopend = (statistics.median(tijden) for tijden in zip(*paren, strict=True))
    naam = f"openen ({1000 * geopend:.0f} ms) tegen een kale pagina ({1000 * kaal:.1f} ms)"
    return kaal, Regel(naam, geopend / kaal, "×", GRENS_OPENEN)


def _bewaren(bezoeker: Bezoeker, rooster: Rooster) -> Regel:
    """Every cell typed anew each time, as the script sends them."""
    _, pagina = bezoeker.vraag(PAD)
    # A survey is asked for above its level too: a few cells more.
    tokens = dict(re.findall(r'name="([^"]+):versie" value="([^"]+)"', pagina)[: rooster.cellen])
    if len(tokens) != rooster.cellen:
        raise RuntimeError(f"{len(tokens)} cells instead of {rooster.cellen}")
    paren = []
    for keer in range(rooster.keren):
        duur, tokens = _bewaar(bezoeker, tokens, keer)
        paren.append((_kale_invoeging(), duur))
    kaal, bewaard = (statistics.median(tijden) for tijden in zip(*paren, strict=True))
    naam = f"{rooster.cellen} cellen bewaren ({1000 * bewaard:.0f} ms) tegen rijen invoegen ({1000 * kaal:.0f} ms)"
    return Regel(naam, bewaard / kaal, "×", GRENS_BEWAREN)


def _bewaar(bezoeker: Bezoeker, tokens: dict[str, str], keer: int) -> tuple[float, dict[str, str]]:
    """Seconds until all was answered, and the tokens of the cells as they are now."""
    rijen = [
        {"plek": plek, "cellen": {"waarde": str(20 + keer), "teller": "", "noemer": ""}, "versie": token}
        for plek, token in tokens.items()
    ]
    duur, tekst = bezoeker.vraag(f"{PAD}bewaar/", json.dumps({"rijen": rijen}))
    antwoorden = json.loads(tekst)["rijen"]
    if len(antwoorden) != len(tokens) or not all(rij["veilig"] for rij in antwoorden):
        raise RuntimeError("not every cell was saved")
    return duur, {rij["plek"]: rij["token"] for rij in antwoorden}


def _kale_invoeging() -> float:
    """As many rows for a year that nobody looks at, in one transaction."""
    from accounts.models import User
    from formatie.models import Onderdeel
    from monitor.models import Concept, Indicator

    wie = User.objects.first()
    teams = list(Onderdeel.objects.filter(soort="basisteam"))
    rijen = [
        Concept(indicator=i, onderdeel=o, jaar=2001, kwartaal=1, cellen={"waarde": "20"}, door=wie)
        for i in Indicator.objects.all()
        for o in teams
    ]
    begin = time.perf_counter()
    Concept.objects.bulk_create(rijen)
    duur = time.perf_counter() - begin
    Concept.objects.filter(jaar=2001).delete()
    return duur


def _na_vaststellen(bezoeker: Bezoeker, keuzes: list[tuple[str, str]], kaal: float) -> Regel:
    """From the answer to the approver until the API gives another verdict for that value."""
    tijden = []
    for keuze, adres in keuzes:
        voor = bezoeker.vraag(adres)[1]
        vorm = f"besluit=vaststellen&keuze={keuze.replace(':', '%3A')}"
        bezoeker.vraag("/vaststellen/", vorm, "application/x-www-form-urlencoded")
        begin = time.perf_counter()
        while _waarden(bezoeker.vraag(adres)[1]) == _waarden(voor):
            if time.perf_counter() - begin > 60:
                raise RuntimeError("the verdict did not follow")
            time.sleep(0.005)
        tijden.append(time.perf_counter() - begin)
    duur = statistics.median(tijden)
    naam = f"van vastgesteld tot het oordeel in de API ({1000 * duur:.0f} ms) tegen een kale pagina"
    return Regel(naam, duur / kaal, "×", GRENS_OORDEEL)


def _waarden(tekst: str) -> list[Any]:
    return [rij["waarde"] for rij in json.loads(tekst)["resultaten"]]
