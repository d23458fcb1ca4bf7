"""The words of the field with what they mean: the one list behind the page, the explanations in place and the paper.

``docs/begrippen.md`` is written from this list: ``python -m common.tekst.begrippen > docs/begrippen.md``. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from common.tekst.zoeken import kaal, past


@dataclass(frozen=True)
class Begrip:
    """``sleutel`` is its place on the page: /begrippen/#sleutel."""

    sleutel: str
    woord: str
    uitleg: str


BEGRIPPEN = (
    Begrip("agenda", "Agenda", "De strategische agenda van de eenheid voor vier jaar, vastgesteld in het RVO."),
    Begrip(
        "rvo",
        "RVO",
        "Regionaal Veiligheidsoverleg: de burgemeesters, de hoofdofficier van justitie en de politiechef.",
    ),
    Begrip("thema", "Thema", "Een strategisch thema of een geprioriteerd veiligheidsthema van de agenda."),
    Begrip("opdracht", "Opdracht", "Wat het RVO de eenheid vraagt; elk strategisch thema werkt er één uit."),
    Begrip("ambitie", "Ambitie", "Waar de eenheid in het laatste jaar van de agenda wil staan."),
    Begrip(
        "hoofdlijn",
        "Hoofdlijn",
        "De weg waarlangs aan een thema gewerkt wordt. Een programma is ook een hoofdlijn.",
    ),
    Begrip("activiteit", "Activiteit", "Iets concreets dat de agenda onder een hoofdlijn noemt."),
    Begrip("rubriek", "Rubriek", "Een kop van Bijlage 2. Elke rubriek hoort bij één thema."),
    Begrip("indicator", "Indicator", "Wat gemeten wordt, met definitie, telregel en bron."),
    Begrip("waarvan", "Waarvan", "Een indicator of regel die deel is van een andere. Wordt er nooit bij opgeteld."),
    Begrip(
        "meting",
        "Meting",
        "Eén gemeten waarde van één indicator, één onderdeel en één kwartaal (of een heel jaar).",
    ),
    Begrip(
        "teller-noemer",
        "Teller, noemer",
        "De twee getallen van een percentage. Een gepubliceerd percentage wordt nooit gemiddeld.",
    ),
    Begrip("foutmarge", "Foutmarge", "Hoe ver een uitkomst van een enquête naast de werkelijkheid kan liggen (95%)."),
    Begrip(
        "doelstelling",
        "Doelstelling",
        "Wat voor een jaar wordt nagestreefd, met besluit en orgaan, in een versie.",
    ),
    Begrip(
        "versie-van-een-doel",
        "Versie van een doel",
        "Een gewijzigd doel vervangt het oude, met besluit, orgaan, datum en reden. Het oude blijft bewaard "
        "en zichtbaar.",
    ),
    Begrip(
        "definitieblad",
        "Definitieblad",
        "Naam, definitie, telregel, bron, frequentie, niveau, eigenaar en opmerking van een indicator. "
        "Verandert alleen door twee personen.",
    ),
    Begrip("voorstel", "Voorstel", "Een gewijzigd doel of definitieblad dat nog op een besluit van een ander wacht."),
    Begrip(
        "eigenaar",
        "Eigenaar",
        "Wie een indicator levert en antwoord geeft op vragen over de definitie. Zonder eigenaar is iedereen "
        "aan zet die er waarden voor mag invoeren.",
    ),
    Begrip(
        "marge",
        "Marge",
        'Hoe ver onder een doel nog "aandacht" is en geen "achter". De agenda drukt er geen; ze is van de monitor.',
    ),
    Begrip("verwachting", "Verwachting", "Hoeveel van een jaarvolume er tot en met een kwartaal zou moeten zijn."),
    Begrip("tempo", "Tempo", "Wat er is, gedeeld door de verwachting."),
    Begrip(
        "periodewaarde",
        "Periodewaarde",
        "De waarde van één kwartaal (of meetmoment) zelf, niet die van het jaar tot nu toe.",
    ),
    Begrip(
        "ruis",
        "Ruis",
        "De gewone schommeling van een cijfer van kwartaal op kwartaal. Daar hoeft niets achter te zitten.",
    ),
    Begrip(
        "signaal",
        "Signaal",
        "Een cijfer dat meer doet dan de gewone schommeling. Het zegt dat er iets veranderd is, niet wat.",
    ),
    Begrip(
        "grenzen", "Grenzen", "Waartussen een cijfer gewoonlijk ligt. Met minder dan twaalf punten zijn ze voorlopig."
    ),
    Begrip(
        "prognose",
        "Prognose",
        "Wat het hele jaar naar verwachting wordt, met hoe ver die verwachting er eerder naast zat. Geen meting.",
    ),
    Begrip(
        "kans",
        "Kans",
        "Hoe waarschijnlijk het is dat een jaardoel gehaald wordt: klein, ongeveer gelijk of groot, met het getal.",
    ),
    Begrip(
        "landelijk-doel", "Landelijk doel", "Het doel voor heel Nederland waar het doel van de eenheid een deel van is."
    ),
    Begrip(
        "oordeel",
        "Oordeel",
        "Het verdict over een indicator: op koers, aandacht, achter, enzovoort. Altijd met een reden.",
    ),
    Begrip(
        "doelbereik",
        "Doelbereik",
        "De berekende stand van een indicator voor een onderdeel en een kwartaal, met het oordeel.",
    ),
    Begrip(
        "vaststellen",
        "Vaststellen",
        "Goedkeuren door een ander dan wie het invoerde. Alleen vastgestelde waarden tellen.",
    ),
    Begrip(
        "werklijst",
        "Werklijst",
        "Per kwartaal welke waarden gevraagd worden, hoe ver elke waarde is en wie haar levert.",
    ),
    Begrip(
        "gevraagd",
        "Gevraagd",
        "Een waarde die er volgens frequentie en niveau moet komen. Wat de monitor zelf uitrekent, wordt "
        "niemand gevraagd.",
    ),
    Begrip(
        "uiterste-dag",
        "Uiterste dag",
        "Dertig dagen na het eind van het kwartaal. Wat dan nog bij de invoerder ligt, is te laat.",
    ),
    Begrip(
        "afsluiting",
        "Afsluiting",
        "Een kwartaal dat dicht is: niets verandert er meer in, tot twee anderen het samen heropenen.",
    ),
    Begrip(
        "heropening",
        "Heropening",
        "De een vraagt, met een reden; een ander, die ook niet gesloten heeft, staat toe.",
    ),
    Begrip("voorlopig", "Voorlopig", "Vastgesteld, maar nog niet definitief: het cijfer kan nog bijgesteld worden."),
    Begrip("nb", "nb", "Nog niet bekend. Dat is geen nul."),
    Begrip(
        "peildatum",
        "Peildatum",
        'De dag waarop u wilt weten wat er toen bekend was. Kies die op een cijferpagina onder "Andere dag".',
    ),
    Begrip("terugblik", "Terugblik", "Een pagina met een eerdere peildatum. Zij noemt ook wat sindsdien gewijzigd is."),
    Begrip("onderdeel", "Onderdeel", "Een eenheid, dienst, district of basisteam. RE07 is de eenheid Rotterdam."),
    Begrip(
        "werkgebied",
        "Werkgebied",
        "Een gemeente of een deel ervan waar een basisteam werkt, met de bron daarvan. Zonder bron is het onbekend.",
    ),
    Begrip("formatie", "Formatie", "De plaatsen die er volgens het plan zijn, in fte."),
    Begrip(
        "bezetting",
        "Bezetting",
        "De mensen die er zijn, in fte. Bezetting min formatie onder nul is onderbezetting.",
    ),
    Begrip("os", "OS", "Operationele sterkte: de mensen die het politiewerk zelf doen, in fte."),
    Begrip("nos", "NOS", "Niet-operationele sterkte: de mensen die het politiewerk ondersteunen, in fte."),
    Begrip("aspirant", "Aspirant", "Een politiemens in opleiding; telt bij de operationele sterkte."),
    Begrip(
        "wijkagent",
        "Wijkagent",
        "Politiewet 2012, artikel 38a: ten minste één per 5.000 inwoners, gemiddeld over de eenheid.",
    ),
    Begrip("prio-1", "Prio 1", "Een melding met de hoogste spoed. De politie moet er binnen 15 minuten zijn."),
    Begrip(
        "prio-2",
        "Prio 2",
        "Een melding met de op één na hoogste spoed. De politie moet er binnen 30 minuten zijn.",
    ),
    Begrip("csv", "CSV", "Crimineel samenwerkingsverband."),
    Begrip("zhp", "ZHP", "Zeehavenpolitie; een district met één basisteam (Havens)."),
    Begrip(
        "fte",
        "Fte",
        "Voltijdbaan: het werk van één mens die de hele week werkt. Twee mensen die halve dagen werken, zijn "
        "samen 1 fte.",
    ),
    Begrip(
        "jaarvolume",
        "Jaarvolume",
        "Een doel voor een heel jaar: zo veel moet het er aan het eind van het jaar zijn. Tijdens het jaar "
        "vergelijkt de monitor met de verwachting.",
    ),
    Begrip("zetel", "Zetel", "Een plaats in het RVO, van een ambt en niet van een persoon."),
)
BIJ_SLEUTEL = {begrip.sleutel: begrip for begrip in BEGRIPPEN}
OP_ALFABET = tuple(sorted(BEGRIPPEN, key=lambda begrip: begrip.woord.casefold()))


@dataclass(frozen=True)
class Vondst:
    """A term that fits a search; ``zoek_trede`` as of the rows of the database: 0 where it is exactly the word."""

    begrip: Begrip
    zoek_trede: int


def zoek_begrippen(woorden: Sequence[str]) -> list[Vondst]:
    """The terms in which all words stand; the word itself before what only its explanation names."""
    alle = (Vondst(begrip, _trede(begrip, woorden)) for begrip in OP_ALFABET)
    gevonden = [vondst for vondst in alle if past(woorden, f"{vondst.begrip.woord} {vondst.begrip.uitleg}")]
    return sorted(gevonden, key=lambda vondst: vondst.zoek_trede)


def _trede(begrip: Begrip, woorden: Sequence[str]) -> int:
    if kaal(begrip.woord) == " ".join(woorden):
        return 0
    return 1 if past(woorden, begrip.woord) else 2


def als_tabel() -> str:
    """The list as the table of ``docs/begrippen.md``."""
    rijen = [f"| {begrip.woord} | {begrip.uitleg} |" for begrip in BEGRIPPEN]
    return "\n".join(["# Begrippen", "", "| Woord | Betekenis |", "|---|---|", *rijen, ""])


if __name__ == "__main__":
    print(als_tabel(), end="")
