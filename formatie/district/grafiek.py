"""The drawings of a district: of each place its course, places as a step line, and its teams as bars side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from common.grafiek.reeks import Lijn, Reeks, gelijke_stukken
from common.grafiek.reekstekening import Grafiek, Reeksdoek
from common.grafiek.svg import pad, staaf, veilig
from common.grafiek.tekening import Tekening
from common.tekst.cijfers import fte, gedrukt
from common.tekst.tekens import en
from formatie.district.stand import Plaatsrij
from formatie.district.verloop import KOPPEN, Verloop

DOEK = Reeksdoek(340, 136, 38, 74, 12, 22, klein=True, voluit=16)


def teken(verloop: Verloop, bereik: tuple[Decimal, Decimal]) -> Tekening:
    """``bereik`` is the lowest and highest number of the charts beside it, in fte: they share an axis."""
    svg = veilig(_Verloopgrafiek(_reeks(verloop), DOEK, bereik).alles(verloop.conclusie))
    return Tekening(verloop.code, verloop.naam, svg, "", verloop.conclusie, KOPPEN, verloop.rijen)


def _reeks(verloop: Verloop) -> Reeks:
    return Reeks(
        naam=verloop.naam,
        eenheid="",
        decimalen=1,
        kwartalen=verloop.kwartalen,
        hoofd=Lijn("Bezetting", tuple(stand.bezetting for stand in verloop.standen)),
        doel=tuple(stand.formatie for stand in verloop.standen),
        voorlopig=frozenset(i for i, kwartaal in enumerate(verloop.kwartalen) if kwartaal in verloop.voorlopig),
    )


class _Verloopgrafiek(Grafiek):
    """The chart of the kit with the places as a step line: upright where the plan changes."""

    def _doel(self) -> str:
        pad_, einde = "", None
        for run, plaatsen in gelijke_stukken(self.reeks):
            y, sluit_aan = self.y(plaatsen), einde == run[0] - 1
            pad_ += f"V{y}" if sluit_aan else f"M{self.x(run[0] - 0.5)} {y}"
            pad_, einde = f"{pad_}H{self.x(run[-1] + 0.5)}", run[-1]
        return pad("doel", pad_)

    def doelwoord(self, doel: Decimal) -> str:
        return f"plan {fte(doel)}"


@dataclass(frozen=True)
class Staaf:
    """One bar: its label, its value in fte, and its drawing."""

    naam: str
    tekst: str
    svg: SafeString


@dataclass(frozen=True)
class Staven:
    """A bar comparison: a conclusion in one sentence and the bars, which all start at 0."""

    naam: str
    titel: str
    conclusie: str
    staven: list[Staaf]


def teamstaven(teams: Sequence[Plaatsrij]) -> list[Staven]:
    """The teams of a district next to each other: their places, and those for wijkagenten."""
    formatie = [(rij.naam, rij.fte) for rij in teams if rij.fte is not None]
    wijk = [(rij.naam, rij.wijkagenten) for rij in teams if rij.wijkagenten is not None]
    gemaakt = (
        staven("plaatsen", "Formatie per basisteam", "plaatsen", formatie),
        staven("wijkagenten", "Wijkagenten per basisteam", "plaatsen voor wijkagenten", wijk),
    )
    return [figuur for figuur in gemaakt if figuur]


def staven(naam: str, titel: str, wat: str, waarden: list[tuple[str, Decimal]]) -> Staven | None:
    """Bars of one kind of places over the teams; None where there is nothing to draw."""
    hoogste = max((waarde for _, waarde in waarden), default=Decimal(0))
    if not hoogste:
        return None
    getekend = [Staaf(label, gedrukt(waarde), staaf(waarde / hoogste)) for label, waarde in waarden]
    return Staven(naam, titel, _conclusie(wat, waarden), getekend)


def _conclusie(wat: str, waarden: list[tuple[str, Decimal]]) -> str:
    if len(waarden) == 1:
        naam, waarde = waarden[0]
        return f"{naam} is het enige basisteam: {gedrukt(waarde)} fte {wat}."
    hoogste, laagste = max(w for _, w in waarden), min(w for _, w in waarden)
    if hoogste == laagste:
        return f"Alle basisteams hebben evenveel {wat}: {gedrukt(hoogste)} fte."
    return (
        f"{_namen(waarden, hoogste)} met {gedrukt(hoogste)} fte de meeste {wat}, "
        f"{_namen(waarden, laagste, kort=True)} met {gedrukt(laagste)} fte de minste."
    )


def _namen(waarden: list[tuple[str, Decimal]], waarde: Decimal, kort: bool = False) -> str:
    namen = [naam for naam, eigen in waarden if eigen == waarde]
    return en(namen) if kort else f"{en(namen)} {'hebben' if len(namen) > 1 else 'heeft'}"
