"""The outcome of a scenario as its page shows it: sentences, rows of tables, small drawings of the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.grafiek.reekstekening import vonk
from common.grafiek.svg import veilig
from common.grafiek.tekening import Tekening
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.cijfers import fte_in_woorden, procent
from common.tekst.getallen import toon
from formatie.bezetting.sommen import NORM_BEZET, NORM_INWONERS
from formatie.models import Inwonertal
from formatie.scenario.doorrekenen import Doorrekening, Kwartaalstand

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


class Teamtabel(Tabel):
    """The teams, now and at the end."""

    naam = "teams"
    exporteerbaar = False

    naam_ = Tekstkolom(verbose_name="Basisteam", accessor="naam", rijkop=True, orderable=False)
    plaatsen = Getalkolom(verbose_name="Plaatsen dan", accessor="dan__plaatsen", decimalen=1, orderable=False)
    mensen = Getalkolom(verbose_name="Mensen dan", accessor="dan__mensen", decimalen=1, orderable=False)
    verschil_nu = Getalkolom(verbose_name="Verschil nu", accessor="nu__verschil", decimalen=1, orderable=False)
    verschil_dan = Getalkolom(verbose_name="Verschil dan", accessor="dan__verschil", decimalen=1, orderable=False)
    bezet_nu = Getalkolom(verbose_name="Wijkagenten nu (%)", accessor="nu__bezet", decimalen=1, orderable=False)
    bezet_dan = Getalkolom(verbose_name="Wijkagenten dan (%)", accessor="dan__bezet", decimalen=1, orderable=False)


class Kwartaaltabel(Tabel):
    """All teams together, quarter by quarter."""

    naam = "kwartalen"
    exporteerbaar = False

    periode = Tekstkolom(verbose_name="Kwartaal", rijkop=True, orderable=False)
    plaatsen = Getalkolom(verbose_name="Plaatsen", accessor="stand__plaatsen", decimalen=1, orderable=False)
    mensen = Getalkolom(verbose_name="Mensen", accessor="stand__mensen", decimalen=1, orderable=False)
    verschil = Getalkolom(verbose_name="Verschil", accessor="stand__verschil", decimalen=1, orderable=False)
    wijkagenten = Getalkolom(verbose_name="Wijkagenten", accessor="stand__wijkagenten", decimalen=1, orderable=False)
    bezet = Getalkolom(verbose_name="Bezet (%)", accessor="stand__bezet", decimalen=1, orderable=False)
    norm = Tekstkolom(verbose_name="Tegenover 97%", orderable=False)
    per_wijkagent = Getalkolom(verbose_name="Inwoners per wijkagent", orderable=False)


@dataclass(frozen=True)
class Beeld:
    zin: str
    norm: str
    teams: Teamtabel
    kwartalen: Kwartaaltabel
    tekeningen: Sequence[Tekening]


def maak_beeld(uitkomst: Doorrekening, inwoners: Inwonertal | None) -> Beeld:
    laatste = uitkomst.kwartalen[-1].leesbaar
    rijen = [Teamrij(standen[0].naam, standen[0], standen[-1]) for standen in uitkomst.teams.values()]
    totaal = Teamrij("Alle teams", uitkomst.district[0], uitkomst.district[-1], "totaal")
    per_kwartaal = [Kwartaalrij(s, inwoners.per(s.wijkagenten) if inwoners else None) for s in uitkomst.district]
    return Beeld(
        _zin(uitkomst),
        _norm(inwoners),
        Teamtabel(rijen, totalen=[totaal], titel=f"Per basisteam: nu en in {laatste}, in fte"),
        Kwartaaltabel(
            per_kwartaal,
            titel="Alle teams samen, per kwartaal, in fte",
            exclude=() if inwoners else ("per_wijkagent",),  # the sentence below says why
        ),
        _tekeningen(uitkomst),
    )


def _zin(uitkomst: Doorrekening) -> str:
    nu, dan = uitkomst.district[0], uitkomst.district[-1]
    if nu.verschil is None or dan.verschil is None:
        return "Van een of meer teams is de bezetting niet bekend. Daarom is er geen totaal."
    zin = f"De teams samen gaan van {in_woorden(nu.verschil)} naar {in_woorden(dan.verschil)}"
    if nu.bezet is not None and dan.bezet is not None:
        zin += f"; van de plaatsen voor wijkagenten is nu {procent(nu.bezet)} bezet en dan {procent(dan.bezet)}"
    return f"{zin} ({dan.kwartaal.leesbaar})."


def in_woorden(verschil: Decimal) -> str:
    """People minus places, with a word for the sign."""
    if not verschil:
        return "evenveel mensen als plaatsen"
    return f"{fte_in_woorden(abs(verschil))} {'onderbezetting' if verschil < 0 else 'overbezetting'}"


def _norm(inwoners: Inwonertal | None) -> str:
    norm = f"De norm van 1 wijkagent op {toon(Decimal(NORM_INWONERS), 0)} inwoners geldt gemiddeld over de eenheid."
    if inwoners is None:
        return f"Hoeveel inwoners dit district heeft is niet bekend; daarom staat dat getal hier niet. {norm}"
    return f"Gerekend met {toon(Decimal(inwoners.aantal), 0)} inwoners op {inwoners.peildatum:%d-%m-%Y}. {norm}"


def _tekeningen(uitkomst: Doorrekening) -> list[Tekening]:
    """The difference of each team over the quarters; the same scale for every team, with zero as a line."""
    verschillen = [(standen[0].naam, [stand.verschil for stand in standen]) for standen in uitkomst.teams.values()]
    bekend = [(naam, [v for v in lijst if v is not None]) for naam, lijst in verschillen if None not in lijst]
    alles = [Decimal(0), *(v for _, lijst in bekend for v in lijst)]
    return [_tekening(naam, lijst, (min(alles), max(alles))) for naam, lijst in bekend]


def _tekening(naam: str, lijst: Sequence[Decimal], bereik: tuple[Decimal, Decimal]) -> Tekening:
    svg = veilig(vonk(lijst, Decimal(0), bereik, hoog=40))
    return Tekening("", naam, svg, conclusie=f"{in_woorden(lijst[0])} nu, {in_woorden(lijst[-1])} dan")
