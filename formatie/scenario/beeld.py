"""The outcome of a thought as its page shows it: a sentence, the gap before and after, and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.grafiek.beeld import Beeld
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.getallen import toon
from formatie.bezetting.sommen import NORM_BEZET, NORM_INWONERS, Stand
from formatie.grafiek import Plaats, bezetbeeld, puntenzin
from formatie.models import Inwonertal
from formatie.plan.kolommen import Tekenkolom
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


class Teamtabel(Tabel):
    """The teams, now and at the end."""

    naam = "teams"
    exporteerbaar = False

    naam_ = Tekstkolom(verbose_name="Basisteam", accessor="naam", rijkop=True, orderable=False)
    verschil_nu = Tekenkolom(verbose_name="Verschil nu", accessor="nu__verschil", orderable=False)
    verschil_dan = Tekenkolom(verbose_name="Verschil dan", accessor="dan__verschil", orderable=False)
    plaatsen_nu = Getalkolom(verbose_name="Plaatsen nu", accessor="nu__plaatsen", decimalen=1, orderable=False)
    plaatsen = Getalkolom(verbose_name="Plaatsen dan", accessor="dan__plaatsen", decimalen=1, orderable=False)
    mensen_nu = Getalkolom(verbose_name="Mensen nu", accessor="nu__mensen", decimalen=1, orderable=False)
    mensen = Getalkolom(verbose_name="Mensen dan", accessor="dan__mensen", decimalen=1, orderable=False)
    bezet_nu = Getalkolom(verbose_name="Wijkagenten nu (%)", accessor="nu__bezet", decimalen=1, orderable=False)
    bezet_dan = Getalkolom(verbose_name="Wijkagenten dan (%)", accessor="dan__bezet", decimalen=1, orderable=False)


class Kwartaaltabel(Tabel):
    """All teams together, quarter by quarter."""

    naam = "kwartalen"
    exporteerbaar = False

    periode = Tekstkolom(verbose_name="Kwartaal", rijkop=True, orderable=False)
    verschil = Tekenkolom(verbose_name="Verschil", accessor="stand__verschil", orderable=False)
    plaatsen = Getalkolom(verbose_name="Plaatsen", accessor="stand__plaatsen", decimalen=1, orderable=False)
    mensen = Getalkolom(verbose_name="Mensen", accessor="stand__mensen", decimalen=1, orderable=False)
    wijkagenten = Getalkolom(verbose_name="Wijkagenten", accessor="stand__wijkagenten", decimalen=1, orderable=False)
    bezet = Getalkolom(verbose_name="Bezet (%)", accessor="stand__bezet", decimalen=1, orderable=False)
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
    totaal = Teamrij("Alle teams", uitkomst.district[0], uitkomst.district[-1], "totaal")
    return Gevolg(
        uitkomstzin(uitkomst, verschuivingen),
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
    return Kwartaaltabel(rijen, titel="Alle teams samen, per kwartaal, in fte", exclude=zonder)


def _norm(inwoners: Inwonertal | None) -> str:
    norm = f"De norm van 1 wijkagent op {toon(Decimal(NORM_INWONERS), 0)} inwoners geldt gemiddeld over de eenheid."
    if inwoners is None:
        return f"Hoeveel inwoners dit district heeft is niet bekend; daarom staat dat getal hier niet. {norm}"
    return f"Gerekend met {toon(Decimal(inwoners.aantal), 0)} inwoners op {inwoners.peildatum:%d-%m-%Y}. {norm}"
