"""How complete the monitor is: an indicator of its own, counted from the same records as every verdict.

Complete is an indicator for which every onderdeel that should deliver in a quarter did. What is not due in a quarter
is not counted. The agenda sets no target for this.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.rollen import Recht
from common.grafiek import reeks, svg
from common.grafiek.tekening import Tekening, maak
from common.grafiek.uit_reeks import als_beeld
from common.pagina.cache import bewaard
from common.tekst.cijfers import procent
from common.tekst.periode import Kwartaal, kwartalen
from formatie.gemeenten import Werkkring, get_werkkringen
from monitor.dashboards.gemeente import zinnen
from monitor.dashboards.gemeente.selectors import gemeenteadres, lens
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import blik_van

_KWARTALEN = 8
NAAM = "Compleet geleverde indicatoren"


@dataclass(frozen=True)
class Kwartaaltelling:
    """Of one quarter: how many indicators had to come, and how many are complete."""

    kwartaal: Kwartaal
    geleverd: int = 0
    verwacht: int = 0

    @property
    def percentage(self) -> Decimal | None:
        return Decimal(100) * self.geleverd / self.verwacht if self.verwacht else None

    @property
    def woorden(self) -> str:
        return f"{self.geleverd} van {self.verwacht}" if self.verwacht else "niets te leveren"

    @property
    def tekst(self) -> str:
        """For example 87,5%; 100% is only said of all."""
        if self.percentage is None:
            return "–"
        return procent(self.percentage, 0 if self.geleverd in (0, self.verwacht) else 1)


@dataclass(frozen=True)
class Volledigheid:
    """The quarter shown, the course up to it, and which indicators are not complete."""

    verloop: Sequence[Kwartaaltelling]
    onvolledig: Sequence[Regel]

    @property
    def nu(self) -> Kwartaaltelling:
        return self.verloop[-1]

    @property
    def zin(self) -> str:
        nu, vorige = self.nu, self.verloop[-2]
        zin = f"In {nu.kwartaal.leesbaar} zijn {nu.woorden} indicatoren compleet"
        if not vorige.verwacht:
            return f"{zin}."
        return f"{zin}; in {vorige.kwartaal.leesbaar} waren dat er {vorige.woorden}."

    @property
    def figuur(self) -> Tekening:
        return maak(als_beeld(_reeks(self.verloop), self.zin), id="figuur-volledigheid", doek=svg.KLEIN)


def volledigheid(blik: Blik, lijst: Sequence[Regel]) -> Volledigheid | None:
    """None for who reads no figures; one query, besides the rows of ``lijst``."""
    if not lijst:
        return None
    rijen = blik.bekend.geschiedenis(blik.uitsnede([regel.indicator for regel in lijst]))
    begin = Kwartaal.van_index(blik.kwartaal.index - _KWARTALEN + 1)
    per_kwartaal = _tel(rijen)
    verloop = [per_kwartaal.get(k, Kwartaaltelling(k)) for k in kwartalen(begin, blik.kwartaal)]
    nu = [(regel, regel.rij) for regel in lijst if regel.rij and not regel.is_eerder]
    return Volledigheid(verloop, [regel for regel, rij in nu if rij.geleverd < rij.moet_leveren])


def _tel(rijen: Mapping[int, Sequence[Any]]) -> dict[Kwartaal, Kwartaaltelling]:
    geleverd: dict[Kwartaal, list[bool]] = defaultdict(list)
    for van_indicator in rijen.values():
        for rij in van_indicator:
            if rij.moet_leveren > 0:
                geleverd[Kwartaal(rij.jaar, rij.kwartaal)].append(rij.geleverd >= rij.moet_leveren)
    return {kwartaal: Kwartaaltelling(kwartaal, sum(alle), len(alle)) for kwartaal, alle in geleverd.items()}


def _reeks(verloop: Sequence[Kwartaaltelling]) -> reeks.Reeks:
    return reeks.Reeks(
        naam=NAAM,
        eenheid="%",
        decimalen=1,
        kwartalen=tuple(telling.kwartaal for telling in verloop),
        hoofd=reeks.Lijn("Compleet", tuple(telling.percentage for telling in verloop)),
        redenen=tuple(telling.woorden for telling in verloop),
        vanaf_nul=True,
    )


def blok(request: HttpRequest) -> SafeString:
    """The block for this person; empty, and without a query, for who has no municipality."""
    user: User = request.user  # type: ignore[assignment]
    if not user.gemeenten or not user.mag(Recht.CIJFERS_LEZEN):
        return SafeString("")
    keuze = ("mijn gemeente", user.gemeenten)
    html: SafeString = bewaard(request, lambda: {"html": _blok(request, user.gemeenten)}, keuze)["html"]
    return html


def _blok(request: HttpRequest, gemeenten: tuple[str, ...]) -> SafeString:
    blik = blik_van(request)
    kringen = {kring.gemeente.slug: kring for kring in _kringen(blik, gemeenten)}
    voorgangers = {gemeente.slug for kring in kringen.values() for gemeente in kring.voorgangers}
    inhoud = {
        "kaarten": [_kaart(blik, kring) for kring in kringen.values()],
        "onbekend": [slug for slug in gemeenten if slug not in kringen.keys() | voorgangers],
    }
    return SafeString(render_to_string("monitor/dashboards/overzicht/_mijngemeente.html", inhoud))


def _kringen(blik: Blik, slugs: tuple[str, ...]) -> list[Werkkring]:
    """Of a municipality that is gone the one it has become part of."""
    dag = blik.kwartaal.einde()
    gevonden = get_werkkringen(dag, slugs)
    nu = {(kring.opvolger or kring.gemeente).slug for kring in gevonden}
    return gevonden if nu == {kring.gemeente.slug for kring in gevonden} else get_werkkringen(dag, nu)


def _kaart(blik: Blik, kring: Werkkring) -> dict[str, Any]:
    return {
        "kring": kring,
        "adres": gemeenteadres(blik, kring),
        "ligging": zinnen.ligging(kring),
        "standen": zinnen.stand(lens(blik, kring)) if kring.teams else [],
    }
