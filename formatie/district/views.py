"""The page of one district. It asks, and hands over; it decides nothing and adds nothing up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek.beeld import Beeld
from common.grafiek.svg import GROOT, KLEIN
from common.grafiek.tekening import maak
from common.grafiek.tijdlijn import Tijdlijn, Voorval
from common.grafiek.vel import Doek
from common.pagina.tonen import Scherm, toon_pagina
from common.tekst.periode import Kwartaal
from common.tekst.tekens import hoofdletter
from formatie.bezetting.plekken import Erfgenamen, get_teams_onder
from formatie.bezetting.sommen import Mensen, Sleutel, inzetbaar
from formatie.bezetting.voor_lezer import Bezet, get_bezet
from formatie.district import zinnen
from formatie.district.grafiek import beeld_van, naam_van, plaatsen_van, planbeeld, verloopbeeld
from formatie.district.soort import ALLES, Personeelsoort, lees_soort, te_kiezen
from formatie.district.stand import (
    ONBEKEND,
    District,
    Plaatsrij,
    beeld,
    deelzin,
    inwonerzin,
    mensenzin,
    planzin,
)
from formatie.district.tables import PlaatsenTabel, PlanTabel, WijkagentenTabel
from formatie.district.verloop import AANTAL_KWARTALEN, Koers, gelijke_assen
from formatie.keuze import Blik
from formatie.models import Formatieplan, Inwonertal, Onderdeel
from formatie.pagina import blik_van, eigen_districten, leeg, maak_scherm
from formatie.plan.rijen import GEHEEL, Cel, verschilrijen
from formatie.plan.selectors import Planinhoud, get_districten, get_districtsinhoud, get_inwonertallen, get_plaatsen
from formatie.plan.versies import per_kwartaal

ONDERSCHRIFT = (
    "Verschil is bezetting min formatie: negatief is onderbezetting. Een streepje: niet gedrukt in het plan, of niet "
    "vastgesteld. Dat is geen nul."
)
ALLEEN_GEHEEL = "De bezetting per onderdeel is alleen zichtbaar voor het district zelf."
NAAST = Doek(480, 120, per_naam=58, vast=True)
BREED = Doek(760, 120, per_naam=34, vast=True)
WIJKONDERSCHRIFT = "Wijkagenten en wijkagenten expert samen."

Tijdlijnlezer = Callable[[datetime | None], Tijdlijn]
"""Reads the events as known at a moment; None is now."""


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def district(request: HttpRequest, code: str, lees_tijdlijn: Tijdlijnlezer) -> HttpResponse:
    return toon_pagina(request, lambda: _district(request, blik_van(request), code, lees_tijdlijn), kiesbaar=True)


def _district(request: HttpRequest, blik: Blik, code: str, lees_tijdlijn: Tijdlijnlezer) -> Scherm:
    onderdeel = get_object_or_404(Onderdeel, code=code, soort=Onderdeel.Soort.DISTRICT)
    kruimels = [("Formatie", reverse("formatie") + blik.vraag), (f"District {onderdeel.code}", "")]
    if blik.plan is None:
        return leeg(request, kruimels, f"in {blik.kwartaal.leesbaar}", blik, onderdeel)
    bron = _lees(request, onderdeel, blik, blik.plan, lees_tijdlijn)
    soort = lees_soort(request.GET.get("soort", ""))
    beelden = _beelden(bron, soort)
    naam = f"district {onderdeel.code} {onderdeel.naam}"
    tabellen = _tabellen(bron, naam)
    gegevens = {
        "plan": blik.plan,
        "blik": blik,
        "district": bron.district,
        "naam": naam,
        "is_eigen": bron.eigen,
        "ziet_teams": bron.bezet.ziet_teams,
        **_antwoord(bron),
        **_figuren(beelden),
        "soorten": _soorten(bron, soort),
        **_wijkagenten(bron),
        "andere": [ander for ander in get_districten(blik.plan) if ander != onderdeel],
        "verschillen": [rij for rij in verschilrijen(bron.inhoud) if rij.sleutel in bron.district.verschillen],
    }
    return maak_scherm(
        request, "district/_district", f"Formatie van {naam}", kruimels, gegevens, tabellen, onderdeel, lambda: beelden
    )


@dataclass(frozen=True)
class _Bron:
    """Everything that was read for the page, each with one query at any size."""

    onderdeel: Onderdeel
    blik: Blik
    inhoud: Planinhoud
    district: District
    bezet: Bezet
    koers: Koers
    teams: Sequence[Onderdeel]
    lezer: User
    lees_tijdlijn: Tijdlijnlezer
    inwoners: dict[str, Inwonertal]
    eigen: bool

    @property
    def namen(self) -> dict[str, str]:
        return {team.code: team.naam for team in self.teams}

    @cached_property
    def _tijdlijn(self) -> Tijdlijn:
        """What happened, for who reads figures; one query."""
        return self.lees_tijdlijn(self.blik.bekend.moment) if self.lezer.mag(Recht.CIJFERS_LEZEN) else Tijdlijn()

    def gebeurd(self, code: str, soort: Personeelsoort) -> tuple[Voorval, ...]:
        """What touched these people of the district, or of the team of this code."""
        teams = (team.pk for team in self.teams if team.code == code)
        plek = {pk for pk in (self.onderdeel.pk, self.onderdeel.ouder_id, *teams) if pk}
        return self._tijdlijn.van(soort.indicator, plek)

    @property
    def eerder(self) -> Kwartaal:
        return self.blik.kwartaal.vorige()

    @property
    def leest(self) -> bool:
        """Whether this reader may know anything of the people here."""
        return self.bezet.ziet_teams or bool(self.bezet.opgeteld)


def _lees(
    request: HttpRequest, onderdeel: Onderdeel, blik: Blik, plan: Formatieplan, lees_tijdlijn: Tijdlijnlezer
) -> _Bron:
    kwartaal, eigen = blik.kwartaal, eigen_districten(request)
    begin = max(Kwartaal.van_index(kwartaal.index - AANTAL_KWARTALEN + 1), blik.eerste)
    plannen = per_kwartaal(blik.plannen, begin, kwartaal)
    teams = get_teams_onder(onderdeel)
    namen, erfgenamen = {team.code: team.naam for team in teams}, Erfgenamen(wisselt=any(t.wisselt for t in teams))
    inhoud = get_districtsinhoud(plan, onderdeel)
    per_plan = get_plaatsen({p for p in plannen.values() if p}, onderdeel)
    bezet = get_bezet(request.user, onderdeel.code, [onderdeel.code, *namen], plannen, blik.bekend)  # type: ignore[arg-type]  # logged in
    koers = Koers(
        onderdeel.code, {k: per_plan.get(p.pk, {}) if p else {} for k, p in plannen.items()}, bezet, erfgenamen
    )
    geheel = None if bezet.ziet_teams else bezet.opgeteld.get(kwartaal, Mensen(reden=blik.bekend.niet_voor_u))
    return _Bron(
        onderdeel,
        blik,
        inhoud,
        beeld(onderdeel, inhoud, bezet.van(kwartaal), geheel, namen, koers.gevraagd(kwartaal)),
        bezet,
        koers,
        teams,
        request.user,  # type: ignore[arg-type]  # logged in
        lees_tijdlijn,
        get_inwonertallen([onderdeel.code, *_eenheden(inhoud)], kwartaal.einde()),
        onderdeel.code in eigen,
    )


def _eenheden(inhoud: Planinhoud) -> list[str]:
    return list(dict.fromkeys(cel.onderdeel.code for cel in inhoud.cellen if cel.onderdeel.soort in GEHEEL))


def _antwoord(bron: _Bron) -> dict[str, Any]:
    """The sentences at the top: how many are missing and whether that grows, where, and since when."""
    beeld_, nu, eerder = bron.district, bron.blik.kwartaal, bron.eerder
    noemt = "uw district" if bron.eigen else "dit district"
    vorig = bron.koers.stand(eerder) if bron.leest and eerder in bron.koers.plaatsen else None
    wijk = [(rij.naam, rij.wijkstand) for rij in beeld_.teams] if bron.bezet.ziet_teams else []
    ontbreekt = zinnen.ontbreekzin(nu, beeld_.mensen.reden) if beeld_.mensen.fte is None else ""
    vorm = (zinnen.plaatszin(noemt, beeld_.totaal, beeld_.in_teams, len(beeld_.teams)), ontbreekt)
    return {
        "kopzin": zinnen.kopzin(f"District {bron.onderdeel.code}", beeld_.stand, vorig, eerder),
        "uitersten": _uitersten(bron),
        "wijkdeel": zinnen.wijkdeelzin(beeld_.wijk.wijkdeel) if beeld_.wijk else "",
        "lang": _lang(bron),
        "toelichting": [zin for zin in (*vorm, _verandering(bron, vorig) if vorig else "") if zin],
        "wijkzin": f"{zinnen.wijkzin(wijk)} {zinnen.overschotzin(wijk)}".strip(),
        "aspiranten": _aspiranten(bron),
    }


def _plekken(bron: _Bron, soort: Personeelsoort = ALLES) -> list[tuple[Sleutel, str]]:
    """The rows of the picture: where each is found, and its name."""
    rijen = plaatsen_van(bron.district, soort)
    return [((rij.code or bron.onderdeel.code, rij.soort), naam_van(rij)) for rij in rijen]


def _uitersten(bron: _Bron) -> list[tuple[str, str, str]]:
    kwartalen = bron.koers.kwartalen
    plekken = _plekken(bron) if bron.bezet.ziet_teams else []
    return zinnen.uitersten(
        [(naam, [bron.koers.stand_van(plek, k).verschil for k in kwartalen]) for plek, naam in plekken], kwartalen
    )


def _lang(bron: _Bron) -> str:
    """The course of the whole over all quarters; only for who may know the people here."""
    kwartalen = bron.koers.kwartalen if bron.leest else ()
    return zinnen.langzin([(k, bron.koers.stand(k).verschil) for k in kwartalen])


def _verandering(bron: _Bron, vorig: Any) -> str:
    delen = bron.koers.verandering(bron.namen, bron.blik.kwartaal, bron.eerder) if bron.bezet.ziet_teams else []
    return zinnen.veranderzin(bron.district.stand, vorig, bron.eerder, delen)


def _aspiranten(bron: _Bron) -> str:
    deel, aantal = bron.inhoud.plan.aspirant_inzetbaar, bron.district.mensen.aspiranten
    return zinnen.aspirantenzin(aantal, inzetbaar(aantal, deel), deel) if bron.district.mensen.fte is not None else ""


def _tabellen(bron: _Bron, naam: str) -> list[Any]:
    """Who does not see the parts reads the district as one line, and beside it what the plan gives each part."""
    beeld_, kwartaal = bron.district, bron.blik.bekend.wanneer(bron.blik.kwartaal)
    titel, ziet = f"Formatie en bezetting van {naam}, {kwartaal}, in fte", bron.bezet.ziet_teams
    rijen, totalen = (beeld_.rijen, beeld_.totalen) if ziet else (_een_regel(beeld_.totalen, naam), [])
    onder = ONDERSCHRIFT if ziet else f"{ALLEEN_GEHEEL} {ONDERSCHRIFT}"
    vraag = bron.blik.vraag
    uitleg = [*_noten(bron), *(rij.uitleg for rij in verschilrijen(bron.inhoud) if rij.sleutel in beeld_.verschillen)]
    plaatsen = PlaatsenTabel(rijen, totalen=totalen, titel=titel, onderschrift=onder, noten=uitleg, vraag=vraag)
    if not any(rij.verschillen for rij in [*beeld_.rijen, *beeld_.totalen]):
        # A column without a word in it only takes room; it can still be chosen.
        plaatsen.eerst_verborgen = (*plaatsen.eerst_verborgen, "verschillen")
    wijkrijen = [rij for rij in beeld_.teams if rij.wijkagenten is not None] if ziet else []
    wijk = WijkagentenTabel(
        wijkrijen or _een_regel(beeld_.wijktotalen, naam),
        totalen=beeld_.wijktotalen if ziet else [],
        titel=f"Wijkagenten van {naam}, {kwartaal}",
        onderschrift=WIJKONDERSCHRIFT,
        noten=_noten(bron),
        vraag=vraag,
    )
    titel = f"Het plan voor {naam}, in fte"
    plan = PlanTabel(beeld_.rijen, totalen=beeld_.totalen, titel=titel, noten=uitleg, vraag=vraag)
    if not bron.leest:
        return [plan]
    return [plaatsen, wijk] if ziet else [plaatsen, wijk, plan]


def _een_regel(totalen: Sequence[Plaatsrij], naam: str) -> list[Plaatsrij]:
    return [replace(rij, naam=hoofdletter(naam)) for rij in totalen if rij.rijklasse == "totaal"]


def _noten(bron: _Bron) -> list[str]:
    """What a file says below its rows: of which plan and quarter it is, and what its signs mean."""
    plan = bron.inhoud.plan
    besluit = f"{plan.naam}: {plan.besluit}, {plan.besluitdatum:%d-%m-%Y}, geldig vanaf {plan.geldig_vanaf:%d-%m-%Y}"
    stand = f"Stand per {bron.blik.bekend.wanneer(bron.blik.kwartaal)}."
    return [stand, *bron.blik.bekend.noten, f"{besluit}.", ONDERSCHRIFT]


def _beelden(bron: _Bron, soort: Personeelsoort) -> dict[str, Beeld]:
    """By name: the dots of the parts, and the course of the whole and of each part.

    Without the parts the course of the whole is the picture; without people it is what the plan gives each.
    """
    geheel = bron.koers.verloop(f"Het hele district {bron.onderdeel.code}", soort)
    plekken = _plekken(bron, soort) if bron.bezet.ziet_teams else []
    if not plekken or all(
        soort.van(bron.bezet.van(bron.blik.kwartaal).get(plek, Mensen())) is None for plek, _ in plekken
    ):
        gebeurd = bron.gebeurd(geheel.code, soort) if not geheel.leeg else ()
        return {"plan": planbeeld(bron.district)} if geheel.leeg else {"verloop": verloopbeeld(geheel, None, gebeurd)}
    verlopen = [geheel, *bron.koers.verlopen(plekken, soort)]
    paren = zip(verlopen, gelijke_assen(verlopen), strict=True)
    klein = {
        f"verloop-{nummer}": verloopbeeld(verloop, as_, bron.gebeurd(verloop.code, soort))
        for nummer, (verloop, as_) in enumerate(paren)
    }
    return {"bezet": beeld_van(bron.district, soort, {})} | klein


def _figuren(beelden: Mapping[str, Beeld]) -> dict[str, Any]:
    """The large one, and the small ones beside it."""
    (id_, groot), *klein = beelden.items()
    return {
        "figuur": maak(groot, id=id_, doek=NAAST if klein else BREED if groot.liggend else GROOT),
        "verlopen": [maak(beeld, id=id_, doek=KLEIN) for id_, beeld in klein],
        "noten_samen": len({beeld.noten for _, beeld in klein}) == 1,
    }


def _soorten(bron: _Bron, gekozen: Personeelsoort) -> list[dict[str, Any]]:
    """The choices above the picture, each with its address; of one there is nothing to choose."""
    wie = [*bron.bezet.van(bron.blik.kwartaal).values(), bron.district.mensen]
    return [
        {"naam": soort.naam, "adres": _adres(bron.blik, soort), "gekozen": soort == gekozen} for soort in te_kiezen(wie)
    ]


def _adres(blik: Blik, soort: Personeelsoort) -> str:
    vraag = blik.vraag
    eigen = f"soort={soort.sleutel}" if soort.sleutel else ""
    return f"{vraag}&{eigen}" if vraag and eigen else vraag or f"?{eigen}"


def _wijkagenten(bron: _Bron) -> dict[str, Any]:
    """The norm of the law at the level it is meant for; of a district its own population where that is known."""
    wijk, eigen = bron.district.wijk, bron.inwoners.get(bron.onderdeel.code)
    zin: list[str] = []
    for code in _eenheden(bron.inhoud):
        if inwoners := bron.inwoners.get(code):
            zin += [inwonerzin("de hele eenheid", inwoners), planzin(inwoners, _wijkplaatsen(bron.inhoud, code))]
    if eigen is None:
        zin.append(ONBEKEND)
    elif wijk:
        mensen = mensenzin(eigen, wijk.mensen.wijkagenten, bron.blik.kwartaal)
        zin += [inwonerzin("dit district", eigen), planzin(eigen, wijk.wijkagenten), mensen]
    wijknorm = deelzin(wijk.wijkdeel) if wijk else ""
    return {"wijknorm": wijknorm, "wijkzinnen": [deel for deel in zin if deel], "inwoners_bekend": eigen is not None}


def _wijkplaatsen(inhoud: Planinhoud, code: str) -> Any:
    cijfers = [cel.fte for cel in inhoud.cellen if cel.onderdeel.code == code and cel.soort == Cel.WIJKAGENTEN]
    return next(iter(cijfers), None)
