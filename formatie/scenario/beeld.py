"""The outcome of a thought as its page shows it: a sentence, the gap before and after, and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.grafiek.beeld import Beeld
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.getallen import toon
from formatie.bezetting.sommen import NORM_BEZET, NORM_INWONERS, Stand
from formatie.grafiek import Plaats, bezetbeeld, met_plus, puntenzin
from formatie.models import Inwonertal
from formatie.scenario.doorrekenen import Doorrekening, Kwartaalstand
from formatie.scenario.selectors import Uitgangspunt
from formatie.scenario.verschuiving import Verschuiving, Wat
from formatie.scenario.zinnen import uitkomstzin, uitlegzin

_ONBEKEND = "niet bekend"


@dataclass(frozen=True)
class Teamrij:
    """A team at the start and at the end of the scenario."""

    naam: str
    nu: Kwartaalstand
    dan: Kwartaalstand
    rijklasse: str = ""
    reden: str = _ONBEKEND


@dataclass(frozen=True)
class Kwartaalrij:
    """All teams together at the end of one quarter."""

    stand: Kwartaalstand
    per_wijkagent: Decimal | None
    rijklasse: str = ""
    reden: str = _ONBEKEND

    @property
    def periode(self) -> str:
        return self.stand.kwartaal.leesbaar

    @property
    def norm(self) -> str:
        """Against 97% of the places, in words: it is a thought, so no verdict."""
        if self.stand.bezet is None:
            return _ONBEKEND
        return "haalt 97%" if self.stand.bezet >= NORM_BEZET else "haalt 97% niet"


class Aantal(Getalkolom):
    """In fte or per cent, to a tenth."""

    def __init__(self, kop: str, veld: str) -> None:
        super().__init__(verbose_name=kop, accessor=veld, decimalen=1, reden="reden", orderable=False)


class Verschil(Aantal):
    """People minus places, with its sign."""

    def in_tekst(self, waarde: Decimal, record: Any) -> str:
        return met_plus(waarde)


class Teamtabel(Tabel):
    """The teams, now and at the end."""

    naam = "teams"
    exporteerbaar = False

    naam_ = Tekstkolom(verbose_name="Basisteam", accessor="naam", rijkop=True, orderable=False)
    verschil_nu = Verschil("Verschil nu", "nu__verschil")
    verschil_dan = Verschil("Verschil dan", "dan__verschil")
    plaatsen_nu = Aantal("Plaatsen nu", "nu__plaatsen")
    plaatsen = Aantal("Plaatsen dan", "dan__plaatsen")
    mensen_nu = Aantal("Mensen nu", "nu__mensen")
    mensen = Aantal("Mensen dan", "dan__mensen")
    bezet_nu = Aantal("Wijkagenten nu (%)", "nu__bezet")
    bezet_dan = Aantal("Wijkagenten dan (%)", "dan__bezet")


class Kwartaaltabel(Tabel):
    """All teams together, quarter by quarter."""

    naam = "kwartalen"
    exporteerbaar = False

    periode = Tekstkolom(verbose_name="Kwartaal", rijkop=True, orderable=False)
    verschil = Verschil("Verschil", "stand__verschil")
    plaatsen = Aantal("Plaatsen", "stand__plaatsen")
    mensen = Aantal("Mensen", "stand__mensen")
    wijkagenten = Aantal("Wijkagenten", "stand__wijkagenten")
    bezet = Aantal("Bezet (%)", "stand__bezet")
    norm = Tekstkolom(verbose_name="Tegenover 97%", orderable=False)
    per_wijkagent = Getalkolom(verbose_name="Inwoners per wijkagent", orderable=False)


@dataclass(frozen=True)
class Gevolg:
    """``kwartalen`` is the course, only of a thought over more than one quarter."""

    zin: str
    uitleg: str
    gat: Beeld
    teams: Teamtabel
    norm: str
    kwartalen: Kwartaaltabel | None = None


def maak_gevolg(
    uitkomst: Doorrekening, wat: Wat | None, verschuivingen: Sequence[Verschuiving], inwoners: Inwonertal | None
) -> Gevolg:
    rijen = [Teamrij(standen[0].naam, standen[0], standen[-1]) for standen in uitkomst.teams.values()]
    totaal = Teamrij("Alle basisteams", uitkomst.district[0], uitkomst.district[-1], "totaal")
    return Gevolg(
        uitkomstzin(uitkomst, wat, verschuivingen),
        uitlegzin(uitkomst, wat),
        _gat_daarna(rijen),
        Teamtabel(
            rijen, totalen=[totaal], titel=f"Per basisteam: nu en eind {uitkomst.kwartalen[-1].leesbaar}, in fte"
        ),
        _norm(inwoners),
        _kwartaaltabel(uitkomst, inwoners) if len(uitkomst.kwartalen) > 2 else None,
    )


def gat_nu(uitgang: Uitgangspunt) -> Beeld:
    """The gap of each team before anything changes."""
    plaatsen = [Plaats(team.naam, Stand(team.plaatsen, team.mensen), reden=_ONBEKEND) for team in uitgang.teams]
    zin = puntenzin([(plaats.naam, plaats.stand) for plaats in plaatsen])
    return bezetbeeld(plaatsen, naam="Het verschil per team", titel=f"Nu: {zin[:1].lower()}{zin[1:]}")


def _gat_daarna(rijen: Sequence[Teamrij]) -> Beeld:
    """A full dot after the change, and the hollow one of before."""
    plaatsen = [Plaats(rij.naam, _stand(rij.dan), _stand(rij.nu), reden=_ONBEKEND) for rij in rijen]
    zin = puntenzin([(plaats.naam, plaats.stand) for plaats in plaatsen])
    titel = f"Daarna: {zin[:1].lower()}{zin[1:]}"
    return bezetbeeld(plaatsen, naam="Het verschil per team", titel=titel, eerder="nu")


def _stand(stand: Kwartaalstand) -> Stand:
    return Stand(stand.plaatsen, stand.mensen)


def _kwartaaltabel(uitkomst: Doorrekening, inwoners: Inwonertal | None) -> Kwartaaltabel:
    rijen = [Kwartaalrij(s, inwoners.per(s.wijkagenten) if inwoners else None) for s in uitkomst.district]
    zonder = () if inwoners else ("per_wijkagent",)  # the sentence below says why
    return Kwartaaltabel(rijen, titel="Alle basisteams samen, per kwartaal, in fte", exclude=zonder)


def _norm(inwoners: Inwonertal | None) -> str:
    norm = f"De norm van 1 wijkagent op {toon(Decimal(NORM_INWONERS), 0)} inwoners geldt gemiddeld over de eenheid."
    if inwoners is None:
        return f"Hoeveel inwoners dit district heeft is niet bekend; daarom staat dat getal hier niet. {norm}"
    return f"Gerekend met {toon(Decimal(inwoners.aantal), 0)} inwoners op {inwoners.peildatum:%d-%m-%Y}. {norm}"
