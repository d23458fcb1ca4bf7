"""Which sheet of a workbook is read, and what is told of it: the other sheets, what is hidden, what was computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.invoer.importeren.bestand.cel import Kenmerken, letter, plekken_in
from monitor.invoer.importeren.bestand.rijen import (  # fmt: skip
    BESTANDSVORMEN,
    Bestandsvorm,
    Ingelezen,
    Rauw,
    fout,
    kolomnamen,
    met_kolommen,
    opsomming,
    rijnummers,
)
from monitor.invoer.regels.waarneming import Fout, InvoerFout

_DOORGEHAALD = "Deze rij is doorgehaald. Verwijder de rij als zij niet meetelt, of haal de doorhaling weg."
_EEN_BLAD = "Laat in dit bestand één blad met waarden staan en lever elk ander blad in een eigen bestand aan."


@dataclass(slots=True)
class Rekenblad:
    """One sheet: its first rows, to find the header in, and all its rows, that are read once."""

    naam: str
    begin: Sequence[Sequence[str]]
    rijen: Iterable[Rauw]
    verborgen: bool = False
    kenmerken: Kenmerken = field(default_factory=Kenmerken)

    @property
    def vorm(self) -> Bestandsvorm | None:
        """What the sheet is of, by the first row that looks like a header."""
        koppen = map(kolomnamen, self.begin)
        return next((vorm for kop in koppen for vorm in BESTANDSVORMEN if vorm.is_kop(kop)), None)

    @property
    def heeft_waarden(self) -> bool:
        """Something stands under the header; an empty template beside the sheet to read does no harm."""
        if self.vorm is None:
            return False
        kop = next(nummer for nummer, rij in enumerate(self.begin) if self.vorm.is_kop(kolomnamen(rij)))
        return any(cel.strip() for rij in self.begin[kop + 1 :] for cel in rij)


def lees_bladen(bladen: Sequence[Rekenblad], soort: str) -> Ingelezen:
    """Read the first sheet with a header, those that can be seen before those that are hidden."""
    if not bladen:
        raise fout("Er staat geen blad in dit bestand.")
    volgorde = sorted(bladen, key=lambda blad: (blad.vorm is None, blad.verborgen, not blad.heeft_waarden))
    gekozen, inhoud = volgorde[0], Ingelezen(soort=soort)
    try:
        met_kolommen(gekozen.rijen, inhoud)
    except InvoerFout as geweigerd:
        geweigerd.opmerkingen = [*_over_bladen(bladen, gekozen), *inhoud.opmerkingen]
        raise
    inhoud.opmerkingen[:0] = _over_bladen(bladen, gekozen)
    inhoud.opmerkingen += _over_kenmerken(gekozen.kenmerken, inhoud)
    inhoud.fouten += _niet_gelezen(bladen, gekozen) + _doorgehaald(gekozen.kenmerken, inhoud)
    return inhoud


def _over_bladen(bladen: Sequence[Rekenblad], gekozen: Rekenblad) -> list[str]:
    zinnen = []
    if len(bladen) > 1:
        zinnen.append(f"Er zijn {len(bladen)} bladen; gelezen is ‘{gekozen.naam}’, de andere niet.")
    verborgen = [f"‘{blad.naam}’" for blad in bladen if blad.verborgen]
    if verborgen:
        zinnen.append(f"Verborgen in dit bestand: {opsomming(verborgen)}.")
    return zinnen


def _niet_gelezen(bladen: Sequence[Rekenblad], gekozen: Rekenblad) -> list[Fout]:
    """A sheet that a person sees beside the one that was read, with rows of its own, was not forgotten on purpose."""
    anders = [blad for blad in bladen if blad is not gekozen and blad.heeft_waarden and not blad.verborgen]
    zinnen = []
    for vorm in BESTANDSVORMEN:
        namen = [f"‘{blad.naam}’" for blad in anders if blad.vorm is vorm]
        kop = "dezelfde kop" if vorm is gekozen.vorm else f"ook een kop, van {vorm.naam},"
        if namen:
            heeft, is_ = ("heeft", "is") if len(namen) == 1 else ("hebben", "zijn")
            zinnen.append(f"{_en(namen)} {heeft} {kop} en {is_} niet gelezen. {_EEN_BLAD}")
    return [Fout(0, "", zin) for zin in zinnen]


def _en(namen: Sequence[str]) -> str:
    return " en ".join(filter(None, [", ".join(namen[:-1]), namen[-1]]))


def _doorgehaald(kenmerken: Kenmerken, inhoud: Ingelezen) -> list[Fout]:
    return [Fout(nummer, "", _DOORGEHAALD) for nummer, _ in inhoud.rijen if nummer in kenmerken.doorgehaald]


def _over_kenmerken(kenmerken: Kenmerken, inhoud: Ingelezen) -> list[str]:
    gelezen = {nummer for nummer, _ in inhoud.rijen}
    kolommen = [letter(nummer) for nummer in sorted(kenmerken.verborgen_kolommen) if nummer <= inhoud.kolommen]
    procenten, afgerond, formules = (
        plekken_in(plekken, gelezen, inhoud.kolommen)
        for plekken in (kenmerken.procenten, kenmerken.afgerond, kenmerken.formules)
    )
    zinnen = (
        ("Verborgen rijen zijn ook gelezen", rijnummers(sorted(kenmerken.verborgen_rijen & gelezen))),
        ("Verborgen kolommen zijn ook gelezen", opsomming(kolommen)),
        ("Als percentage opgemaakt en gelezen zoals het er staat", opsomming(procenten)),
        (_zin_afgerond(len(afgerond)), opsomming(afgerond)),
    )
    return [f"{zin}: {plekken}." for zin, plekken in zinnen if plekken] + _over_formules(len(formules))


def _zin_afgerond(aantal: int) -> str:
    """What a computation left behind is neither shown nor computed with."""
    wat = "1 getal is" if aantal == 1 else f"{aantal} getallen zijn"
    return f"{wat} afgerond op 15 cijfers, zoals het rekenblad toont en rekent"


def _over_formules(aantal: int) -> list[str]:
    if not aantal:
        return []
    return [
        "1 cel is een formule; de uitkomst is gelezen."
        if aantal == 1
        else f"{aantal} cellen zijn formules; hun uitkomst is gelezen."
    ]
