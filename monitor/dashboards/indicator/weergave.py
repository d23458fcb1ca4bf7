"""The three views of the chart of an indicator, chosen in the address so that a view can be shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from common.pagina.peildatum import BestaatNiet, Uitgelegd
from monitor.dashboards.grafiek.alle_kwartalen import heeft_alle_kwartalen
from monitor.dashboards.indicator.regel import Regel


class Weergave(StrEnum):
    DIT_JAAR = "dit-jaar"
    ALLE_KWARTALEN = "alle-kwartalen"
    ONDERDELEN = "onderdelen"


_NAMEN = {
    Weergave.DIT_JAAR: "Dit jaar",
    Weergave.ALLE_KWARTALEN: "Alle kwartalen",
    Weergave.ONDERDELEN: "Onderdelen",
}


@dataclass(frozen=True)
class Tabblad:
    """A link to one view, ``is_hier`` where it is the one shown."""

    naam: str
    adres: str
    is_hier: bool


def gevraagde_weergave(tekst: str | None) -> Weergave:
    """Raises Uitgelegd for a view that no indicator has."""
    if not tekst:
        return Weergave.DIT_JAAR
    if tekst not in set(Weergave):
        keuzes = ", ".join(Weergave)
        raise Uitgelegd(f"De weergave “{tekst[:40]}” bestaat niet. Kies {keuzes}.")
    return Weergave(tekst)


def te_kiezen(regel: Regel, *, met_onderdelen: bool) -> list[Weergave]:
    """Only what there is something to see of."""
    bestaat = {
        Weergave.DIT_JAAR: True,
        Weergave.ALLE_KWARTALEN: heeft_alle_kwartalen(regel.indicator),
        Weergave.ONDERDELEN: met_onderdelen,
    }
    return [weergave for weergave in Weergave if bestaat[weergave]]


def kies(regel: Regel, weergave: Weergave, *, met_onderdelen: bool) -> list[Tabblad]:
    """The links to the views there are; raises BestaatNiet where the one asked for is none of them."""
    alle = te_kiezen(regel, met_onderdelen=met_onderdelen)
    if weergave not in alle:
        raise BestaatNiet(f"De weergave “{_NAMEN[weergave]}” is er niet voor {regel.naam}.")
    namen: Sequence[str] = [_naam(regel, w) for w in alle]
    return [Tabblad(naam, adres_van(regel, w), w is weergave) for naam, w in zip(namen, alle, strict=True)]


def _naam(regel: Regel, weergave: Weergave) -> str:
    alle_metingen = weergave is Weergave.DIT_JAAR and not heeft_alle_kwartalen(regel.indicator)
    return "Alle metingen" if alle_metingen else _NAMEN[weergave]


def adres_van(regel: Regel, weergave: Weergave) -> str:
    """The ordinary view is the page itself."""
    if weergave is Weergave.DIT_JAAR:
        return regel.adres
    teken = "&" if "?" in regel.adres else "?"
    return f"{regel.adres}{teken}weergave={quote(weergave)}"
