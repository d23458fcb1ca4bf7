"""Put a file right without a new one: a cell typed anew, a row left out, wrong rows kept for later, columns matched."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.uitvoer import naar_csv
from common.vaststellen.bewaking import bewaakt
from monitor.invoer.importeren.bestand.rijen import (
    BEVINDING,
    BEZETTINGSREGELS,
    METINGEN,
    NIET_GELEZEN,
    Bestandsvorm,
    Ingelezen,
    kopvorm,
)
from monitor.invoer.importeren.selectors import Namen
from monitor.invoer.importeren.services import IMPORTHERKOMST, OPEN, bewaar_voorstel, lees_opnieuw, noteer, uit_regels
from monitor.invoer.importeren.soorten import soort_van
from monitor.invoer.importeren.voorstel import eis_importeur, schrijf_regels
from monitor.invoer.regels.codes import naaste, woordvorm
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij
from monitor.models import Import, Importregel, Kolomkoppeling

MEESTE_METEEN = 5000  # rows that are judged while their reader waits; of more the worker does it
KOPPELBAAR = (*dict.fromkeys(kolom for vorm in (METINGEN, BEZETTINGSREGELS) for kolom in vorm.kolommen), NIET_GELEZEN)
NIET_ZONDER = "Er is een fout in het bestand als geheel. Verbeter die in het bestand en lever het opnieuw aan."
ALLES_BLIJFT = "Elke goede rij gaat over dezelfde waarde als een foute. Laat eerst van die twee er één weg."
_REST = "rest van "
_Soort = Importregel.Soort


class Celherstel(NamedTuple):
    """What someone typed in one cell, and what stood there when they did."""

    rij: int
    kolom: str
    was: str
    wordt: str


@dataclass(slots=True)
class Herstel:
    """What became of what was typed: ``botst`` are the cells that meanwhile say something else than was shown, ``weg``
    those of rows that are no longer in the file."""

    gewijzigd: int = 0
    botst: list[Celherstel] = field(default_factory=list)
    weg: list[Celherstel] = field(default_factory=list)


def herstel(
    pk: int, cellen: Sequence[Celherstel], *, door: User, weg: Collection[int] = (), terug: Collection[int] = ()
) -> Herstel:
    """Type cells anew, leave rows out or take them in again, and judge the file as it stands then.

    A cell that changed in another window meanwhile is left as it is. What was handed in already does not change.
    """
    with bewaakt(Recht.IMPORTEREN.value, door=door, herkomst=IMPORTHERKOMST):
        eis_importeur(door)
        bestand = _houd(pk, door)
        if bestand is None:
            return Herstel(botst=[cel for cel in cellen if _plat(cel.was) != _plat(cel.wordt)])
        regels = {regel.rij: regel for regel in bestand.regels.all()}
        uit, spoor = Herstel(), _Spoor()
        for cel in cellen:
            _herstel_cel(cel, regels, uit, spoor)
        for rij in {*weg, *terug} & regels.keys():
            _zet_weg(regels[rij], rij in weg, spoor)
        uit.gewijzigd = len(spoor.naar)
        if spoor.naar:
            _bewaar(bestand, list(regels.values()))
            noteer(bestand, "rijen hersteld", door, van=spoor.van, naar=spoor.naar)
    return uit


@dataclass(slots=True)
class _Spoor:
    van: dict[str, Any] = field(default_factory=dict)
    naar: dict[str, Any] = field(default_factory=dict)

    def voeg_toe(self, wat: str, van: str, naar: str) -> None:
        self.van[wat], self.naar[wat] = van, naar


def _houd(pk: int, door: User) -> Import | None:
    """The file, held until the transaction ends; None when it cannot be changed (any more)."""
    eigen = Import.objects.select_for_update().filter(pk=pk, door=door, staat__in=OPEN)
    return eigen.defer("inhoud").first()


def _herstel_cel(cel: Celherstel, regels: Mapping[int, Importregel], uit: Herstel, spoor: _Spoor) -> None:
    regel, wordt = regels.get(cel.rij), cel.wordt.replace("\x00", "\ufffd").replace("\r\n", "\n")
    if cel.kolom not in KOPPELBAAR or _plat(cel.was) == _plat(wordt):
        return
    if regel is None:
        uit.weg.append(cel)
        return
    nu = regel.cellen.get(cel.kolom, "")
    if _plat(nu) == _plat(wordt):
        return
    if _plat(nu) != _plat(cel.was):
        uit.botst.append(cel)
        return
    spoor.voeg_toe(f"rij {cel.rij} {cel.kolom}", nu, wordt)
    regel.hersteld.setdefault(cel.kolom, nu)
    regel.cellen[cel.kolom] = wordt
    regel.bestandsfouten = [fout for fout in regel.bestandsfouten if fout[0] != cel.kolom]


def _plat(tekst: str) -> str:
    """A field of one line cannot hold the line ends of a cell: they are no change."""
    return "".join(tekst.splitlines())


def _zet_weg(regel: Importregel, weg: bool, spoor: _Spoor) -> None:
    if weg == (regel.soort == _Soort.WEGGELATEN):
        return
    doet, niet = "telt mee", "weggelaten"
    spoor.voeg_toe(f"rij {regel.rij}", *((doet, niet) if weg else (niet, doet)))
    regel.soort = _Soort.WEGGELATEN if weg else _Soort.GEWEIGERD  # until it is judged


def _bewaar(bestand: Import, regels: list[Importregel]) -> None:
    """Write the rows as they stand now; judge them at once, unless there are so many that it takes a while."""
    bestand.regels.all().delete()
    schrijf_regels(bestand, regels)
    if len(regels) > MEESTE_METEEN:
        lees_opnieuw(bestand.pk, bestand.door)
    else:
        _beoordeel(bestand)


def _beoordeel(bestand: Import) -> None:
    if inhoud := uit_regels(bestand):
        bewaar_voorstel(bestand, inhoud)


@transaction.atomic
def laat_achter(pk: int, *, door: User) -> Import | None:
    """Keep the rows with a fault as a file of their own, to be finished later; the others can be handed in.

    A good row that says something else of the same value as a faulty one stays behind too. Gives the new file; None
    when the file has no faults (any more). Raises InvoerFout when no row can go on.
    """
    eis_importeur(door)
    bestand = _houd(pk, door)
    if bestand is None or bestand.staat != Import.Staat.FOUTEN:
        return None
    if any(not fout[0] for fout in bestand.fouten):
        raise InvoerFout([Fout(0, "", NIET_ZONDER)])
    regels = list(bestand.regels.exclude(soort=_Soort.WEGGELATEN).order_by("rij"))
    achter = _achterblijvers(regels)
    if len(achter) == len(regels):
        raise InvoerFout([Fout(0, "", ALLES_BLIJFT)])
    bestand.regels.filter(pk__in=[regel.pk for regel in achter]).delete()
    Import.objects.filter(pk=pk).update(gelezen=F("gelezen") - len(achter))
    rest = _maak_rest(bestand, achter)
    _beoordeel(bestand)
    _beoordeel(rest)
    aantal = {"rijen": [regel.rij for regel in achter], "als bestand": rest.naam}
    noteer(bestand, "rijen apart gehouden", door, naar=aantal)
    return rest


def _achterblijvers(regels: Sequence[Importregel]) -> list[Importregel]:
    inhoud = [Invoerrij(regel.rij, regel.cellen) for regel in regels]
    kader, soort = lees_kader(), soort_van(vorm_van(regels))
    sleutels = {rij.nummer: soort.sleutel(rij, kader) for rij in inhoud}
    fout = {sleutels[regel.rij] for regel in regels if regel.soort == _Soort.GEWEIGERD} - {None}
    return [r for r in regels if r.soort == _Soort.GEWEIGERD or sleutels[r.rij] in fout]


def _maak_rest(bestand: Import, achter: Sequence[Importregel]) -> Import:
    """Numbered from the first row below its own header."""
    naam, rijen = f"{_REST}{bestand.naam.removeprefix(_REST)}"[:120], in_bestandsvorm(achter)
    inhoud = naar_csv(naam, rijen)
    rest = Import.objects.create(
        naam=naam,
        inhoud=inhoud,
        sha256=hashlib.sha256(inhoud).hexdigest(),
        door=bestand.door,
        staat=Import.Staat.FOUTEN,
        rest_van=bestand,
        gelezen=len(achter),
    )
    for nummer, regel in enumerate(achter, start=2):
        regel.rij = nummer
    schrijf_regels(rest, achter)
    return rest


def in_bestandsvorm(regels: Iterable[Importregel]) -> list[list[str]]:
    """The header and these rows as a file that reads in again, with in its last column what is wrong with each."""
    regels = list(regels)
    kolommen = vorm_van(regels).kolommen
    aanwezig = [kolom for kolom in kolommen if any(kolom in regel.cellen for regel in regels)]
    return [
        [*aanwezig, BEVINDING],
        *([*(regel.cellen.get(kolom, "") for kolom in aanwezig), _bevinding(regel)] for regel in regels),
    ]


def _bevinding(regel: Importregel) -> str:
    return " ".join(f"{kolom}: {reden}" if kolom else reden for kolom, reden in regel.fouten)


def vorm_van(regels: Iterable[Importregel]) -> Bestandsvorm:
    """Of what the file is, by the columns of its rows."""
    return Ingelezen([Invoerrij(regel.rij, regel.cellen) for regel in regels]).vorm


def stel_voor(kop: str, eronder: str, namen: Namen) -> str:
    """The column that a heading is most like or that has such a text in it, else none."""
    gelijkend = naaste(kop, {woordvorm(kolom): kolom for kolom in KOPPELBAAR if kolom != NIET_GELEZEN})
    met_code = (kolom for kolom in ("indicator", "onderdeel") if namen.van(kolom, eronder)[1])
    return gelijkend or next(met_code, NIET_GELEZEN)


@transaction.atomic
def koppel(pk: int, koppelingen: Mapping[str, str], *, door: User) -> bool:
    """Remember of which column each heading is, for this and later files of this person, and read the file again."""
    eis_importeur(door)
    bestand = _houd(pk, door)
    gekozen = {kopvorm(kop): kolom for kop, kolom in koppelingen.items() if kolom in KOPPELBAAR}
    gekozen.pop("", None)
    if bestand is None or not gekozen:
        return False
    for kop, kolom in gekozen.items():
        Kolomkoppeling.objects.update_or_create(user=door, kop=kop, defaults={"kolom": kolom})
    bestand.regels.all().delete()
    Import.objects.filter(pk=pk).update(gelezen=0)
    noteer(bestand, "kolommen gekoppeld", door, naar=dict(koppelingen))
    lees_opnieuw(pk, door)
    return True


def vergeet_koppeling(kop: str, *, door: User) -> bool:
    """Whether there was one; files that were read with it stay as they are."""
    eis_importeur(door)
    return bool(Kolomkoppeling.objects.filter(user=door, kop=kop).delete()[0])
