"""From the rows of a sheet to rows by the name of their column: which sheet, where its header is, what to say of it.

Knows neither the kinds of files nor the database. Whatever is read otherwise than a person might expect is named.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from common.tekst.tekens import onzichtbare, zonder_onzichtbare
from formatie.bijhouden.planblad import EIGEN as PLANSLEUTEL
from formatie.bijhouden.planblad import PLANKOLOMMEN
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.invoer.importeren.bestand.cel import Bezwaar, adres
from monitor.invoer.importeren.bestand.leeswijze import gekoppeld, meld_stand
from monitor.invoer.regels.codes import naaste, woordvorm
from monitor.invoer.regels.validatie import METINGKOLOMMEN, VRIJE_TEKST
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij
from sturing.regels.planblad import EIGEN_KOLOM, JAARPLANKOLOMMEN, JAARPLANKOP

MAX_RIJEN = 50_000
MAX_KOLOMMEN = 200
KOPRIJEN = 20  # the header is looked for in the first rows only
_MEESTE_PLEKKEN = 20
_LANGSTE_KOP, _VOORBEELD = 100, 40  # characters of a heading, and of what stands below it
_TE_VEEL_RIJEN = f"Het blad heeft meer dan {MAX_RIJEN} rijen. Verdeel het over kleinere bestanden."


@dataclass(frozen=True, slots=True)
class Bestandsvorm:
    """What a file can be of: its columns, those by which its header is known, and the one that no other has.

    ``elders`` is where it is read in, when that is not on the page of imports.
    """

    naam: str
    kolommen: tuple[str, ...]
    verplicht: tuple[str, ...]
    eigen: str
    elders: str = ""

    @property
    def verwachting(self) -> str:
        return f"Verwacht worden de kolommen {'; '.join(self.kolommen)}."

    def is_kop(self, namen: Iterable[str]) -> bool:
        return set(self.verplicht) <= set(namen)


METINGEN = Bestandsvorm("metingen", METINGKOLOMMEN, ("indicator", "onderdeel", "jaar"), "indicator")
BEZETTINGSREGELS = Bestandsvorm("bezetting", BEZETTINGKOLOMMEN, ("onderdeel", "soort", "os"), "soort")
PLANREGELS = Bestandsvorm("formatieplan", PLANKOLOMMEN, (PLANSLEUTEL,), PLANSLEUTEL, "Beheer, Formatieplan")
JAARPLANREGELS = Bestandsvorm("jaarplan", JAARPLANKOLOMMEN, JAARPLANKOP, EIGEN_KOLOM, "Jaarplan, Lees een blad in")
BESTANDSVORMEN = (METINGEN, BEZETTINGSREGELS, PLANREGELS, JAARPLANREGELS)
NIET_GELEZEN = "(niet lezen)"
BEVINDING = "wat er mis is"
"""The column of a file that was left to finish: why each of its rows was refused."""
_KOLOMVORMEN = {woordvorm(kolom): kolom for vorm in BESTANDSVORMEN for kolom in vorm.kolommen} | {
    woordvorm(BEVINDING): NIET_GELEZEN
}
Kop = tuple[str, str]
"""A heading that is not one of ours, with the first text below it."""


class Kopfout(InvoerFout):
    """The header is not one of ours; ``koppen`` are those that its owner can match."""

    def __init__(self, fouten: list[Fout], koppen: Sequence[Kop]) -> None:
        super().__init__(fouten)
        self.koppen = koppen


@dataclass(slots=True)
class Ingelezen:
    """The rows, numbered as a spreadsheet counts, the faults in them, and what to tell of both.

    ``soort`` is csv, xlsx or ods, which follows from the bytes; ``kolommen`` is how many the header has.
    ``onzichtbaar`` are the places where something invisible was left out, ``koppen`` the headings that were matched.
    """

    rijen: list[Invoerrij] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)
    soort: str = ""
    kolommen: int = 0
    onzichtbaar: list[str] = field(default_factory=list)
    koppen: list[Kop] = field(default_factory=list)

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
    paren = [(naam, cel) for naam, cel in zip_longest(namen, cellen[: len(namen)], fillvalue="") if _telt(naam)]
    inhoud.rijen.append(Invoerrij(nummer, {naam: _lees_cel(nummer, naam, cel, inhoud) for naam, cel in paren}))
    meld_stand(len(inhoud.rijen))
    if any(cel.strip() for plek, cel in enumerate(cellen) if plek >= len(namen) or not namen[plek]):
        inhoud.fouten.append(Fout(nummer, "", "Deze rij heeft een cel waar geen kolom boven staat."))
    for plek, bezwaar in bezwaren.items():
        kolom = namen[plek] if plek < len(namen) else ""
        if _telt(kolom) and kolom not in bezwaar.mag_in:
            inhoud.fouten.append(Fout(nummer, kolom, bezwaar.zin(adres(nummer, plek + 1), kolom)))


def _telt(kolom: str) -> bool:
    return kolom not in ("", NIET_GELEZEN)


def _lees_cel(rij: int, kolom: str, cel: str, inhoud: Ingelezen) -> str:
    """What is invisible counts in free text only; elsewhere it is left out, and that is told."""
    if kolom in VRIJE_TEKST:
        return cel
    if onzichtbare(cel):
        inhoud.onzichtbaar.append(f"rij {rij} ({kolom})")
    return zonder_onzichtbare(cel)


def _zoek_kop(rijen: Iterator[Rauw], inhoud: Ingelezen) -> tuple[int, list[str]]:
    """The row with the names of the columns; without one the row most like it says what is missing."""
    eerste: list[tuple[int, list[str]]] = []
    for nummer, cellen, _ in rijen:
        if nummer > KOPRIJEN:
            break
        namen = kolomnamen(cellen)
        if _is_kop(namen):
            inhoud.onzichtbaar += ["de kop"] * any(map(onzichtbare, cellen))
            _toets_kop(nummer, cellen, next(vorm for vorm in BESTANDSVORMEN if vorm.is_kop(namen)), rijen)
            _noem_gekoppelde(cellen, inhoud)
            return nummer, namen
        eerste.append((nummer, cellen))
    plek = max(range(len(eerste)), key=lambda een: _lijkt_op_kop(eerste[een][1]), default=0)
    nummer, cellen = eerste[plek] if eerste else (1, [])
    vorm = max(BESTANDSVORMEN, key=lambda vorm: vorm.eigen in kolomnamen(cellen))
    _toets_kop(nummer, cellen, vorm, ((nr, rij, {}) for nr, rij in eerste[plek + 1 :]))
    raise AssertionError("a header without its columns has a fault")


def _lijkt_op_kop(cellen: Sequence[str]) -> tuple[int, int]:
    """By the names it has, and then by how many cells say something: a title is alone in its row."""
    namen = kolomnamen(cellen)
    return _bekende(namen), len(list(filter(None, namen)))


def _noem_gekoppelde(cellen: Sequence[str], inhoud: Ingelezen) -> None:
    inhoud.koppen = vreemde_koppen(cellen, [])
    zinnen = [(kop, _kolomnaam(kop)) for kop, _ in inhoud.koppen]
    als = [f"‘{kop}’ als {kolom}" for kop, kolom in zinnen if kolom != NIET_GELEZEN]
    niet = [f"‘{kop}’" for kop, kolom in zinnen if kolom == NIET_GELEZEN]
    inhoud.opmerkingen += [f"Volgens uw eigen keuze is gelezen: {opsomming(als)}."] if als else []
    inhoud.opmerkingen += [f"Volgens uw eigen keuze is niet gelezen: {opsomming(niet)}."] if niet else []


def vreemde_koppen(cellen: Sequence[str], eronder: Sequence[str]) -> list[Kop]:
    """The headings that are no names of ours, whatever they were matched with."""
    koppen = [" ".join(zonder_onzichtbare(cel).split())[:_LANGSTE_KOP] for cel in cellen]
    paren = zip_longest(koppen, eronder[: len(koppen)], fillvalue="")
    vreemd = {kop: cel.strip()[:_VOORBEELD] for kop, cel in paren if kopvorm(kop) and kopvorm(kop) not in _KOLOMVORMEN}
    return list(vreemd.items())


def kopvorm(kop: str) -> str:
    """What counts of a heading, by which it is remembered."""
    return woordvorm(" ".join(kop.split())[:_LANGSTE_KOP])[:_LANGSTE_KOP]


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
    vorm = kopvorm(naam)
    return _KOLOMVORMEN.get(vorm) or gekoppeld(vorm) or naam


def _is_kop(namen: Iterable[str]) -> bool:
    namen = set(namen)
    return any(vorm.is_kop(namen) for vorm in BESTANDSVORMEN)


def _toets_kop(rij: int, cellen: Sequence[str], vorm: Bestandsvorm, eronder: Iterable[Rauw]) -> None:
    gevuld = [naam for naam in kolomnamen(cellen) if _telt(naam)]
    fouten = [Fout(rij, naam, "Deze kolom staat er niet.") for naam in vorm.verplicht if naam not in gevuld]
    fouten += [Fout(rij, naam[:60], _onbekend(naam, gevuld, vorm)) for naam in gevuld if naam not in vorm.kolommen]
    fouten += [Fout(rij, naam, "Deze kolom staat er twee keer.") for naam in vorm.kolommen if gevuld.count(naam) > 1]
    if fouten:
        verwacht = Fout(rij, "", vorm.verwachting)
        voorbeeld = next((rauw for _, rauw, _ in eronder if any(map(str.strip, rauw))), [])
        raise Kopfout([*fouten, verwacht], vreemde_koppen(cellen, voorbeeld))


def _onbekend(naam: str, gevuld: Collection[str], vorm: Bestandsvorm) -> str:
    """With the column that was perhaps meant, among those that are not there."""
    bedoeld = naaste(naam, {woordvorm(kolom): kolom for kolom in vorm.kolommen if kolom not in gevuld})
    return f"Deze kolom is onbekend. Bedoelt u {bedoeld}?" if bedoeld else "Deze kolom is onbekend."
