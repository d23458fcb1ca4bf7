"""From the rows of a sheet to rows by the name of their column: which sheet, where its header is, what to say of it.

Knows neither the kinds of files nor the database. Whatever is read otherwise than a person might expect is named.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from common.tekst.tekens import onzichtbare, zonder_onzichtbare
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.invoer.importeren.bestand.cel import Bezwaar, adres
from monitor.invoer.regels.codes import naaste, woordvorm
from monitor.invoer.regels.validatie import METINGKOLOMMEN, VRIJE_TEKST
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij

MAX_RIJEN = 50_000
MAX_KOLOMMEN = 200
KOPRIJEN = 20  # the header is looked for in the first rows only
_MEESTE_PLEKKEN = 20
_TE_VEEL_RIJEN = f"Het blad heeft meer dan {MAX_RIJEN} rijen. Verdeel het over kleinere bestanden."


@dataclass(frozen=True, slots=True)
class Bestandsvorm:
    """What a file can be of: its columns, those by which its header is known, and the one that no other has."""

    naam: str
    kolommen: tuple[str, ...]
    verplicht: tuple[str, ...]
    eigen: str

    def is_kop(self, namen: Iterable[str]) -> bool:
        return set(self.verplicht) <= set(namen)


METINGEN = Bestandsvorm("metingen", METINGKOLOMMEN, ("indicator", "onderdeel", "jaar"), "indicator")
BEZETTINGSREGELS = Bestandsvorm("bezetting", BEZETTINGKOLOMMEN, ("onderdeel", "soort", "os"), "soort")
BESTANDSVORMEN = (METINGEN, BEZETTINGSREGELS)
_KOLOMVORMEN = {woordvorm(kolom): kolom for vorm in BESTANDSVORMEN for kolom in vorm.kolommen}


@dataclass(slots=True)
class Ingelezen:
    """The rows, numbered as a spreadsheet counts, the faults in them, and what to tell of both.

    ``soort`` is csv, xlsx or ods, which follows from the bytes; ``kolommen`` is how many the header has.
    ``onzichtbaar`` are the places where something invisible was left out.
    """

    rijen: list[Invoerrij] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)
    soort: str = ""
    kolommen: int = 0
    onzichtbaar: list[str] = field(default_factory=list)

    @property
    def vorm(self) -> Bestandsvorm:
        """Follows from the header, of which every row carries the names."""
        return next((vorm for vorm in BESTANDSVORMEN if any(vorm.eigen in rij.cellen for rij in self.rijen)), METINGEN)


Rauw = tuple[int, list[str], dict[int, Bezwaar]]


def fout(reden: str, rij: int = 0, kolom: str = "") -> InvoerFout:
    return InvoerFout([Fout(rij, kolom, reden)])


def bewaak_rijen(nummer: int) -> None:
    if nummer > MAX_RIJEN + KOPRIJEN:
        raise fout(_TE_VEEL_RIJEN)


def bewaak_breedte(kolommen: int, rij: int) -> None:
    if kolommen > MAX_KOLOMMEN:
        raise fout(f"Deze rij heeft meer dan {MAX_KOLOMMEN} kolommen. Verwijder alles buiten de tabel.", rij)


def _reeksen(nummers: Iterable[int]) -> list[str]:
    """Numbers that follow each other taken together."""
    groepen = groupby(enumerate(nummers), key=lambda paar: paar[1] - paar[0])
    reeksen = [[nummer for _, nummer in groep] for _, groep in groepen]
    return [str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in reeksen]


def rijnummers(nummers: Iterable[int]) -> str:
    """5, 7-9 for 5, 7, 8, 9; a long list says how many more there are."""
    return opsomming(_reeksen(nummers))


def opsomming(delen: Sequence[str]) -> str:
    over = len(delen) - _MEESTE_PLEKKEN
    return ", ".join(delen[:_MEESTE_PLEKKEN]) + (f" en nog {over}" if over > 0 else "")


def met_kolommen(rijen: Iterable[Rauw], inhoud: Ingelezen) -> Ingelezen:
    """Name the cells by the header; skip rows that are wholly empty."""
    rijen = iter(rijen)
    kop, namen = _zoek_kop(rijen, inhoud)
    inhoud.kolommen = len(namen)
    if kop > 1:
        inhoud.opmerkingen.append(f"De kop staat op rij {kop}; wat daarboven staat is niet gelezen.")
    vorige, leeg, herhaald = kop, 0, list[int]()
    for nummer, cellen, bezwaren in rijen:
        if not (bezwaren or any(map(str.strip, cellen))):
            continue
        leeg, vorige = leeg + nummer - vorige - 1, nummer
        if kolomnamen(cellen) == namen:
            herhaald.append(nummer)
            continue
        _neem_op(nummer, cellen, bezwaren, namen, inhoud)
    if not inhoud.rijen:
        raise fout("Het bestand heeft wel een kop, maar geen waarden.")
    _noem_overgeslagen(leeg, herhaald, inhoud)
    return inhoud


def _noem_overgeslagen(leeg: int, herhaald: list[int], inhoud: Ingelezen) -> None:
    if leeg:
        inhoud.opmerkingen.append(f"{'1 lege rij is' if leeg == 1 else f'{leeg} lege rijen zijn'} overgeslagen.")
    if herhaald:
        inhoud.opmerkingen.append(f"De kop staat er nog eens en is overgeslagen: rij {rijnummers(herhaald)}.")
    if inhoud.onzichtbaar:
        waar = opsomming(inhoud.onzichtbaar)
        inhoud.opmerkingen.append(f"In {waar} stond een onzichtbaar teken; het is weggelaten.")


def _neem_op(nummer: int, cellen: list[str], bezwaren: dict[int, Bezwaar], namen: list[str], inhoud: Ingelezen) -> None:
    if len(inhoud.rijen) >= MAX_RIJEN:
        raise fout(_TE_VEEL_RIJEN)
    paren = zip_longest(namen, cellen[: len(namen)], fillvalue="")
    inhoud.rijen.append(Invoerrij(nummer, {naam: _lees_cel(nummer, naam, cel, inhoud) for naam, cel in paren if naam}))
    if any(cel.strip() for plek, cel in enumerate(cellen) if plek >= len(namen) or not namen[plek]):
        inhoud.fouten.append(Fout(nummer, "", "Deze rij heeft een cel waar geen kolom boven staat."))
    for plek, bezwaar in bezwaren.items():
        kolom = namen[plek] if plek < len(namen) else ""
        if kolom and kolom not in bezwaar.mag_in:
            inhoud.fouten.append(Fout(nummer, kolom, bezwaar.zin(adres(nummer, plek + 1), kolom)))


def _lees_cel(rij: int, kolom: str, cel: str, inhoud: Ingelezen) -> str:
    """What is invisible counts in free text only; elsewhere it is left out, and that is told."""
    if kolom in VRIJE_TEKST:
        return cel
    if onzichtbare(cel):
        inhoud.onzichtbaar.append(f"rij {rij} ({kolom})")
    return zonder_onzichtbare(cel)


def _zoek_kop(rijen: Iterator[Rauw], inhoud: Ingelezen) -> tuple[int, list[str]]:
    """The row with the names of the columns; without one the row most like it says what is missing."""
    lijkt: tuple[int, list[str]] = (1, [])
    for nummer, cellen, _ in rijen:
        namen = kolomnamen(cellen)
        if nummer > KOPRIJEN:
            break
        if _is_kop(namen):
            inhoud.onzichtbaar += ["de kop"] * any(map(onzichtbare, cellen))
            _toets_kop(nummer, namen, next(vorm for vorm in BESTANDSVORMEN if vorm.is_kop(namen)))
            return nummer, namen
        if any(namen) and (not lijkt[1] or _bekende(namen) > _bekende(lijkt[1])):
            lijkt = nummer, namen
    _toets_kop(*lijkt, max(BESTANDSVORMEN, key=lambda vorm: vorm.eigen in lijkt[1]))
    raise AssertionError("a header without its columns has a fault")


def _bekende(namen: Iterable[str]) -> int:
    """How many of these are the name of a column in whatever kind of file."""
    return len(set(namen) & {kolom for vorm in BESTANDSVORMEN for kolom in vorm.kolommen})


def kolomnamen(cellen: Iterable[str]) -> list[str]:
    namen = [_kolomnaam(cel) for cel in cellen]
    while namen and not namen[-1]:
        namen.pop()
    return namen


def _kolomnaam(cel: str) -> str:
    """The name by which a column is known, whatever case, accent or dash it was written with."""
    naam = " ".join(zonder_onzichtbare(cel).lower().split())
    return _KOLOMVORMEN.get(woordvorm(naam), naam)


def _is_kop(namen: Iterable[str]) -> bool:
    namen = set(namen)
    return any(vorm.is_kop(namen) for vorm in BESTANDSVORMEN)


def _toets_kop(rij: int, namen: list[str], vorm: Bestandsvorm) -> None:
    gevuld = [naam for naam in namen if naam]
    fouten = [Fout(rij, naam, "Deze kolom staat er niet.") for naam in vorm.verplicht if naam not in gevuld]
    fouten += [Fout(rij, naam[:60], _onbekend(naam, gevuld, vorm)) for naam in gevuld if naam not in vorm.kolommen]
    fouten += [Fout(rij, naam, "Deze kolom staat er twee keer.") for naam in vorm.kolommen if gevuld.count(naam) > 1]
    if fouten:
        verwacht = Fout(rij, "", f"Verwacht worden de kolommen {'; '.join(vorm.kolommen)}.")
        raise InvoerFout([*fouten, verwacht])


def _onbekend(naam: str, gevuld: Collection[str], vorm: Bestandsvorm) -> str:
    """With the column that was perhaps meant, among those that are not there."""
    bedoeld = naaste(naam, {woordvorm(kolom): kolom for kolom in vorm.kolommen if kolom not in gevuld})
    return f"Deze kolom is onbekend. Bedoelt u {bedoeld}?" if bedoeld else "Deze kolom is onbekend. Haal die weg."
