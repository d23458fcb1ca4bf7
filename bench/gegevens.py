"""Generated measurements, the same for the same seed: set S is one unit, set M the country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
from django.db import connection

from accounts.models import User
from formatie.models import Onderdeel
from monitor.models import Doelstelling, Indicator
from monitor.rekenen import kopie
from monitor.rekenen.opslag import psycopg_verbinding
from monitor.rekenen.regels.getalreeks import LEEG, SCHAAL

VANDAAG = date(2026, 11, 23)
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
LAATSTE = (2026, 3)  # the last quarter with values


@dataclass(frozen=True)
class Maat:
    """How large a set is."""

    naam: str
    eenheden: int
    districten: int
    teams: int
    indicatoren: int
    eerste_jaar: int


S = Maat("S", 1, 7, 18, 20, 2023)
M = Maat("M", 10, 43, 168, 50, 2015)
PROEF = Maat("proef", 2, 4, 9, 20, 2021)

# aggregation, kind of target, expectation; a set takes them in turn
VORMEN = (
    ("som", "jaarvolume", "lineair"),
    ("verhouding", "minimum", "lineair"),
    ("stand", "minimum", "lineair"),
    ("verhouding", "maximum", "lineair"),
    ("som", "jaarvolume", "seizoen"),
    ("verhouding", "minimum", "lineair"),
    ("enquete", "verbetering", "lineair"),
    ("som", "jaarvolume", "lineair"),
    ("verhouding", "verbetering", "lineair"),
    ("som", "onbekend", "lineair"),
    ("stand", "monitoring", "lineair"),
    ("som", "jaarvolume", "stap"),
    ("som", None, "lineair"),
)


def maak(maat: Maat, zaad: int = 1) -> int:
    """Fill the empty tables of this database; gives the number of values."""
    teams = _organisatie(maat)
    indicatoren = [_indicator(nummer, maat) for nummer in range(maat.indicatoren)]
    return _metingen(maat, indicatoren, teams, np.random.default_rng(zaad))


def _organisatie(maat: Maat) -> list[int]:
    korps = Onderdeel.objects.create(code="NL", naam="Korps", soort="korps")
    eenheden = [_onder("E", nummer, "eenheid", korps) for nummer in range(maat.eenheden)]
    districten = [_onder("D", n, "district", eenheden[n % maat.eenheden]) for n in range(maat.districten)]
    return [_onder("T", n, "basisteam", districten[n % maat.districten]).pk for n in range(maat.teams)]


def _onder(letter: str, nummer: int, soort: str, ouder: Onderdeel) -> Onderdeel:
    return Onderdeel.objects.create(code=f"{letter}{nummer}", naam=f"{soort} {nummer}", soort=soort, ouder=ouder)


def _indicator(nummer: int, maat: Maat) -> Indicator:
    aggregatie, soort, verwachting = VORMEN[nummer % len(VORMEN)]
    indicator = Indicator.objects.create(
        code=f"i{nummer}", naam=f"Indicator {nummer}", definitie="-", telregel="-", bron="-", herkomst="import",
        eenheid="%" if aggregatie in ("verhouding", "enquete") else "stuks", decimalen=1, aggregatie=aggregatie,
        richting="lager" if soort == "maximum" else "hoger", frequentie="kwartaal", niveau="basisteam",
        verwachting=verwachting, stap_kwartaal=2 if verwachting == "stap" else None, volgorde=nummer,
    )  # fmt: skip
    if soort:
        Doelstelling.objects.bulk_create(_doelen(indicator, soort, maat))
    return indicator


def _doelen(indicator: Indicator, soort: str, maat: Maat) -> list[Doelstelling]:
    """A norm for the whole country; a year volume for the country, its units and its districts."""
    plekken = (
        Onderdeel.objects.exclude(soort="basisteam") if soort == "jaarvolume" else Onderdeel.objects.filter(ouder=None)
    )
    hoogte = {"jaarvolume": 100 * maat.teams // maat.districten, "minimum": 70, "maximum": 60}.get(soort)
    return [
        Doelstelling(
            indicator=indicator, onderdeel=onderdeel, jaar=jaar, soort=soort, besluit="besluit", orgaan="orgaan",
            streefwaarde=None if hoogte is None else Decimal(hoogte),
            marge=Decimal(10) if soort == "jaarvolume" else Decimal(2),
            geldig_vanaf=date(jaar, 1, 1), staat="vastgesteld", ingevoerd_op=MOMENT, vastgesteld_op=MOMENT,
        )
        for onderdeel in plekken for jaar in range(maat.eerste_jaar, 2027)
    ]  # fmt: skip


def _metingen(maat: Maat, indicatoren: list[Indicator], teams: list[int], toeval: np.random.Generator) -> int:
    """Nearly all quarters of every team, by raw COPY: about 1 in 100 is missing, 1 in 50 provisional."""
    kwartalen = [(j, q) for j in range(maat.eerste_jaar, 2027) for q in range(1, 5) if (j, q) <= LAATSTE]
    i, team, periode = (as_.ravel() for as_ in np.meshgrid(
        np.arange(len(indicatoren)), np.array(teams), np.arange(len(kwartalen)), indexing="ij"
    ))  # fmt: skip
    er = toeval.random(len(i)) > 0.01
    i, team, periode = i[er], team[er], periode[er]
    aantal = len(i)
    verhouding = np.array([x.aggregatie == "verhouding" for x in indicatoren])[i]
    enquete = np.array([x.aggregatie == "enquete" for x in indicatoren])[i]
    nb = toeval.random(aantal) < 0.002
    waarde = toeval.poisson(np.where(enquete, 50, 26), aantal) * SCHAAL + toeval.integers(0, 2, aantal) * SCHAAL // 2
    noemer = toeval.integers(0, 200, aantal)
    teller = np.minimum(noemer, toeval.binomial(noemer, 0.7))
    gebruikers = [User.objects.create_user(naam).pk for naam in ("analist", "vaststeller")]
    moment = int(MOMENT.timestamp() - datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
    jaren = np.array(kwartalen)

    def vast(getal: int) -> np.ndarray:
        return np.full(aantal, getal)

    kolommen = [
        ("indicator_id", "i8", np.array([x.pk for x in indicatoren])[i]),
        ("onderdeel_id", "i8", team),
        ("jaar", "i2", jaren[periode, 0]),
        ("kwartaal", "i2", jaren[periode, 1]),
        ("waarde", "numeric4", np.where(nb | verhouding, LEEG, waarde)),
        ("teller", "numeric4", np.where(verhouding & ~nb, teller * SCHAAL, LEEG)),
        ("noemer", "numeric4", np.where(verhouding & ~nb, noemer * SCHAAL, LEEG)),
        ("marge", "numeric4", np.where(enquete & ~nb, 3 * SCHAAL, LEEG)),
        ("onbekend", "?", nb),
        ("status", "naam", (toeval.random(aantal) < 0.02).astype(np.int64)),
        ("staat", "naam", vast(0)),
        *((kolom, "naam", vast(0)) for kolom in ("toelichting", "afkeurreden", "vervangreden")),
        ("demo", "?", np.ones(aantal, bool)),
        ("ingevoerd_door_id", "i8", vast(gebruikers[0])),
        ("vastgesteld_door_id", "i8", vast(gebruikers[1])),
        ("ingevoerd_op", "i8", vast(moment)),
        ("vastgesteld_op", "i8", vast(moment)),
    ]
    namen = {"status": [b"definitief", b"voorlopig"], "staat": [b"vastgesteld"]}
    namen |= {kolom: [b""] for kolom in ("toelichting", "afkeurreden", "vervangreden")}
    opdracht = f"COPY monitor_meting ({', '.join(naam for naam, *_ in kolommen)}) FROM STDIN (FORMAT binary)"
    with psycopg_verbinding().cursor() as cursor, cursor.copy(opdracht) as stroom:
        kopie.schrijf_kolommen(stroom, kolommen, namen)
    with connection.cursor() as analyse:
        analyse.execute("ANALYZE")
    return aantal
