"""The versions behind a verdict: what each says, by which road it came, and who answers for it.

Names are for who may read the trail. Others see in which role somebody entered or approved a value, and when.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import ROLLEN, Recht
from common.tekst.cijfers import foutmarge_in_woorden, gemeten_in_woorden, met_delen
from common.tekst.tekens import kleine_letter, zichtbaar
from common.vaststellen.audit import AuditEvent
from common.vaststellen.model import Staat, Vaststelling
from formatie.models import Onderdeel
from monitor.dashboards.indicator.uitleg import Metingregel
from monitor.models import Doelstelling, Indicator, Meting
from monitor.reikwijdte import Reikwijdte

INVOERRECHTEN = (Recht.METING_INVOEREN, Recht.BEZETTING_INVOEREN, Recht.IMPORTEREN)
VASTSTELRECHTEN = (Recht.METING_VASTSTELLEN, Recht.BEZETTING_VASTSTELLEN)
VOORSTELRECHTEN = (Recht.DOEL_VOORSTELLEN,)
DOELRECHTEN = (Recht.DOEL_VASTSTELLEN,)
BINNENKOMST = ("ingediend", "opnieuw ingediend", "correctie ingediend", "afgeleid", "opnieuw afgeleid")
WEGEN = {
    "scherm invoer": "getypt in het invulscherm",
    "scherm importeren": "ingelezen uit een bestand",
    "opdracht importeer_metingen": "ingelezen uit een bestand",
    "afgeleid van bezetting": "afgeleid van formatie en bezetting",
    "demo": "verzonnen, voor de demonstratie",
}
Meetperiode = tuple[int, int | None]
Versieplek = tuple[int, int, int | None]
"""An onderdeel, a year and a quarter; None is the whole year."""


def wie(versies: Iterable[Vaststelling]) -> Iterator[int | None]:
    """The keys of everybody who entered or approved one of these."""
    for versie in versies:
        yield from (versie.ingevoerd_door_id, versie.vastgesteld_door_id)


class Personen:
    """Who the people behind the versions are; two queries, however many there are."""

    def __init__(self, wie: Iterable[int | None]) -> None:
        met_rollen = Prefetch("rolvervullingen", Rolvervulling.objects.all(), to_attr="ooit")
        gevonden = User.objects.filter(pk__in={pk for pk in wie if pk}).prefetch_related(met_rollen)
        self._personen = {user.pk: user for user in gevonden}

    def noem(self, pk: int | None, rechten: Sequence[Recht], op: datetime | None, *, met_naam: bool) -> str:
        """The name with the role it acted in, or only that role; empty where nobody did."""
        user = self._personen.get(pk or 0)
        if user is None:
            return ""
        rol = _rol(user.ooit, rechten, timezone.localtime(op).date()) if op else ""
        if met_naam:
            return f"{user} ({rol})" if rol else str(user)
        return f"een {rol}" if rol else "iemand die dat mag"


def _rol(vervullingen: Iterable[Rolvervulling], rechten: Sequence[Recht], dag: date) -> str:
    """The role of that day that gave the right; of today's roles where none of that day is kept."""
    met_recht = [v for v in vervullingen if set(rechten) & set(ROLLEN[v.rol].rechten)]
    die_dag = [v for v in met_recht if (v.geldig_vanaf or date.min) <= dag < (v.geldig_tot or date.max)]
    gevonden = next(iter(die_dag or met_recht), None)
    return kleine_letter(ROLLEN[gevonden.rol].naam) if gevonden else ""


@dataclass(frozen=True)
class Versie:
    """One approved version of one value; ``nummer`` counts the versions of that place and period from 1."""

    meting: Meting
    indicator: Indicator
    onderdeel: Onderdeel
    nummer: int
    weg: str
    invoerder: str
    vaststeller: str
    met_spoor: bool

    @property
    def regel(self) -> Metingregel:
        return Metingregel(self.meting, self.indicator)

    @property
    def geldt(self) -> bool:
        return self.meting.staat == Staat.VASTGESTELD

    @property
    def tekst(self) -> str:
        """For example 82,5% (254 van 308), or nb."""
        waarde, m = self.regel.waarde, self.meting
        if waarde is None:
            return self.regel.ontbreekt
        kop = gemeten_in_woorden(waarde, self.indicator, gedeeld=m.noemer is not None)
        marge = f", foutmarge {foutmarge_in_woorden(m.marge)}" if m.marge is not None else ""
        return f"{met_delen(kop, m.teller, m.noemer)}{marge}"

    @property
    def invoerzin(self) -> str:
        door = f" door {self.invoerder}" if self.invoerder else ""
        hoe = f", {self.weg}" if self.weg != "ingevoerd" else ""
        return f"Ingevoerd{door} op {dag(self.meting.ingevoerd_op)}{hoe}."

    @property
    def vaststelzin(self) -> str:
        door = f" door {self.vaststeller}" if self.vaststeller else ""
        zonder_namen = self.invoerder and self.vaststeller and not self.met_spoor
        ander = ", een ander dan wie het invoerde," if zonder_namen else ""
        return f"Vastgesteld{door}{ander} op {dag(self.meting.vastgesteld_op)}."

    @property
    def noten(self) -> list[str]:
        m = self.meting
        noten = [self.invoerzin, self.vaststelzin]
        noten += [f"Correctie: {zichtbaar(m.vervangreden)}"] if m.vervangreden else []
        noten += [f"Toelichting: {zichtbaar(m.toelichting)}"] if m.toelichting not in ("", m.vervangreden) else []
        return [*noten, f"Vervangen op {dag(m.vervangen_op)}."] if m.vervangen_op else noten


def dag(op: datetime | None) -> str:
    return f"{timezone.localtime(op):%d-%m-%Y}" if op else "–"


def per_plek(
    metingen: Sequence[Meting],
    indicator: Indicator,
    onderdelen: Mapping[int, Onderdeel],
    spoor: Reikwijdte,
    personen: Personen,
) -> dict[Versieplek, list[Versie]]:
    """The versions of each place and period, the newest first."""
    wegen = _wegen(metingen)
    gevonden: dict[Versieplek, list[Versie]] = defaultdict(list)
    for meting in sorted(metingen, key=lambda m: (m.vastgesteld_op, m.pk)):
        onderdeel = onderdelen[meting.onderdeel_id]
        versies = gevonden[onderdeel.pk, meting.jaar, meting.kwartaal]
        met_naam = spoor.bevat(indicator.code, onderdeel.code)
        noem = partial(personen.noem, met_naam=met_naam)
        invoerder = noem(meting.ingevoerd_door_id, INVOERRECHTEN, meting.ingevoerd_op)
        vaststeller = noem(meting.vastgesteld_door_id, VASTSTELRECHTEN, meting.vastgesteld_op)
        weg = WEGEN.get(weg := wegen.get(meting.pk, ""), weg) or kleine_letter(indicator.get_herkomst_display())
        nummer = len(versies) + 1
        versies.insert(0, Versie(meting, indicator, onderdeel, nummer, weg, invoerder, vaststeller, met_naam))
    return gevonden


def _wegen(metingen: Sequence[Meting]) -> dict[int, str]:
    """By which door each value came in: where, never who or what."""
    pks = [str(meting.pk) for meting in metingen]
    gebeurtenissen = AuditEvent.objects.filter(object_soort="meting", object_id__in=pks, handeling__in=BINNENKOMST)
    return {int(pk): herkomst for pk, herkomst in gebeurtenissen.order_by("pk").values_list("object_id", "herkomst")}


@dataclass(frozen=True)
class Doelverantwoording:
    """One version of the target with who answers for it."""

    doel: Doelstelling
    indicator: Indicator
    voorsteller: str
    vaststeller: str

    @property
    def noten(self) -> list[str]:
        d = self.doel
        noten = [f"Besluit: {zichtbaar(d.besluit)} ({zichtbaar(d.orgaan)}), geldig vanaf {d.geldig_vanaf:%d-%m-%Y}."]
        if self.voorsteller:
            noten.append(f"Voorgesteld door {self.voorsteller} op {dag(d.ingediend_op or d.ingevoerd_op)}.")
        door = self.vaststeller or f"{zichtbaar(d.orgaan)}, met dat besluit"
        noten.append(f"Vastgesteld door {door}; in de monitor sinds {dag(d.vastgesteld_op)}.")
        noten += [f"Waarom gewijzigd: {zichtbaar(d.vervangreden)}"] if d.vervangreden else []
        return [*noten, f"Vervangen op {dag(d.vervangen_op)}."] if d.vervangen_op else noten


def doelversies(
    doelen: Sequence[Doelstelling], indicator: Indicator, spoor: Reikwijdte, personen: Personen
) -> list[Doelverantwoording]:
    gevonden = []
    for doel in doelen:
        noem = partial(personen.noem, met_naam=spoor.bevat(indicator.code, doel.onderdeel.code))
        voorsteller = noem(doel.ingevoerd_door_id, VOORSTELRECHTEN, doel.ingevoerd_op)
        vaststeller = noem(doel.vastgesteld_door_id, DOELRECHTEN, doel.vastgesteld_op)
        gevonden.append(Doelverantwoording(doel, indicator, voorsteller, vaststeller))
    return gevonden
