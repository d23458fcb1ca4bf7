"""The sheet of one district and quarter: each place with its formation, what was there before, and its cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.cijfers import celtekst
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Onderdeel
from monitor.invoer.bezetting.kader import Planplaatsen, lees_plaatsen, lees_versies, lees_vorige, staat_op_een_blad
from monitor.invoer.bezetting.validatie import (
    FTENAMEN,
    FTEVELDEN,
    PLAATSSOORTEN,
    Bezettingsleutel,
    Bezettingsplek,
    Opgave,
    lees_opgave,
)
from monitor.invoer.bezetting.vergelijken import GEZIEN
from monitor.invoer.bezetting.weergave import bezetting_in_woorden
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.regels.validatie import Kader, lees_elke_rij
from monitor.invoer.regels.vergelijking import huidige
from monitor.invoer.regels.waarneming import Fout, Invoerrij
from monitor.reikwijdte import lees_reikwijdte

ALLEEN_TEAMS = ("wijkagenten", "wijkagenten_expert")


@dataclass(frozen=True, slots=True)
class Veldcel:
    """One field: its name in the form, its label, the text in it and what is wrong with that."""

    naam: str
    kop: str
    waarde: str
    fouten: Sequence[str] = ()


@dataclass(slots=True)
class Plaatsrij:
    """One place. ``huidig`` is the open version, else the approved one; ``getypt`` is by column what was typed."""

    nummer: int
    onderdeel: Onderdeel
    soort: str
    formatie: Decimal | None
    vorige: Bezetting | None
    huidig: Bezetting | None
    gesloten: bool
    geldend: Bezetting | None = None
    getypt: Mapping[str, str] = field(default_factory=dict)
    fouten: Sequence[Fout] = ()
    opmerkingen: int = 0

    @property
    def plek(self) -> Bezettingsplek:
        return (self.onderdeel.code, self.soort)

    @property
    def veld(self) -> str:
        return ".".join(self.plek)

    @property
    def naam(self) -> str:
        if self.soort == Bezetting.Soort.BASISTEAM:
            return str(self.onderdeel)
        return Bezetting.Soort(self.soort).label

    @property
    def plaatsen(self) -> str:
        return celtekst(self.formatie)

    @property
    def vorige_fte(self) -> str:
        return celtekst(self.vorige and self.vorige.fte)

    @property
    def geldt_nu(self) -> str:
        """What counts, where something else is on its way."""
        return bezetting_in_woorden(self.geldend) if self.geldend and self.geldend is not self.huidig else ""

    @property
    def ingediend(self) -> bool:
        return self.huidig is not None and self.huidig.staat == Staat.INGEDIEND

    @property
    def vast(self) -> bool:
        """Whether there is nothing to type."""
        return self.gesloten or self.ingediend

    @property
    def gezien(self) -> str:
        """The version this page shows; after a refusal because of another version, that one."""
        if GEZIEN in self.getypt and not any(fout.kolom == GEZIEN for fout in self.fouten):
            return self.getypt[GEZIEN]
        return self.huidig.vingerafdruk if self.huidig else ""

    @property
    def cijfercellen(self) -> list[Veldcel | None]:
        return [None if kolom in ALLEEN_TEAMS and self.soort != "basisteam" else self.cel(kolom) for kolom in FTEVELDEN]

    @property
    def toelichting(self) -> Veldcel:
        return self.cel("toelichting")

    @property
    def rijfouten(self) -> list[str]:
        """What is wrong with the row as a whole."""
        eigen = {*FTEVELDEN, "toelichting"}
        return [fout.reden for fout in self.fouten if fout.kolom not in eigen]

    @property
    def voorlopig(self) -> bool:
        if self.getypt:
            return "voorlopig" in self.getypt
        return self.huidig is not None and self.huidig.status == Bezetting.Zekerheid.VOORLOPIG

    def cel(self, kolom: str) -> Veldcel:
        fouten = [fout.reden for fout in self.fouten if fout.kolom == kolom]
        return Veldcel(f"{self.veld}.{kolom}", FTENAMEN.get(kolom, "Toelichting"), self.tekst(kolom), fouten)

    def tekst(self, kolom: str) -> str:
        """What was typed, else what is there."""
        return self.getypt.get(kolom, celtekst(getattr(self.huidig, kolom, None)))


@dataclass(frozen=True, slots=True)
class Bezettingsblad:
    district: Onderdeel
    kwartaal: Kwartaal
    plan: str
    gesloten: bool
    rijen: list[Plaatsrij]

    @property
    def correcties(self) -> bool:
        """Whether a change here corrects something that was approved."""
        return any(rij.huidig and rij.huidig.staat == Staat.VASTGESTELD for rij in self.rijen)

    @property
    def te_typen(self) -> bool:
        return any(not rij.vast for rij in self.rijen)


def get_districten(user: User, kwartaal: Kwartaal) -> list[Onderdeel]:
    """The districts of which this person may propose the bezetting, as they were in the quarter."""
    bereik = lees_reikwijdte(user, Recht.BEZETTING_INVOEREN)
    bestaat = Q(geldig_vanaf=None) | Q(geldig_vanaf__lte=kwartaal.einde())
    bestaat &= Q(geldig_tot=None) | Q(geldig_tot__gt=kwartaal.begin())
    districten = Onderdeel.objects.filter(bestaat, soort=Onderdeel.Soort.DISTRICT)
    return list(districten if bereik.alles else districten.filter(code__in=bereik.onderdelen))


def lees_blad(district: Onderdeel, kwartaal: Kwartaal) -> Bezettingsblad:
    """The sheet as it stands, in six queries."""
    [plaatsen] = lees_plaatsen([kwartaal]).values()
    plekken = _plekken(district, kwartaal, plaatsen)
    sleutels: list[Bezettingsleutel] = [(o.code, soort, kwartaal.jaar, kwartaal.nummer) for o, soort in plekken]
    versies, vorige = lees_versies(sleutels), lees_vorige(sleutels)
    gesloten, formatie = (kwartaal.jaar, kwartaal.nummer) in lees_gesloten(), plaatsen.per_plek
    rijen = [
        Plaatsrij(
            nr, *plek, formatie.get(s[:2]), vorige.get(s), huidige(versies.get(s, ())), gesloten, _geldend(versies, s)
        )
        for nr, (plek, s) in enumerate(zip(plekken, sleutels, strict=True), start=1)
    ]
    return Bezettingsblad(district, kwartaal, plaatsen.plan, gesloten, rijen)


def get_bezettingversies(onderdeel: Onderdeel, soort: str, kwartaal: Kwartaal) -> QuerySet[Bezetting]:
    """What was handed in of one place in one quarter, the newest first."""
    waar = {"onderdeel": onderdeel, "soort": soort, "jaar": kwartaal.jaar, "kwartaal": kwartaal.nummer}
    return Bezetting.objects.filter(**waar).order_by("-pk")


def _geldend(versies: Mapping[Bezettingsleutel, Sequence[Bezetting]], sleutel: Bezettingsleutel) -> Bezetting | None:
    return next((rij for rij in versies.get(sleutel, ()) if rij.staat == Staat.VASTGESTELD), None)


def _plekken(district: Onderdeel, kwartaal: Kwartaal, plaatsen: Planplaatsen) -> list[tuple[Onderdeel, str]]:
    """Every place the plan gives this district and its teams, and every team that has no places in it."""
    teams = Onderdeel.objects.filter(ouder=district, soort=Onderdeel.Soort.BASISTEAM)
    van_district = [(district, soort) for soort in PLAATSSOORTEN if (district.code, soort) in plaatsen.per_plek]
    van_teams = [(team, "basisteam") for team in teams if staat_op_een_blad(team, kwartaal)]
    return sorted([*van_district, *van_teams], key=lambda plek: list(PLAATSSOORTEN).index(plek[1]))


def neem_getypt_over(blad: Bezettingsblad, getypt: Mapping[str, str], fouten: Iterable[Fout] = ()) -> None:
    """Show what was typed, with what is wrong in its place."""
    fouten, per_veld = list(fouten), defaultdict[str, dict[str, str]](dict)
    for naam, tekst in getypt.items():
        veld, _, kolom = naam.rpartition(".")
        per_veld[veld][kolom] = tekst
    for rij in blad.rijen:
        if rij.veld in per_veld and not rij.vast:
            rij.getypt, rij.fouten = per_veld[rij.veld], [fout for fout in fouten if fout.rij == rij.nummer]


def lees_getypt(blad: Bezettingsblad, kader: Kader) -> tuple[list[Opgave], list[Fout]]:
    """The rows that were filled, read, and what could not be read; what was and stays empty is not there."""
    getypt = (rij for rij in blad.rijen if rij.getypt and not (rij.vast or _is_leeg(rij)))
    return lees_elke_rij((_als_invoerrij(rij, blad.kwartaal) for rij in getypt), lees_opgave, kader)


def _is_leeg(rij: Plaatsrij) -> bool:
    return rij.huidig is None and not any(rij.tekst(kolom).strip() for kolom in (*FTEVELDEN, "toelichting"))


def _als_invoerrij(rij: Plaatsrij, kwartaal: Kwartaal) -> Invoerrij:
    """The row that a file would hold for this place. The day of measuring is not typed here and stays as it was."""
    onderdeel, soort = rij.plek
    meetdatum = rij.huidig.meetdatum if rij.huidig else None
    plaats = {"onderdeel": onderdeel, "soort": soort, "jaar": str(kwartaal.jaar), "kwartaal": str(kwartaal.nummer)}
    zeker = {"status": "voorlopig" if rij.voorlopig else "definitief", "meetdatum": str(meetdatum or "")}
    cellen = {kolom: rij.tekst(kolom) for kolom in (*FTEVELDEN, "toelichting")}
    return Invoerrij(rij.nummer, {**plaats, **zeker, **cellen})
