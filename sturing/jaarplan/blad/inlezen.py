"""A jaarplan from a sheet: every row read against what stands, all of it or nothing, and first only shown.

A row that says what its version said changes nothing, also where another changed the activity since. What is in the
plan and not in the sheet stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from accounts.models import User
from common.vaststellen.audit import leg_vast
from common.vaststellen.bewaking import Geweigerd, bewaakt
from monitor.invoer.importeren.bestand.kindproces import lees_apart
from monitor.invoer.importeren.bestand.rijen import JAARPLANREGELS
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij
from monitor.models import Indicator
from strategie.models import Hoofdlijn
from sturing.jaarplan.services import (
    NIET_UW_PLAN,
    Handeling,
    houdt_bij,
    mogelijke_eigenaren,
    neem_op,
    werk_bij,
)
from sturing.jaarplan.versies import lees_woorden, plansleutel
from sturing.lezen.jaarplan import Status, hoofdlijnen_van, inhoud_van, lees_jaarplan
from sturing.models import Activiteitversie
from sturing.regels.planblad import Plannamen, kolom_van, lees_planrij, zin_van
from sturing.regels.planinvoer import Activiteittekst, lees_inhoud, op_een_regel
from sturing.regels.planverschil import Planverschil, Planwoorden, planverschillen

MEESTE_RIJEN = 500
NIEUW, GEWIJZIGD_DOOR_BLAD, GELIJK = "nieuw", "gewijzigd", "ongewijzigd"
_GETAL = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rijuitkomst:
    """What a row does to the plan."""

    rij: int
    soort: str
    titel: str
    verschillen: Sequence[Planverschil] = ()


class _NietBewaard(Exception):
    """Takes back what was only tried."""


def lees_plan_uit(bestand: bytes) -> list[Invoerrij]:
    """The rows of a sheet, read in a process of its own. Raises InvoerFout with every fault in the file itself."""
    gelezen = lees_apart(bestand)
    if gelezen.vorm is not JAARPLANREGELS:
        raise InvoerFout([Fout(0, "", "Dit is geen blad van het jaarplan. Sla het jaarplan op en wijzig dat blad.")])
    if len(gelezen.rijen) > MEESTE_RIJEN:
        raise InvoerFout([Fout(0, "", f"Dit blad heeft meer dan {MEESTE_RIJEN} activiteiten. Verdeel het.")])
    if gelezen.fouten:
        raise InvoerFout(gelezen.fouten)
    return gelezen.rijen


def lees_in(
    jaar: int,
    rijen: Sequence[Invoerrij],
    *,
    door: User,
    herkomst: str,
    proef: bool = False,
    op: datetime | None = None,
) -> list[Rijuitkomst]:
    """What every row does; with ``proef`` it is taken back. Raises InvoerFout with every fault of every row."""
    lezing = _Planlezing(jaar, Handeling(door, herkomst, op or timezone.now()))
    try:
        with bewaakt("jaarplan inlezen", door=door, herkomst=herkomst):
            uitkomsten = lezing.voer_uit(rijen)
            leg_vast(lezing.met.spoor)
            if proef:
                raise _NietBewaard
    except _NietBewaard:
        pass
    return uitkomsten


class _Planlezing:
    """One reading of a sheet: what it may name is read once."""

    def __init__(self, jaar: int, met: Handeling) -> None:
        self.jaar, self.met = jaar, met
        self.fouten: list[Fout] = []

    def voer_uit(self, rijen: Sequence[Invoerrij]) -> list[Rijuitkomst]:
        dubbel = {naam for naam, aantal in Counter(map(_naam_van, rijen)).items() if naam and aantal > 1}
        uitkomsten = [uit for rij in rijen for uit in self._met_fouten(rij, _naam_van(rij) in dubbel)]
        if self.fouten:
            raise InvoerFout(self.fouten)
        return uitkomsten

    def _met_fouten(self, rij: Invoerrij, is_dubbel: bool) -> Iterator[Rijuitkomst]:
        """Nothing where the row cannot be followed; why is kept, with its column."""
        if is_dubbel:
            self._meld(rij, "activiteit", "Deze activiteit staat twee keer in het blad. Laat één rij staan.")
            return
        tekst, fouten = lees_planrij(rij.nummer, rij.cellen, self.namen)
        self.fouten += [Fout(*fout) for fout in fouten]
        try:
            yield self._volg(rij, tekst, is_leesbaar=not fouten)
        except InvoerFout as fout:
            bekend = {een.kolom for een in fouten}
            for een in fout.fouten:
                if kolom_van(een.kolom) not in bekend:
                    self._meld(rij, kolom_van(een.kolom), zin_van(een.kolom, een.reden))
        except Geweigerd as fout:
            self._meld(rij, "activiteit", str(fout))

    def _meld(self, rij: Invoerrij, kolom: str, zin: str) -> None:
        self.fouten.append(Fout(rij.nummer, kolom, zin))

    def _volg(self, rij: Invoerrij, tekst: Activiteittekst, *, is_leesbaar: bool) -> Rijuitkomst:
        kenmerk = _naam_van(rij)
        if kenmerk and kenmerk not in self.staand:
            zin = f"{kenmerk[:80]} staat niet in het jaarplan van {self.jaar}. Laat de cel leeg voor iets nieuws."
            raise InvoerFout([Fout(0, "activiteit", zin)])
        if kenmerk:
            return self._wijzig(rij, self.staand[kenmerk], tekst, is_leesbaar)
        return self._voeg_toe(rij, tekst, is_leesbaar)

    def _voeg_toe(self, rij: Invoerrij, tekst: Activiteittekst, is_leesbaar: bool) -> Rijuitkomst:
        lijn = self._hoofdlijn(rij.cellen.get("thema", ""), rij.cellen.get("hoofdlijn", ""))
        titel = op_een_regel(tekst.titel)
        if bekend := self.titels.get((lijn.pk, titel.casefold())):
            zin = f"Deze activiteit staat al in het jaarplan, als {bekend}. Zet dat in de kolom activiteit."
            raise InvoerFout([Fout(0, "titel", zin)])
        self.titels[lijn.pk, titel.casefold()] = f"rij {rij.nummer} van dit blad"
        if is_leesbaar:
            neem_op(self.jaar, lijn, tekst, self.met)
        else:
            self._toets(tekst)
        return Rijuitkomst(rij.nummer, NIEUW, titel)

    def _wijzig(
        self, rij: Invoerrij, staat: Activiteitversie, tekst: Activiteittekst, is_leesbaar: bool
    ) -> Rijuitkomst:
        self._eis_zelfde_plek(rij, staat)
        inhoud, _ = lees_inhoud(tekst, self.jaar, self.met.dag)
        gezien = _getal(rij.cellen.get("versie", ""))
        if is_leesbaar and inhoud in (inhoud_van(staat), self._zoals_gezien(staat, gezien)):
            return Rijuitkomst(rij.nummer, GELIJK, staat.titel)
        if not houdt_bij(self.met.door, staat.plan.hoofdlijn.thema):
            raise InvoerFout([Fout(0, "activiteit", NIET_UW_PLAN)])
        if not is_leesbaar:
            self._toets(tekst)
        elif gezien != staat.nummer:
            zin = f"Uw blad heeft versie {gezien or 'niet ingevuld'}, nu geldt {staat.nummer} ({staat.door}). "
            raise InvoerFout([Fout(0, "versie", f"{zin}Sla het jaarplan opnieuw op en wijzig dat blad.")])
        else:
            werk_bij(staat.plan_id, tekst, gezien, self.met)
        return Rijuitkomst(
            rij.nummer, GEWIJZIGD_DOOR_BLAD, inhoud.titel, planverschillen(inhoud_van(staat), inhoud, self.woorden)
        )

    def _toets(self, tekst: Activiteittekst) -> None:
        """What else is wrong with a row that cannot be read whole."""
        _, fouten = lees_inhoud(tekst, self.jaar, self.met.dag)
        raise InvoerFout([Fout(0, veld, zin) for veld, zin in fouten])

    def _zoals_gezien(self, staat: Activiteitversie, gezien: int | None) -> object:
        if gezien is None or gezien >= staat.nummer:
            return None
        eerder = staat.plan.versies.prefetch_related("mijlpalen", "indicatoren").filter(nummer=gezien).first()
        return inhoud_van(eerder) if eerder else None

    def _eis_zelfde_plek(self, rij: Invoerrij, staat: Activiteitversie) -> None:
        thema, lijn = (rij.cellen.get(kolom, "").strip() for kolom in ("thema", "hoofdlijn"))
        hoort = staat.plan.hoofdlijn
        if thema and thema.casefold() not in _themanamen(hoort):
            zin = f"Deze activiteit hoort bij {hoort.thema.naam}. Laat dat staan, of laat haar vervallen."
            raise InvoerFout([Fout(0, "thema", zin)])
        if lijn and lijn != str(hoort.nummer):
            zin = f"Deze activiteit hoort bij hoofdlijn {hoort.nummer}. Laat dat getal staan."
            raise InvoerFout([Fout(0, "hoofdlijn", zin)])

    def _hoofdlijn(self, thema: str, nummer: str) -> Hoofdlijn:
        van_thema = [lijn for lijn in self.hoofdlijnen if thema.strip().casefold() in _themanamen(lijn)]
        if not van_thema:
            namen = "; ".join(dict.fromkeys(lijn.thema.naam for lijn in self.hoofdlijnen))
            raise InvoerFout([Fout(0, "thema", f"“{thema[:60]}” is geen thema van de agenda. Kies uit: {namen}.")])
        gevonden = next((lijn for lijn in van_thema if str(lijn.nummer) == nummer.strip()), None)
        if gevonden is None:
            nummers = ", ".join(str(lijn.nummer) for lijn in van_thema)
            raise InvoerFout([Fout(0, "hoofdlijn", f"Dit thema heeft de hoofdlijnen {nummers}. Vul een van die in.")])
        return gevonden

    @cached_property
    def hoofdlijnen(self) -> list[Hoofdlijn]:
        return hoofdlijnen_van(self.jaar)

    @cached_property
    def staand(self) -> Mapping[str, Activiteitversie]:
        versies = lees_jaarplan(self.jaar).select_related("door")
        return {plansleutel(versie): versie for versie in versies}

    @cached_property
    def titels(self) -> dict[tuple[int, str], str]:
        return {(v.plan.hoofdlijn_id, v.titel.casefold()): naam for naam, v in self.staand.items()}

    @cached_property
    def namen(self) -> Plannamen:
        eigenaren: dict[str, set[int]] = {}
        for persoon in {*mogelijke_eigenaren(self.met.dag), *(v.eigenaar for v in self.staand.values() if v.eigenaar)}:
            for naam in (str(persoon), persoon.username):
                eigenaren.setdefault(naam.casefold(), set()).add(persoon.pk)
        codes = frozenset(Indicator.objects.values_list("code", flat=True))
        statussen = {label.casefold(): code for code, label in Status.choices}
        return Plannamen({naam: tuple(wie) for naam, wie in eigenaren.items()}, codes, statussen)

    @cached_property
    def woorden(self) -> Planwoorden:
        return lees_woorden()


def _themanamen(lijn: Hoofdlijn) -> tuple[str, str]:
    return lijn.thema.naam.casefold(), lijn.thema.slug


def _naam_van(rij: Invoerrij) -> str:
    return " ".join(rij.cellen.get("activiteit", "").split())


def _getal(tekst: str) -> int | None:
    return int(tekst) if _GETAL.fullmatch(tekst.strip()) else None
