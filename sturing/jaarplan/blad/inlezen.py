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
from typing import NoReturn

from django.utils import timezone

from accounts.models import User
from common.vaststellen.audit import leg_vast
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, bewaakt
from monitor.invoer.importeren.bestand.kindproces import lees_apart
from monitor.invoer.importeren.bestand.rijen import BESTANDSVORMEN, JAARPLANREGELS
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij
from monitor.models import Indicator
from strategie.models import Hoofdlijn
from sturing.jaarplan.services import (
    NIET_UW_PLAN,
    Handeling,
    houdt_bij,
    mogelijke_eigenaren,
    neem_op,
    toets,
    werk_bij,
)
from sturing.jaarplan.versies import lees_woorden, plansleutel
from sturing.lezen.jaarplan import Status, hoofdlijnen_van, inhoud_van, lees_jaarplan
from sturing.models import Activiteitversie
from sturing.regels.planblad import JAARPLANKOLOMMEN, Plannamen, kolom_van, lees_planrij, zin_van
from sturing.regels.planinvoer import Activiteittekst, Inhoud, Veldfout, lees_inhoud, op_een_regel
from sturing.regels.planverschil import Planverschil, Planwoorden, planverschillen

MEESTE_RIJEN = 500
NIEUW, GEWIJZIGD_DOOR_BLAD, GELIJK = "nieuw", "gewijzigd", "ongewijzigd"
_GEEN_BLAD = Fout(
    0,
    "",
    f"Dit is geen blad van het jaarplan. Sla het jaarplan op en wijzig dat blad. {JAARPLANREGELS.verwachting}",
)
_VERWACHT_ANDERS = {vorm.verwachting for vorm in BESTANDSVORMEN if vorm is not JAARPLANREGELS}
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


def lees_plan_uit(bestand: bytes) -> tuple[list[Invoerrij], list[Fout]]:
    """The rows of a sheet, read in a process of its own, and what is wrong with cells of them.

    Raises InvoerFout where the file is no such sheet.
    """
    try:
        gelezen = lees_apart(bestand)
    except InvoerFout as fout:
        if _VERWACHT_ANDERS.isdisjoint(een.reden for een in fout.fouten):
            raise
        raise InvoerFout([_GEEN_BLAD]) from None
    if gelezen.vorm is not JAARPLANREGELS:
        raise InvoerFout([_GEEN_BLAD])
    if len(gelezen.rijen) > MEESTE_RIJEN:
        raise InvoerFout([Fout(0, "", f"Dit blad heeft meer dan {MEESTE_RIJEN} activiteiten. Verdeel het.")])
    return gelezen.rijen, gelezen.fouten


def lees_in(
    jaar: int,
    rijen: Sequence[Invoerrij],
    *,
    door: User,
    herkomst: str,
    proef: bool = False,
    op: datetime | None = None,
    fouten: Sequence[Fout] = (),
) -> list[Rijuitkomst]:
    """What every row does; with ``proef`` it is taken back. Raises InvoerFout with every fault of every row, also
    those that were found in its cells before (``fouten``)."""
    lezing = _Planlezing(jaar, Handeling(door, herkomst, op or timezone.now()), fouten)
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

    def __init__(self, jaar: int, met: Handeling, fouten: Sequence[Fout]) -> None:
        self.jaar, self.met = jaar, met
        self.fouten = list(fouten)

    def voer_uit(self, rijen: Sequence[Invoerrij]) -> list[Rijuitkomst]:
        dubbel = {naam for naam, aantal in Counter(map(_naam_van, rijen)).items() if naam and aantal > 1}
        uitkomsten = [uit for rij in rijen for uit in self._met_fouten(rij, _naam_van(rij) in dubbel)]
        if self.fouten:
            raise InvoerFout(sorted(self.fouten, key=_zoals_in_blad))
        return uitkomsten

    def _met_fouten(self, rij: Invoerrij, is_dubbel: bool) -> Iterator[Rijuitkomst]:
        """Nothing where the row cannot be followed; all that is wrong with it is kept, once for each column."""
        vooraf = [een.kolom for een in self.fouten if een.rij == rij.nummer]
        tekst, gelezen = lees_planrij(rij.nummer, rij.cellen, self.namen)
        fouten = [Veldfout(kolom, zin) for _, kolom, zin in gelezen]
        if is_dubbel:
            fouten.append(Veldfout("activiteit", "Deze activiteit staat twee keer in het blad. Laat één rij staan."))
        try:
            yield self._volg(rij, tekst, fouten, is_leesbaar=not (fouten or vooraf))
        except InvoerFout as fout:
            bekend = {*vooraf, *(een.veld for een in fouten)}
            erbij = [Veldfout(een.kolom, een.reden) for een in fout.fouten if kolom_van(een.kolom) not in bekend]
            fouten = [een for een in fouten if een.veld not in vooraf] + erbij
        except Geweigerd as fout:
            fouten = [Veldfout("activiteit", str(fout))]
        self.fouten += [Fout(rij.nummer, kolom_van(veld), zin_van(veld, zin)) for veld, zin in fouten]

    def _volg(
        self, rij: Invoerrij, tekst: Activiteittekst, fouten: list[Veldfout], *, is_leesbaar: bool
    ) -> Rijuitkomst:
        """``fouten`` takes what is wrong with where the row stands; InvoerFout carries the rest."""
        kenmerk = _naam_van(rij)
        if kenmerk in self.staand:
            return self._wijzig(rij, self.staand[kenmerk], tekst, fouten, is_leesbaar)
        if kenmerk:
            zin = f"{kenmerk[:80]} staat niet in het jaarplan van {self.jaar}. Laat de cel leeg voor iets nieuws."
            fouten.append(Veldfout("activiteit", zin))
        return self._voeg_toe(rij, tekst, fouten, is_leesbaar)

    def _voeg_toe(
        self, rij: Invoerrij, tekst: Activiteittekst, fouten: list[Veldfout], is_leesbaar: bool
    ) -> Rijuitkomst:
        titel = op_een_regel(tekst.titel)
        lijn = self._hoofdlijn(rij.cellen.get("thema", "").strip(), rij.cellen.get("hoofdlijn", "").strip(), fouten)
        if lijn is not None and (bekend := self.titels.get((lijn.pk, titel.casefold()))):
            zin = f"Deze activiteit staat al in het jaarplan, als {bekend}. Zet dat in de kolom activiteit."
            fouten.append(Veldfout("titel", zin))
        if lijn is None or fouten or not is_leesbaar:
            self._toets(tekst)
        self.titels[lijn.pk, titel.casefold()] = f"rij {rij.nummer} van dit blad"
        neem_op(self.jaar, lijn, tekst, self.met)
        return Rijuitkomst(rij.nummer, NIEUW, titel)

    def _wijzig(
        self,
        rij: Invoerrij,
        staat: Activiteitversie,
        tekst: Activiteittekst,
        fouten: list[Veldfout],
        is_leesbaar: bool,
    ) -> Rijuitkomst:
        fouten += self._van_elders(rij, staat.plan.hoofdlijn)
        inhoud, _ = lees_inhoud(tekst, self.jaar, self.met.dag)
        gezien = _getal(rij.cellen.get("versie", ""))
        gelijk = is_leesbaar and inhoud in (inhoud_van(staat), self._zoals_gezien(staat, gezien))
        if gelijk and not fouten:
            return Rijuitkomst(rij.nummer, GELIJK, staat.titel)
        if not houdt_bij(self.met.door, staat.plan.hoofdlijn.thema):
            raise NietToegestaan(NIET_UW_PLAN)
        if gezien != staat.nummer:
            zin = f"Uw blad heeft versie {gezien or 'niet ingevuld'}, nu geldt {staat.nummer} ({staat.door}). "
            fouten.append(Veldfout("versie", f"{zin}Sla het jaarplan opnieuw op en wijzig dat blad."))
        if fouten or not is_leesbaar:
            self._toets(tekst, inhoud_van(staat))
        werk_bij(staat.plan_id, tekst, gezien, self.met)
        return Rijuitkomst(
            rij.nummer, GEWIJZIGD_DOOR_BLAD, inhoud.titel, planverschillen(inhoud_van(staat), inhoud, self.woorden)
        )

    def _toets(self, tekst: Activiteittekst, vorige: Inhoud | None = None) -> NoReturn:
        """What else is wrong with a row that is not kept."""
        _, fouten = toets(tekst, self.jaar, self.met.dag, vorige)
        raise InvoerFout([Fout(0, veld, zin) for veld, zin in fouten])

    def _zoals_gezien(self, staat: Activiteitversie, gezien: int | None) -> object:
        if gezien is None or gezien >= staat.nummer:
            return None
        eerder = staat.plan.versies.prefetch_related("mijlpalen", "indicatoren").filter(nummer=gezien).first()
        return inhoud_van(eerder) if eerder else None

    def _van_elders(self, rij: Invoerrij, hoort: Hoofdlijn) -> Iterator[Veldfout]:
        """An activity stays where it is."""
        thema, lijn = (rij.cellen.get(kolom, "").strip() for kolom in ("thema", "hoofdlijn"))
        if thema and thema.casefold() not in _themanamen(hoort):
            zin = f"Deze activiteit hoort bij {hoort.thema.naam}. Laat dat staan, of laat haar vervallen."
            yield Veldfout("thema", zin)
        if lijn and lijn != str(hoort.nummer):
            zin = f"Deze activiteit hoort bij hoofdlijn {hoort.nummer} ({hoort.titel}). Laat dat getal staan."
            yield Veldfout("hoofdlijn", zin)

    def _hoofdlijn(self, thema: str, nummer: str, fouten: list[Veldfout]) -> Hoofdlijn | None:
        van_thema = [lijn for lijn in self.hoofdlijnen if thema.casefold() in _themanamen(lijn)]
        gevonden = next((lijn for lijn in van_thema if str(lijn.nummer) == nummer), None)
        if not van_thema:
            namen = "; ".join(dict.fromkeys(lijn.thema.naam for lijn in self.hoofdlijnen))
            wat = f"“{thema[:60]}” is geen thema van de agenda" if thema else "Vul een thema in"
            fouten.append(Veldfout("thema", f"{wat}. Kies uit: {namen}."))
        elif gevonden is None:
            wat = f"{van_thema[0].thema.naam} heeft geen hoofdlijn “{nummer[:20]}”" if nummer else "Vul een nummer in"
            keuzes = "; ".join(f"{lijn.nummer} ({lijn.titel})" for lijn in van_thema)
            fouten.append(Veldfout("hoofdlijn", f"{wat}. Kies het nummer uit: {keuzes}."))
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


def _zoals_in_blad(fout: Fout) -> tuple[int, int]:
    return fout.rij, JAARPLANKOLOMMEN.index(fout.kolom) if fout.kolom in JAARPLANKOLOMMEN else -1


def _naam_van(rij: Invoerrij) -> str:
    return " ".join(rij.cellen.get("activiteit", "").split())


def _getal(tekst: str) -> int | None:
    return int(tekst) if _GETAL.fullmatch(tekst.strip()) else None
