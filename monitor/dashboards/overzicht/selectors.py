"""What the first page reads besides the lines of its indicators: what is of this reader alone.

Who sees which figure is decided by ``monitor.zicht``; a block of this reader is kept by what it depends on.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.cache import bewaard
from common.tekst.tekens import en
from formatie.models import Onderdeel
from formatie.plan.gemeenten import Werkkring, get_werkkringen
from monitor.dashboards import selectors
from monitor.dashboards.gemeente import zinnen
from monitor.dashboards.gemeente.selectors import gemeenteadres, lens
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.uiterlijk import get_woord
from monitor.dashboards.overzicht.koers import Koers, koers_van
from monitor.dashboards.pagina import blik_van
from sturing.lezen.overleggen import lees_volgend
from sturing.models import Overleg

Blok = Mapping[str, Any]
"""What stands in one short block: kop, adres, and regels of text."""


def lees_volgend_overleg(blik: Blik) -> Overleg | None:
    """The first meeting to come; who looks back reads the one that was to come that day, as far as it was planned."""
    return lees_volgend(blik.bekend_op, blik.bekend.moment)


def get_eigen(request: HttpRequest) -> list[Blok]:
    """The blocks of the own municipalities and districts; without a query for who has neither."""
    user: User = request.user  # type: ignore[assignment]  # asked below
    districten = sorted(user.districten_met(Recht.PERSONEEL_DISTRICT))
    if not (user.gemeenten or districten) or not user.mag(Recht.CIJFERS_LEZEN):
        return []
    keuze = ("eigen", user.gemeenten, districten)
    blokken: list[Blok] = bewaard(request, lambda: {"eigen": _eigen(request, districten)}, keuze)["eigen"]
    return blokken


def _eigen(request: HttpRequest, districten: Sequence[str]) -> list[Blok]:
    blik, gemeenten = blik_van(request), request.user.gemeenten  # type: ignore[union-attr]  # logged in
    kringen = {kring.gemeente.slug: kring for kring in _kringen(blik, gemeenten)} if gemeenten else {}
    bekend = kringen.keys() | {gemeente.slug for kring in kringen.values() for gemeente in kring.voorgangers}
    return [
        *(_gemeente(blik, kring) for kring in kringen.values()),
        *({"onbekend": slug} for slug in gemeenten if slug not in bekend),
        *_districten(blik, districten),
    ]


def _kringen(blik: Blik, slugs: tuple[str, ...]) -> list[Werkkring]:
    """Of a municipality that is gone the one it has become part of."""
    dag = blik.kwartaal.einde()
    gevonden = get_werkkringen(dag, slugs)
    nu = {(kring.opvolger or kring.gemeente).slug for kring in gevonden}
    return gevonden if nu == {kring.gemeente.slug for kring in gevonden} else get_werkkringen(dag, nu)


def _gemeente(blik: Blik, kring: Werkkring) -> Blok:
    return {
        "kop": f"Mijn gemeente: {kring.gemeente}",
        "link": f"Bekijk {kring.gemeente}",
        "adres": gemeenteadres(blik, kring),
        "regels": [_teams(kring)],
        "standen": zinnen.stand(lens(blik, kring)) if kring.teams else [],
    }


def _teams(kring: Werkkring) -> str:
    """In a few words; the whole of it stands on the page of the municipality."""
    if len(kring.teams) == 1:
        return f"Hier werkt basisteam {kring.teams[0]}."
    return f"Hier werken {len(kring.teams)} basisteams." if kring.teams else zinnen.ONBEKEND


def _districten(blik: Blik, codes: Sequence[str]) -> list[Blok]:
    """Per district what is off course there, in this quarter; three queries and those of who sees what."""
    onderdelen = list(Onderdeel.objects.filter(code__in=codes)) if codes else []
    if not onderdelen:
        return []
    regels = selectors.zoals_bepaald(blik, selectors.monitorregels(blik))
    namen = {regel.indicator_id: regel.indicator.naam for regel in regels}
    uitsnede = blik.uitsnede([regel.indicator for regel in regels], blik.kwartaal)
    rijen = list(blik.bekend.van_onderdelen(uitsnede, onderdelen))
    return [_district(o, namen, [rij for rij in rijen if rij.onderdeel_id == o.pk]) for o in onderdelen]


def _district(district: Onderdeel, namen: Mapping[int, str], rijen: Sequence[Any]) -> Blok:
    niet = [rij for rij in rijen if koers_van(rij.oordeel) is Koers.NIET]
    genoemd = [f"{namen[rij.indicator_id]} ({get_woord(rij.oordeel).lower()})" for rij in niet]
    stand = f"Niet op koers: {en(genoemd)}." if niet else "Geen indicator ligt hier van koers."
    mist = Counter(koers_van(rij.oordeel) for rij in rijen)[Koers.MIST]
    return {
        "kop": f"Mijn district: {district}",
        "link": f"Bekijk district {district.code}",
        "adres": reverse("formatie_district", args=[district.code]),
        "regels": [stand, *([f"Van {mist} mist het cijfer."] if mist else [])],
    }
