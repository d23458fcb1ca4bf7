"""What changed between two days, as one reader may see it: every line, and how much of it in one sentence.

A verdict of a day is the one that the pages of that day show this reader, so there is nothing here to lay beside them.
The number of queries does not depend on how much changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.gewijzigd import Correctie
from common.tekst.cijfers import doel_in_woorden
from common.tekst.periode import Kwartaal
from common.tekst.tekens import en, hoofdletter
from formatie.models import Onderdeel, Organisatiebesluit
from monitor.dashboards import gewijzigd, selectors
from monitor.dashboards.indicator.regel import JAREN_GETOOND, Regel
from monitor.dashboards.keuze import Blik, bepaal, heden
from monitor.dashboards.oordeel.uiterlijk import get_woord
from monitor.dashboards.overzicht.koers import Koers, is_veranderd, koers_van
from monitor.dashboards.terugkijken import bekend_van
from monitor.models import Definitieversie, Doelstelling, Grensbesluit, Indicator, Meting, Monitorregel
from monitor.selectors import BESLOTEN
from monitor.zicht import BOVENIN
from sturing.lezen.duidingen import SOORTEN
from sturing.lezen.sinds import lees_activiteiten, lees_spoor, lees_verlopen
from sturing.lezen.vergadering import Tijdvak, begin_vanzelf
from sturing.models import Duiding
from sturing.regels.ladder import stand_van, vraagt_duiding
from sturing.regels.sinds import Oordeelstand, Rubriek, Verandering, Waarover, ladderwissel, oordeelwissel, tel, telling

_BEOORDEELD = (Koers.GOED, Koers.NIET, Koers.GELIJK)
MEESTE_CODES = 6
"""Onderdelen that a line names; of more it gives the number."""


@dataclass(frozen=True)
class Sinds:
    """Every line, in the order of the agenda; ``themas`` are the themes of that agenda, slug → name."""

    regels: Sequence[Verandering]
    themas: Mapping[str, str]


def lees_sinds(user: User, vak: Tijdvak, onderdelen: Collection[str] = ()) -> Sinds:
    """``onderdelen`` are codes of which the verdicts are told beside those of the unit.

    Raises Http404 where no agenda was loaded.
    """
    tot = vak.tot.isoformat() if vak.tot < vak.vandaag else ""
    toen = bepaal(user, "", vak.vandaag, vak.van.isoformat())
    nu = bepaal(user, "", vak.vandaag, tot)
    bron = _Bron(toen, nu, vak, selectors.zoals_bepaald(nu, selectors.monitorregels(nu)))
    gestuurd = [lees(user, vak, bron.themas) for lees in (lees_spoor, lees_verlopen)]
    rest = [*lees_activiteiten(user, vak), *chain.from_iterable(gestuurd), *_organisatie(user, vak)]
    regels = [*(_cijfers(bron, onderdelen) if nu.toont_cijfers else ()), *rest]
    return Sinds(regels, dict(selectors.get_themas(nu).values_list("slug", "naam")))


@dataclass(frozen=True)
class _Bron:
    """Both days as this reader looks at them, and the indicators of the agenda of the last one."""

    toen: Blik
    nu: Blik
    vak: Tijdvak
    lijst: Sequence[Monitorregel]

    @property
    def themas(self) -> dict[str, str]:
        return {regel.indicator.code: regel.thema.slug for regel in self.lijst}

    @property
    def indicatoren(self) -> list[Indicator]:
        return [regel.indicator for regel in self.lijst]

    @property
    def regels(self) -> list[Regel]:
        return [Regel(regel, self.nu.kwartaal, None, self.nu.vraag) for regel in self.lijst]

    @property
    def vanaf(self) -> Kwartaal:
        """The first quarter whose verdict may still stand on a page, or counts for a step of the ladder."""
        return Kwartaal(min(self.toen.kwartaal.jaar - JAREN_GETOOND, self.toen.agenda.begin_jaar), 1)


class _Plek(NamedTuple):
    """A figure of the unit or of what lies below it: its rows as known on both days, in order of time."""

    regel: Monitorregel
    onderdeel: Onderdeel
    toen: Sequence[Any]
    nu: Sequence[Any]

    @property
    def boven(self) -> bool:
        return self.onderdeel.soort in BOVENIN


def _cijfers(bron: _Bron, onderdelen: Collection[str]) -> Iterator[Verandering]:
    plekken = [*_van_eenheid(bron), *(_van_onderdelen(bron, onderdelen) if onderdelen else ())]
    for plek in plekken:
        yield from _oordelen(bron, plek)
    yield from _waarden(bron)
    yield from _treden(bron, plekken)
    yield from _te_duiden(bron, plekken)
    yield from _doelen(bron)
    yield from _definities(bron)


def _van_eenheid(bron: _Bron) -> Iterator[_Plek]:
    toen, nu = (blik.bekend.geschiedenis(blik.uitsnede(bron.indicatoren, bron.vanaf)) for blik in (bron.toen, bron.nu))
    for regel in bron.lijst:
        rijen = toen.get(regel.indicator_id, ()), nu.get(regel.indicator_id, ())
        yield _Plek(regel, bron.nu.eenheid, *rijen)


def _van_onderdelen(bron: _Bron, codes: Collection[str]) -> Iterator[_Plek]:
    """What lies below the unit, as far as this reader sees it on both days."""
    keuze = {"onderdeel__code__in": sorted(codes)}
    toen, nu = (_per_plek(blik.bekend.overal(keuze, bron.vanaf, blik.kwartaal)) for blik in (bron.toen, bron.nu))
    for regel in bron.lijst:
        for (indicator, _), rijen in nu.items():
            if indicator == regel.indicator_id and rijen[0].onderdeel.soort not in BOVENIN:
                onderdeel = rijen[0].onderdeel
                yield _Plek(regel, onderdeel, toen.get((indicator, onderdeel.pk), ()), rijen)


def _per_plek(rijen: Iterable[Any]) -> dict[tuple[int, int], list[Any]]:
    gevonden: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for rij in rijen:
        gevonden[rij.indicator_id, rij.onderdeel_id].append(rij)
    return gevonden


def _oordelen(bron: _Bron, plek: _Plek) -> Iterator[Verandering]:
    """The verdict that was shown beside the one that is, and what became of the former since."""
    eerst, later = _getoond(plek.toen, bron.toen.kwartaal), _getoond(plek.nu, bron.nu.kwartaal)
    if later and (zin := oordeelwissel(_stand(eerst), _stand(later))):
        anders = eerst is not None and is_veranderd(eerst.oordeel, later.oordeel)
        gelijk = later if eerst is not None and eerst.oordeel == later.oordeel else None
        if anders or ((gelijk or eerst is None) and koers_van(later.oordeel) in _BEOORDEELD):
            yield _oordeel(bron, plek, zin, "oordeel" if anders and plek.boven else "", gelijk)
    straks = next((rij for rij in plek.nu if eerst and _kwartaal(rij) == _kwartaal(eerst)), None)
    if eerst and straks and straks is not later and is_veranderd(eerst.oordeel, straks.oordeel):
        yield _oordeel(bron, plek, f"achteraf {oordeelwissel(_stand(eerst), _stand(straks))}", "")


def _getoond(rijen: Sequence[Any], kwartaal: Kwartaal) -> Any:
    """Of these rows, in order of time, the one that the page of a quarter shows; None where that has none."""
    laatste = next((rij for rij in reversed(rijen) if _kwartaal(rij) <= kwartaal), None)
    return laatste if laatste and laatste.jaar >= kwartaal.jaar - JAREN_GETOOND else None


def _kwartaal(rij: Any) -> Kwartaal:
    return Kwartaal(rij.jaar, rij.kwartaal)


def _stand(rij: Any) -> Oordeelstand | None:
    return Oordeelstand(get_woord(rij.oordeel).lower(), _kwartaal(rij).leesbaar) if rij else None


def _oordeel(bron: _Bron, plek: _Plek, zin: str, telt: str, gelijk: Any = None) -> Verandering:
    """``gelijk`` is the row of now where its verdict is that of the quarter before."""
    adres = reverse("indicator", args=[plek.regel.indicator.code]) + bron.nu.vraag
    adres = adres if plek.boven else _adres(bron, "indicator_oordeel", plek)
    samen = f"Gelijk gebleven in {_kwartaal(gelijk).leesbaar}" if gelijk else ""
    los = f"({get_woord(gelijk.oordeel).lower()})" if gelijk else ""
    return replace(_van_plek(plek, Rubriek.OORDEEL, zin, adres), telt=telt, samen=samen, los=los)


def _van_plek(plek: _Plek, rubriek: Rubriek, zin: str, adres: str) -> Verandering:
    indicator, slug, onderdeel = plek.regel.indicator, plek.regel.thema.slug, plek.onderdeel
    over: set[Waarover] = {("indicator", indicator.code), ("thema", slug), ("onderdeel", onderdeel.code)}
    naam = indicator.naam if plek.boven else f"{indicator.naam}, {onderdeel}"
    return Verandering(rubriek, naam, zin, adres, slug, None, frozenset(over))


def _adres(bron: _Bron, pagina: str, plek: _Plek) -> str:
    """The page of one place in the quarter of the last day."""
    adres = reverse(pagina, args=[plek.regel.indicator.code]) + bron.nu.bekend.vraag(bron.nu.kwartaal)
    return f"{adres}&onderdeel={plek.onderdeel.code}"


def _treden(bron: _Bron, plekken: Iterable[_Plek]) -> Iterator[Verandering]:
    """What went up or down the ladder, as its page shows both days."""
    for plek in plekken:
        blikken = ((plek.toen, bron.toen), (plek.nu, bron.nu))
        toen, nu = (stand_van(rijen, blik.kwartaal, blik.agenda.begin_jaar) for rijen, blik in blikken)
        hoe, waar = ladderwissel(toen, nu)
        if hoe and plek.boven:
            zin = f"{hoe}, {waar}; {nu.hoe_lang}" if waar else hoe
            regel = _van_plek(plek, Rubriek.LADDER, zin, reverse("ladder") + bron.nu.vraag)
            yield replace(regel, samen=hoofdletter(hoe), los=f"({waar})" if waar else "")


def _te_duiden(bron: _Bron, plekken: Iterable[_Plek]) -> Iterator[Verandering]:
    """What began to ask for a duiding that is not there yet; one query, none where nothing did."""
    nu = bron.nu.kwartaal
    al = {p[:2] for p in plekken if bron.toen.kwartaal == nu and _vraagt(p.toen, nu)}
    gevraagd = [p for p in plekken if p.onderdeel.soort in SOORTEN and _vraagt(p.nu, nu) and p[:2] not in al]
    if not gevraagd:
        return
    gezegd = bron.nu.bekend.geldend(Duiding.objects).filter(jaar=nu.jaar, kwartaal=nu.nummer)
    er_is = set(gezegd.order_by().values_list("indicator", "onderdeel"))
    for plek in gevraagd:
        if (plek.regel.indicator_id, plek.onderdeel.pk) not in er_is:
            zin, adres = f"duiding gevraagd over {nu.leesbaar}", _adres(bron, "indicator_duiding", plek)
            yield replace(_van_plek(plek, Rubriek.DUIDING, zin, adres), samen=hoofdletter(zin))


def _vraagt(rijen: Iterable[Any], kwartaal: Kwartaal) -> bool:
    return any(_kwartaal(rij) == kwartaal and vraagt_duiding(rij.oordeel) for rij in rijen)


def _waarden(bron: _Bron) -> Iterator[Verandering]:
    """What was approved for the first time and what was corrected: a line per indicator and quarter."""
    regels = {regel.indicator.pk: regel for regel in bron.regels}
    nieuw = gewijzigd.versies_van_metingen(bron.nu, bron.regels).filter(bron.vak.erin("vastgesteld_op"), vervangt=None)
    for groep in _per_periode(nieuw.order_by("onderdeel__volgorde", "pk")):
        yield _nieuw(regels[groep[0].indicator_id], groep)
    gecorrigeerd = gewijzigd.gecorrigeerde_waarden(bron.nu, bron.regels, bron.vak.van, bron.vak.tot_moment)
    van_wie = dict(gecorrigeerd)
    for groep in _per_periode(van_wie):
        yield from _gecorrigeerd(regels[groep[0].indicator_id], groep, van_wie)


def _per_periode(metingen: Iterable[Meting]) -> list[list[Meting]]:
    """Of one indicator and quarter together, in order of time."""
    groepen: dict[tuple[int, int, int], list[Meting]] = defaultdict(list)
    for meting in metingen:
        groepen[meting.jaar, meting.kwartaal or 4, meting.indicator_id].append(meting)
    return [groepen[sleutel] for sleutel in sorted(groepen)]


def _nieuw(regel: Regel, metingen: Sequence[Meting]) -> Verandering:
    hoe, voor = "cijfer" if len(metingen) == 1 else "cijfers", _voor_wie(metingen)
    van = f"van {_periode(metingen[0])} vastgesteld"
    regel_ervan = _over(regel, Rubriek.WAARDE, f"{hoe} {van}{voor}", metingen)
    return replace(regel_ervan, samen=f"Cijfers {van}", los=voor.strip())


def _gecorrigeerd(
    regel: Regel, metingen: Sequence[Meting], correcties: Mapping[Meting, Correctie]
) -> Iterator[Verandering]:
    """That of the unit by itself, with both figures; below it one with its figures, more by name or number."""
    onder = [meting for meting in metingen if meting.onderdeel.soort not in BOVENIN]
    los = [meting for meting in metingen if meting.onderdeel.soort in BOVENIN or len(onder) == 1]
    for meting in los:
        correctie = correcties[meting]
        kort = f"{correctie.waar} gecorrigeerd"
        yield _over(regel, Rubriek.WAARDE, f"{kort}, van {correctie.van} naar {correctie.naar}", [meting], kort)
    if len(onder) > 1:
        yield _over(regel, Rubriek.WAARDE, f"{_periode(onder[0])} gecorrigeerd{_voor_wie(onder)}", onder)


def _periode(meting: Meting) -> str:
    return f"Q{meting.kwartaal} {meting.jaar}" if meting.kwartaal else str(meting.jaar)


_MEERVOUD: Mapping[str, str] = {Onderdeel.Soort.DISTRICT: "districten", Onderdeel.Soort.BASISTEAM: "basisteams"}


def _voor_wie(metingen: Sequence[Meting]) -> str:
    """Nothing of the unit alone; few onderdelen by their codes, more of them by their number."""
    onder = [meting.onderdeel for meting in metingen if meting.onderdeel.soort not in BOVENIN]
    if not onder:
        return ""
    soorten = Counter(onderdeel.soort for onderdeel in onder)
    namen = [onderdeel.code for onderdeel in onder]
    aantallen = [f"{aantal} {_MEERVOUD.get(soort, 'onderdelen')}" for soort, aantal in soorten.items()]
    geheel = ["de eenheid"] if len(onder) < len(metingen) else []
    return f" voor {en([*geheel, *(namen if len(namen) <= MEESTE_CODES else aantallen)])}"


def _doelen(bron: _Bron) -> Iterator[Verandering]:
    """What was decided for the first time, and what was changed. Targets are no secret to who reads figures."""
    regels = {regel.indicator.pk: regel for regel in bron.regels}
    nieuw = gewijzigd.versies_van_doelen(bron.nu, bron.regels).filter(bron.vak.erin("vastgesteld_op"), vervangt=None)
    for doel in nieuw.order_by("jaar", "onderdeel__volgorde", "pk"):
        regel, kort = regels[doel.indicator_id], f"doel {doel.jaar}{_waar(doel.onderdeel)} vastgesteld"
        yield _over(regel, Rubriek.DOEL, f"{kort}: {doel_in_woorden(doel, regel.indicator)}", [doel], kort)
    for doel, correctie in gewijzigd.gecorrigeerde_doelen(bron.nu, bron.regels, bron.vak.van, bron.vak.tot_moment):
        kort = f"{correctie.waar} gewijzigd"
        zin = f"{kort}, van {correctie.van} naar {correctie.naar}"
        yield _over(regels[doel.indicator_id], Rubriek.DOEL, zin, [doel], kort)


def _waar(onderdeel: Onderdeel) -> str:
    return "" if onderdeel.soort in BOVENIN else f", {onderdeel}"


def _definities(bron: _Bron) -> Iterator[Verandering]:
    regels = {regel.indicator.pk: regel for regel in bron.regels}
    erin = Q(bron.vak.erin("vastgesteld_op"), indicator__in=bron.indicatoren, staat__in=BESLOTEN)
    for versie in Definitieversie.objects.filter(erin).order_by("vastgesteld_op", "pk"):
        yield _over(regels[versie.indicator_id], Rubriek.DEFINITIE, "definitie gewijzigd", [versie])
    for besluit in Grensbesluit.objects.filter(erin).order_by("vastgesteld_op", "pk"):
        zin = f"grenzen van de gewone schommeling beginnen opnieuw vanaf {besluit.begin.leesbaar}"
        yield _over(regels[besluit.indicator_id], Rubriek.DEFINITIE, zin, [besluit])


def _over(regel: Regel, rubriek: Rubriek, zin: str, versies: Sequence[Any], kort: str = "") -> Verandering:
    """A line about an indicator, and about the onderdelen of these versions."""
    slug = regel.monitorregel.thema.slug
    waar: set[Waarover] = {("onderdeel", v.onderdeel.code) for v in versies if hasattr(v, "onderdeel")}
    over = frozenset({("indicator", regel.code), ("thema", slug)} | waar)
    op = _dag(max(versie.vastgesteld_op for versie in versies))
    in_bericht = f"{regel.naam}: {kort}" if kort else ""
    return Verandering(rubriek, regel.naam, zin, regel.adres, slug, op, over, in_bericht)


def _dag(moment: datetime) -> date:
    return timezone.localtime(moment).date()


_WAAR_TE_ZIEN = {
    Organisatiebesluit.Soort.WERKGEBIED: ("gemeenten", Recht.CIJFERS_LEZEN),
    Organisatiebesluit.Soort.INWONERTAL: ("gemeenten", Recht.CIJFERS_LEZEN),
    Organisatiebesluit.Soort.AGENDA: ("themas", Recht.AGENDA_LEZEN),
    Organisatiebesluit.Soort.ORGANISATIE: ("formatie", Recht.FORMATIE_LEZEN),
    Organisatiebesluit.Soort.FORMATIEPLAN: ("formatie", Recht.FORMATIE_LEZEN),
}
"""Where a reader finds what was decided about the organisation, and the right that page asks for."""


def _organisatie(user: User, vak: Tijdvak) -> Iterator[Verandering]:
    besloten = Organisatiebesluit.objects.filter(vak.erin("vastgesteld_op"), staat__in=BESLOTEN)
    for besluit in besloten.order_by("vastgesteld_op", "pk"):
        waar, recht = _WAAR_TE_ZIEN[Organisatiebesluit.Soort(besluit.soort)]
        if user.mag(recht):
            zin = f"{besluit.get_soort_display().lower()} gewijzigd vanaf {besluit.vanaf:%d-%m-%Y}"
            op = _dag(besluit.vastgesteld_op) if besluit.vastgesteld_op else None
            yield Verandering(Rubriek.ORGANISATIE, besluit.naam, zin, reverse(waar), op=op)


def sindszin(blik: Blik, regels: Sequence[Regel]) -> Mapping[str, str] | None:
    """What the first page says of it, and where to read on; None on a page of another quarter or day.

    ``regels`` are all indicators of the page. It counts what the list counts, of the unit.
    """
    if blik.bekend.dag or not blik.is_vanzelf:
        return None
    begin = begin_vanzelf(blik.bekend_op)
    vak = Tijdvak(begin.dag, blik.bekend_op, blik.bekend_op)
    themas = {regel.code: regel.monitorregel.thema.slug for regel in regels}
    gestuurd = [lees(blik.user, vak, themas) for lees in (lees_spoor, lees_verlopen)]
    rest = tel([*lees_activiteiten(blik.user, vak), *chain.from_iterable(gestuurd)])
    oordelen = {"oordeel": _tel_oordelen(blik, regels, vak)} if regels else {}
    zin = telling({**rest, **oordelen}) or ("geen enkel oordeel veranderd" if regels else "niets veranderd")
    return {"begin": begin.woorden, "zin": zin, "adres": reverse("sinds")}


def _tel_oordelen(blik: Blik, regels: Sequence[Regel], vak: Tijdvak) -> int:
    """Where nothing was decided since about what was known then, that is known now: the page has it already."""
    kwartaal = heden(blik.agendas, vak.van)
    geraakt = _geraakt(kwartaal, vak)
    toen = _toen(blik, [regel.indicator for regel in regels if regel.indicator.pk in geraakt], vak, kwartaal)
    paren = ((_getoond(toen.get(r.indicator.pk, r.eerder), kwartaal), r) for r in regels if r.rij)
    return sum(is_veranderd(eerst.oordeel, regel.oordeel) for eerst, regel in paren if eerst)


def _geraakt(kwartaal: Kwartaal, vak: Tijdvak) -> set[int]:
    """The indicators with a value up to that quarter, a target or a definition that was decided since; one query."""
    tot_dan = Q(jaar__lt=kwartaal.jaar) | Q(jaar=kwartaal.jaar) & (Q(kwartaal=None) | Q(kwartaal__lte=kwartaal.nummer))
    sinds = {"vastgesteld_op__gt": vak.van_moment}
    waarden = Meting.objects.filter(tot_dan, **sinds)
    besluiten = (soort.objects.filter(**sinds) for soort in (Doelstelling, Definitieversie))
    beide = (rijen.order_by().values_list("indicator") for rijen in (waarden, *besluiten))
    eerste, *andere = beide
    return {indicator for (indicator,) in eerste.union(*andere)}


def _toen(
    blik: Blik, indicatoren: Sequence[Indicator], vak: Tijdvak, kwartaal: Kwartaal
) -> Mapping[int, Sequence[Any]]:
    """The rows of these indicators as known then, an empty list for which there was none; no query for none."""
    if not indicatoren:
        return {}
    bekend = bekend_van(blik.user, vak.van, blik.begin.jaar)
    eerder = bekend.geschiedenis(replace(blik, kwartaal=kwartaal).uitsnede(indicatoren))
    return {indicator.pk: eerder.get(indicator.pk, []) for indicator in indicatoren}
