"""What the page of an indicator says beside its figures: what the verdict rests on, every target and every value."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from common.tekst.cijfers import (
    decimalen_van,
    exact_in_woorden,
    grens_in_woorden,
    marge_in_woorden,
    met_delen,
    tempo_in_woorden,
)
from common.tekst.tekens import zichtbaar
from common.vaststellen.model import Staat
from monitor.dashboards.indicator.regel import Regel
from monitor.models import Berekening, Doelstelling, Indicator, Meting
from monitor.rekenen.cijfers import waarde_van
from monitor.rekenen.oordeelzin import ONDERDELEN, tempo_zin

Paren = list[tuple[str, str]]

REGELS = {
    "jaarvolume": "De som van de kwartalen wordt vergeleken met de norm: wat er tot nu toe zou moeten zijn.",
    "minimum": "{Waarde} moet ten minste het doel zijn.",
    "maximum": "{Waarde} mag hoogstens het doel zijn.",
    "verbetering": "De meting wordt vergeleken met de vorige. Een verschil telt pas boven de foutmarges samen.",
    "monitoring": "De agenda wil dit alleen volgen. Er is geen oordeel.",
    "onbekend": "De agenda noemt nog geen doel (nb). Er is geen oordeel.",
    "": "Voor dit jaar is geen doel vastgesteld. Er is geen oordeel.",
}
VERWACHTING = {
    Indicator.Verwachting.LINEAIR: "elk kwartaal een kwart van het jaardoel",
    Indicator.Verwachting.STAP: "niets tot het kwartaal van de stap, daarna het hele jaardoel",
    Indicator.Verwachting.SEIZOEN: "volgens het patroon van eerdere volledige jaren",
}


def herkomst(regel: Regel, berekening: Berekening | None) -> Paren:
    """Everything the verdict rests on, as pairs of a name and a value."""
    if regel.rij is None or regel.afgeleid is None:
        return []
    a = regel.afgeleid
    paren = [
        ("Regel", regelzin(regel)),
        ("Waarde", _waarde_met_delen(regel)),
        ("Doel", regel.doel_tekst),
        ("Norm tot en met dit kwartaal", _norm(regel)),
        ("Marge", _marge(regel)),
        ("Vorige meting", _vorige(regel)),
        ("Verschil", regel.verschil_tekst),
        ("Tempo", tempo_in_woorden(a.tempo) if a.tempo is not None else ""),
        ("Nog nodig dit jaar", regel.tekst(a.nog_nodig)),
        ("Eerdere kwartalen", tempo_zin(regel.rij)),
        ("Ontbreekt", ", ".join(a.ontbreekt)),
        ("Geleverd", f"{regel.rij.geleverd} van {regel.rij.moet_leveren}" if regel.rij.moet_leveren else ""),
        ("Status", regel.status),
        ("Besluit", _besluit(regel.rij.doelstelling)),
        ("Berekend", _berekend(berekening)),
    ]
    return [(naam, waarde) for naam, waarde in paren if waarde]


def regelzin(regel: Regel) -> str:
    """By which rule the figure is judged."""
    stand = regel.indicator.is_stand
    return REGELS[regel.soort].format(Waarde="De laatste stand" if stand else "De waarde over het jaar tot nu toe")


def _waarde_met_delen(regel: Regel) -> str:
    rij = regel.rij
    if rij is None or not regel.waarde_tekst:
        return regel.ontbreekt
    return met_delen(regel.waarde_tekst, rij.cum_teller, rij.cum_noemer)


def _vorige(regel: Regel) -> str:
    vorige = regel.afgeleid.vorige if regel.afgeleid else None
    return regel.weging.grens_als_waarde if regel.weging and vorige is not None else regel.tekst(vorige)


def _norm(regel: Regel) -> str:
    if regel.afgeleid is None or regel.afgeleid.verwachting is None:
        return ""
    w = regel.weging
    norm = w.grens_tekst if w else grens_in_woorden(regel.afgeleid.verwachting, regel.indicator)
    return f"{norm} ({VERWACHTING[Indicator.Verwachting(regel.indicator.verwachting)]})"


def _marge(regel: Regel) -> str:
    doel = regel.rij.doelstelling if regel.rij else None
    if doel is None or doel.marge is None:
        return ""
    van = " (van de monitor; de agenda drukt geen marges)" if doel.marge_van_monitor else ""
    return f"{marge_in_woorden(doel, regel.indicator)}{van}"


def _besluit(doel: Doelstelling | None) -> str:
    return f"{doel.besluit} ({doel.orgaan}), geldig vanaf {doel.geldig_vanaf:%d-%m-%Y}" if doel else ""


def _berekend(berekening: Berekening | None) -> str:
    if berekening is None:
        return ""
    op = timezone.localtime(berekening.berekend_op)
    return f"{op:%d-%m-%Y om %H:%M}, regels versie {berekening.regelversie}"


def vertrouwen(regel: Regel, metingen: Sequence[Meting], berekening: Berekening | None, *, met_personen: bool) -> str:
    """In one line why a figure may be trusted: who is behind it and when it was computed; without a full stop.

    ``metingen`` are the approved versions of the unit's own values; names are for who may read them.
    """
    delen = [_achter(regel, metingen, met_personen=met_personen)]
    if berekening is not None:
        delen.append(f"berekend {timezone.localtime(berekening.berekend_op):%d-%m-%Y %H:%M}")
    zin = "; ".join(deel for deel in delen if deel)
    return f"{zin[:1].upper()}{zin[1:]}"


def geldende_van(regel: Regel, metingen: Sequence[Meting]) -> Meting | None:
    """The version that holds of the value that the figure is of."""
    rij = regel.rij
    van_nu = (m for m in metingen if rij and m.jaar == rij.jaar and m.kwartaal in (rij.kwartaal, None))
    return next((m for m in van_nu if not m.vervangen_op), None)


def _achter(regel: Regel, metingen: Sequence[Meting], *, met_personen: bool) -> str:
    meting, rij = geldende_van(regel, metingen), regel.rij
    if meting is None:
        som = f"opgeteld uit {rij.geleverd} van {rij.moet_leveren}" if rij and rij.moet_leveren > 1 else ""
        return f"{som} {ONDERDELEN[regel.indicator.niveau][1]}" if som else ""
    op = f" op {timezone.localtime(meting.vastgesteld_op):%d-%m-%Y}" if meting.vastgesteld_op else ""
    if regel.indicator.herkomst == Indicator.Herkomst.AFGELEID:
        return f"afgeleid van formatie en bezetting{op}"
    if not meting.ingevoerd_door_id or not meting.vastgesteld_door_id:
        return f"vastgesteld{op}"
    if not met_personen:
        return f"ingevoerd en vastgesteld door twee personen{op}"
    return f"ingevoerd door {meting.ingevoerd_door}, vastgesteld door {meting.vastgesteld_door}{op}"


def met_woorden(doel: Doelstelling, indicator: Indicator) -> tuple[Doelstelling, str, str]:
    """One version of a target with its number and its margin in words, each empty where there is none."""
    streefwaarde = "" if doel.streefwaarde is None else exact_in_woorden(doel.streefwaarde, indicator)
    return doel, streefwaarde, marge_in_woorden(doel, indicator)


@dataclass(frozen=True)
class Metingregel:
    """One approved version of a value."""

    meting: Meting
    indicator: Indicator

    @property
    def periode(self) -> str:
        return f"Q{self.meting.kwartaal} {self.meting.jaar}" if self.meting.kwartaal else str(self.meting.jaar)

    @property
    def waarde(self) -> Decimal | None:
        m = self.meting
        return waarde_van(m.teller if m.noemer is not None else m.waarde, m.noemer, self.indicator)

    @property
    def decimalen(self) -> int:
        """Never fewer than someone typed; those of a quotient nobody did."""
        getypt = decimalen_van(self.meting.waarde) if self.meting.noemer is None and self.meting.waarde else 0
        return max(self.indicator.decimalen, getypt)

    @property
    def ontbreekt(self) -> str:
        return "nb" if self.meting.onbekend else "noemer is 0"

    @property
    def teldecimalen(self) -> int:
        """As many as the counts have: people are whole, fte come in parts."""
        tellingen = (self.meting.teller or Decimal(0), self.meting.noemer or Decimal(0))
        return max(0, *(-int(telling.normalize().as_tuple().exponent) for telling in tellingen))

    @property
    def staat(self) -> str:
        vervangen = self.meting.vervangen_op
        return f"Vervangen op {timezone.localtime(vervangen):%d-%m-%Y}" if vervangen else "Geldt"

    @property
    def vastgesteld_op(self) -> str:
        op = self.meting.vastgesteld_op
        return f"{timezone.localtime(op):%d-%m-%Y}" if op else ""

    @property
    def personen(self) -> str:
        namen = (self.meting.ingevoerd_door, self.meting.vastgesteld_door)
        return ", ".join(str(naam) for naam in namen if naam)

    @property
    def opmerking(self) -> str:
        return zichtbaar(" ".join(deel for deel in (self.meting.vervangreden, self.meting.toelichting) if deel))

    @property
    def rijklasse(self) -> str:
        return "vervangen" if self.meting.staat == Staat.VERVANGEN else ""
