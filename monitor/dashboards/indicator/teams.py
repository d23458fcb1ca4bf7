"""What lies below the unit: the rows of districts and teams this person may see, of now or of an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q

from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards.indicator.regel import Regel, maak_regel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.terugkijken import ONDER
from monitor.models import Doelbereik, Indicator, Stand
from monitor.zicht import BOVENIN, alleen_destijds_zichtbaar, alleen_zichtbaar, get_te_klein

KWARTALEN = 12  # that are read: what is measured less often has figures in some of them


class MetOnderdeel(Protocol):
    @property
    def onderdeel(self) -> Onderdeel: ...


@dataclass(frozen=True)
class Onderdeelrij:
    """One onderdeel below the unit in one quarter: a Regel that carries its onderdeel."""

    regel: Regel
    onderdeel: Onderdeel

    @property
    def rijklasse(self) -> str:
        return "tussen" if self.onderdeel.soort == Onderdeel.Soort.DISTRICT else ""

    @property
    def van_toepassing(self) -> bool:
        return self.regel.rij is None or self.regel.rij.stand != Stand.NIET_VAN_TOEPASSING


def kwartaal_van(regel: Regel) -> Kwartaal:
    """The quarter of the figure: of what is measured once in a while not always the one of the page."""
    return Kwartaal(regel.rij.jaar, regel.rij.kwartaal) if regel.rij else regel.kwartaal


def per_onderdeel(regel: Regel, rijen: Iterable[Doelbereik]) -> list[Onderdeelrij]:
    """Of these rows those of the quarter of the figure, each team under its district."""
    kwartaal = kwartaal_van(regel)
    van_nu = [rij for rij in rijen if Kwartaal(rij.jaar, rij.kwartaal) == kwartaal]
    gevonden = [Onderdeelrij(maak_regel(regel.monitorregel, kwartaal, rij), rij.onderdeel) for rij in van_nu]
    return sorted(gevonden, key=boomvolgorde)


def laatste_rijen(blik: Blik, regel: Regel) -> list[Doelbereik]:
    """The rows of the districts and teams this person may see, over the last quarters up to the figure."""
    tot = kwartaal_van(regel)
    return rijen_onder(blik, [regel.indicator], Kwartaal.van_index(tot.index - KWARTALEN + 1), tot)


def rijen_onder(
    blik: Blik, indicatoren: Sequence[Indicator], van: Kwartaal, tot: Kwartaal, alleen: Iterable[Onderdeel] = ()
) -> list[Doelbereik]:
    """The rows from one quarter up to another, each with its onderdeel and target; ``alleen`` these onderdelen."""
    if blik.toen:
        rijen = [rij for rijen in blik.toen.onder(blik.eenheid, indicatoren).values() for rij in rijen]
    else:
        rijen = list(_bewaarde_rijen(blik, indicatoren, van, tot))
    binnen = [rij for rij in rijen if van <= Kwartaal(rij.jaar, rij.kwartaal) <= tot]
    codes = {onderdeel.code for onderdeel in alleen}
    return [rij for rij in binnen if rij.onderdeel.code in codes] if codes else binnen


def _bewaarde_rijen(blik: Blik, indicatoren: Sequence[Indicator], van: Kwartaal, tot: Kwartaal) -> Iterable[Doelbereik]:
    """The few onderdelen and targets are fetched apart, not once per row."""
    onder = Q(onderdeel__ouder=blik.eenheid) | Q(onderdeel__ouder__ouder=blik.eenheid)
    een = indicatoren[0] if len(indicatoren) == 1 else None
    zichtbaar = alleen_zichtbaar(Doelbereik.objects.filter(indicator__in=indicatoren), blik.user, van=een)
    buiten = Q(jaar=van.jaar, kwartaal__lt=van.nummer) | Q(jaar=tot.jaar, kwartaal__gt=tot.nummer)
    gevonden = zichtbaar.filter(onder, onderdeel__soort__in=ONDER, jaar__range=(van.jaar, tot.jaar)).exclude(buiten)
    return gevonden.prefetch_related("doelstelling", "onderdeel__ouder")


def niet_destijds(blik: Blik, regel: Regel) -> bool:
    """Whether somebody who looks back misses districts or teams here that the page of today does show."""
    if not blik.toen or not regel.indicator.personeel:
        return False
    vandaag = alleen_zichtbaar(Doelbereik.objects.all(), blik.user, van=regel.indicator)
    onder = vandaag.exclude(onderdeel__soort__in=BOVENIN)
    return onder.exists() and not alleen_destijds_zichtbaar(onder, blik.user).exists()


def te_klein(blik: Blik, regel: Regel) -> str:
    """The districts that are left out of this page because too few people are in them; in words, or empty."""
    if blik.toen:
        return ""  # of staff all or nothing is shown then: ``niet_destijds``
    weg = get_te_klein(blik.user, van=regel.indicator).get((regel.indicator.pk, kwartaal_van(regel).jaar))
    codes = Onderdeel.objects.filter(pk__in=weg, ouder=blik.eenheid).values_list("code", flat=True) if weg else ()
    return ", ".join(f"district {code}" for code in codes)


def boomvolgorde(rij: MetOnderdeel) -> tuple[int, str, int, int, str]:
    """A district before its teams, districts in the order of the plan."""
    is_team = rij.onderdeel.soort == Onderdeel.Soort.BASISTEAM
    district = rij.onderdeel.ouder if is_team and rij.onderdeel.ouder else rij.onderdeel
    return district.volgorde, district.code, int(is_team), rij.onderdeel.volgorde, rij.onderdeel.code
