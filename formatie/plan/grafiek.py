"""The pictures of the plan: what it gives to whom, as bars; a bar opens into the rows it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.grafiek.beeld import As, Assoort, Beeld, Punt, Rol, Spoor, Vorm, Woord
from common.pagina.peildatum import Uitgelegd
from common.tekst.cijfers import gedrukt
from common.tekst.tekens import hoofdletter
from formatie.bezetting.sommen import Mensen, Stand
from formatie.grafiek import NUL, Plaats, bezetbeeld, getal, puntenzin
from formatie.models import Formatieregel
from formatie.plan.rijen import NIET_VOOR_LEZER, Cel, Districtrij, Regelrij
from formatie.plan.selectors import Planinhoud, als_gedrukt
from formatie.plan.zoeken import Tak

SAMEN = "Districten en ZHP samen"
BALKKOPPEN = ("Onderdeel", "Plaatsen (fte)", "waarvan OS (fte)", "waarvan NOS (fte)", "Opmerking")


@dataclass(frozen=True)
class Balk:
    """One bar, in fte as printed. Without ``os`` and ``nos`` the plan does not divide it.

    ``van`` is where it begins: a waarvan row lies below the bar that it is a part of.
    """

    naam: str
    fte: Decimal
    os: Decimal | None = None
    nos: Decimal | None = None
    adres: str = ""
    van: Decimal | None = None


def staafbeeld(balken: Sequence[Balk], *, naam: str, titel: str, uitleg: str = "") -> Beeld:
    """Bars from 0 over one scale, OS and NOS laid end to end; the number is all places."""
    heel = [(plek, b) for plek, b in enumerate(balken) if b.van is None and not _verdeeld(b)]
    gedeeld = [(plek, b) for plek, b in enumerate(balken) if b.van is None and _verdeeld(b)]
    delen = [(plek, b) for plek, b in enumerate(balken) if b.van is not None]
    sporen = (
        Spoor("OS", Rol.REEKS_1, Vorm.STAVEN, tuple(_staaf(plek, b, b.os) for plek, b in gedeeld)),
        Spoor("NOS", Rol.REEKS_2, Vorm.STAVEN, tuple(_staaf(plek, b, b.nos, b.os) for plek, b in gedeeld)),
        Spoor(
            "niet verdeeld" if gedeeld else "plaatsen",
            Rol.BIJ if gedeeld else Rol.HOOFD,
            Vorm.STAVEN,
            tuple(_staaf(plek, b, b.fte) for plek, b in heel),
        ),
        Spoor("waarvan", Rol.NEUTRAAL, Vorm.STAVEN, tuple(_staaf(plek, b, b.fte, b.van) for plek, b in delen)),
    )
    return Beeld(
        naam=naam,
        titel=titel,
        x=As(Assoort.GETAL, titel="plaatsen in fte", eenheid="fte", vanaf_nul=True),
        y=As(Assoort.NAMEN, tuple(balk.naam for balk in balken)),
        sporen=tuple(spoor for spoor in sporen if spoor.punten),
        koppen=BALKKOPPEN,
        rijen=tuple(_rij(balk) for balk in balken),
        onderschrift="Plaatsen in fte, zoals gedrukt in het plan.",
        woorden=tuple(Woord(gedrukt(balk.fte), None, plek) for plek, balk in enumerate(balken)),
        uitleg=uitleg,
    )


def _verdeeld(balk: Balk) -> bool:
    return balk.os is not None and balk.nos is not None


def _staaf(plek: int, balk: Balk, lengte: Decimal | None, van: Decimal | None = None) -> Punt:
    begin = van or NUL
    return Punt(begin + (lengte or NUL), plek, f"{balk.naam}: {_in_woorden(balk)}", basis=begin, adres=balk.adres)


def _in_woorden(balk: Balk) -> str:
    verdeling = f", {gedrukt(balk.os)} OS en {gedrukt(balk.nos)} NOS" if balk.os is not None and balk.nos else ""
    return f"{gedrukt(balk.fte)} fte{verdeling}"


def _rij(balk: Balk) -> tuple[str, ...]:
    noot = "deel van de regel erboven" if balk.van is not None else ""
    return balk.naam, gedrukt(balk.fte), getal(balk.os, gedrukt), getal(balk.nos, gedrukt), noot


@dataclass(frozen=True)
class Opening:
    """What is opened: the whole plan, or one row of it with the rows it is made of."""

    regel: Formatieregel
    balken: Sequence[Balk]
    boven: Formatieregel | None = None
    uitleg: str = ""

    @property
    def opent(self) -> list[Balk]:
        """The bars that open in their turn."""
        return [balk for balk in self.balken if balk.adres]


def open_plan(
    inhoud: Planinhoud, totaal: Regelrij | None, gevraagd: str, adressen: Mapping[str, str]
) -> Opening | None:
    """The parts of the whole, or of the row that is asked for. Raises Uitgelegd for one that is not there.

    ``adressen``: key of a row that opens → where. What a printed total is the sum of stands in the plan as data.
    """
    if totaal is None:
        return None
    per_sleutel = {regel.sleutel: regel for regel in inhoud.regels}
    regel = per_sleutel.get(gevraagd or totaal.regel.sleutel)
    if regel is None:
        raise Uitgelegd("Deze regel staat niet in het formatieplan. Kies een regel uit het plan.")
    delen = [per_sleutel[sleutel] for sleutel in delen_van(inhoud, regel) if sleutel in per_sleutel]
    balken = [balk for deel in delen for balk in _met_waarvan(deel, inhoud, adressen, diep=bool(gevraagd))]
    return Opening(regel, balken, totaal.regel if gevraagd else None, _anders_opgeteld(inhoud, regel))


def _anders_opgeteld(inhoud: Planinhoud, regel: Formatieregel) -> str:
    som = inhoud.sommen.get(f"regel:{regel.sleutel}:fte")
    if som is None or not som.verschil:
        return ""
    return f"De delen tellen op tot {gedrukt(som.berekend)}; het plan drukt {gedrukt(som.gedrukt)}."


def delen_van(inhoud: Planinhoud, regel: Formatieregel) -> list[str]:
    """Keys of the rows whose sum a row should be."""
    som = inhoud.sommen.get(f"regel:{regel.sleutel}:fte")
    return [naam.split(":")[1] for naam in som.som.delen if naam.startswith("regel:")] if som else []


def _met_waarvan(regel: Formatieregel, inhoud: Planinhoud, adressen: Mapping[str, str], *, diep: bool) -> list[Balk]:
    """The bar of a row; opened, with its waarvan rows laid end to end below it."""
    hoofd = als_gedrukt(regel.fte_gedrukt)
    if hoofd is None:
        return []
    balken, eind = [Balk(kort(regel), hoofd, *_verdeling(regel, hoofd), adressen.get(regel.sleutel, ""))], NUL
    for deel in [r for r in inhoud.regels if diep and r.ouder_id == regel.pk]:
        if (cijfer := als_gedrukt(deel.fte_gedrukt)) is not None:
            balken.append(Balk(f"… {deel.naam}", cijfer, van=eind))
            eind += cijfer
    return balken


def _verdeling(regel: Formatieregel, alle: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """OS and NOS; where the plan prints one of the two and it is all there is, there is none of the other."""
    os, nos = als_gedrukt(regel.fte_os_gedrukt), als_gedrukt(regel.fte_nos_gedrukt)
    return (NUL if os is None and nos == alle else os), (NUL if nos is None and os == alle else nos)


def kort(regel: Formatieregel) -> str:
    """A subtotal by what it is the total of."""
    return hoofdletter(regel.naam.removeprefix("Totaal "))


def openingszin(opening: Opening) -> str:
    """Where most of these places are."""
    heel = [balk for balk in opening.balken if balk.van is None]
    geheel = als_gedrukt(opening.regel.fte_gedrukt)
    if not heel or geheel is None:
        return "Het plan noemt hier geen delen."
    meest = max(heel, key=lambda balk: balk.fte)
    wie = "De eenheid" if opening.boven is None else kort(opening.regel)
    return f"{wie} heeft {gedrukt(geheel)} fte; de meeste plaatsen heeft {meest.naam}: {gedrukt(meest.fte)} fte."


def openingsbeeld(opening: Opening) -> Beeld:
    """What is opened, as bars; where its parts add up to something else, that too."""
    return staafbeeld(
        opening.balken, naam=f"Plaatsen: {kort(opening.regel)}", titel=openingszin(opening), uitleg=opening.uitleg
    )


@dataclass(frozen=True)
class Standen:
    """What this reader may know of a quarter: the districts and the unit, the quarter before, and the teams."""

    rijen: Sequence[Districtrij]
    toen: Mapping[str, Stand]
    teams: Mapping[str, Mensen]


def totalen_van(inhoud: Planinhoud) -> dict[str, Decimal]:
    """Code → the printed total of each district and of the unit."""
    cellen = [(cel.onderdeel.code, als_gedrukt(cel.fte_gedrukt)) for cel in inhoud.cellen if cel.soort == Cel.TOTAAL]
    return {code: cijfer for code, cijfer in cellen if cijfer is not None}


def districtenbeeld(standen: Standen, takken: Sequence[Tak], adressen: Mapping[str, str], eerder: str) -> Beeld:
    """Where people are short: the districts, below each its teams, and the unit. Who sees no people has no row."""
    teams = {tak.onderdeel.code: _teams(tak, standen.teams) for tak in takken}
    plaatsen: list[Plaats] = []
    for rij in standen.rijen:
        code = rij.onderdeel.code
        if rij.mensen is not NIET_VOOR_LEZER:
            toen, adres = standen.toen.get(code), adressen.get(code, "")
            naam = f"{rij.onderdeel}" if code in adressen else SAMEN
            plaatsen.append(Plaats(naam, rij.stand, toen, adres, rij.mensen.voorlopig, rij.mensen.reden))
        plaatsen += teams.get(code, [])
    gat = [(plaats.naam, plaats.stand) for plaats in plaatsen if plaats.adres]
    return bezetbeeld(
        plaatsen, naam="Mensen en plaatsen per district", titel=puntenzin(gat), eerder=eerder if standen.toen else ""
    )


def _teams(tak: Tak, mensen: Mapping[str, Mensen]) -> list[Plaats]:
    bekend = [(team, plaatsen, mensen[team.code]) for team, plaatsen in tak.teams if team.code in mensen]
    return [Plaats(f"… {team}", Stand(fte, wie.fte), voorlopig=wie.voorlopig) for team, fte, wie in bekend]
