"""The page of one district. It asks, and hands over; it decides nothing and adds nothing up."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek.svg import streep
from common.pagina.tonen import Scherm, toon_pagina
from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import Mensen, inzetbaar
from formatie.bezetting.voor_lezer import Bezet, get_bezet
from formatie.district import zinnen
from formatie.district.grafiek import teamstaven, teken
from formatie.district.stand import ONBEKEND, District, beeld, deelzin, inwonerzin, mensenzin, planzin
from formatie.district.tables import PlaatsenTabel, WijkagentenTabel
from formatie.district.verloop import AANTAL_KWARTALEN, Koers, gelijke_as
from formatie.keuze import Blik
from formatie.models import Formatieplan, Inwonertal, Onderdeel
from formatie.pagina import blik_van, eigen_districten, leeg, maak_scherm
from formatie.plan.rijen import GEHEEL, Cel, verschilrijen
from formatie.plan.selectors import Inhoud, get_districten, get_districtsinhoud, get_inwonertallen, get_plaatsen
from formatie.plan.versies import per_kwartaal

ONDERSCHRIFT = (
    "Verschil is bezetting min formatie: negatief is onderbezetting. Een streepje: niet gedrukt in het plan, of niet "
    "vastgesteld. Dat is geen nul."
)
WIJKONDERSCHRIFT = "Wijkagenten en wijkagenten expert samen."


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def district(request: HttpRequest, code: str) -> HttpResponse:
    return toon_pagina(request, lambda: _district(request, blik_van(request), code), kiesbaar=True)


def _district(request: HttpRequest, blik: Blik, code: str) -> Scherm:
    onderdeel = get_object_or_404(Onderdeel, code=code, soort=Onderdeel.Soort.DISTRICT)
    kruimels = [("Formatie", reverse("formatie") + blik.vraag), (f"District {onderdeel.code}", "")]
    if blik.plan is None:
        return leeg(request, kruimels, f"in {blik.kwartaal.leesbaar}", blik, onderdeel)
    bron = _lees(request, onderdeel, blik, blik.plan)
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
        **_verlopen(bron),
        **_wijkagenten(bron),
        "andere": [ander for ander in get_districten(blik.plan) if ander != onderdeel],
        "verschillen": [rij for rij in verschilrijen(bron.inhoud) if rij.sleutel in bron.district.verschillen],
    }
    return maak_scherm(request, "district/_district", f"Formatie van {naam}", kruimels, gegevens, tabellen, onderdeel)


@dataclass(frozen=True)
class _Bron:
    """Everything that was read for the page, each with one query at any size."""

    onderdeel: Onderdeel
    blik: Blik
    inhoud: Inhoud
    district: District
    bezet: Bezet
    koers: Koers
    namen: dict[str, str]
    inwoners: dict[str, Inwonertal]
    eigen: bool

    @property
    def eerder(self) -> Kwartaal:
        return self.blik.kwartaal.vorige()

    @property
    def leest(self) -> bool:
        """Whether this reader may know anything of the people here."""
        return self.bezet.ziet_teams or bool(self.bezet.opgeteld)


def _lees(request: HttpRequest, onderdeel: Onderdeel, blik: Blik, plan: Formatieplan) -> _Bron:
    kwartaal, eigen = blik.kwartaal, eigen_districten(request)
    begin = max(Kwartaal.van_index(kwartaal.index - AANTAL_KWARTALEN + 1), blik.eerste)
    plannen = per_kwartaal(blik.plannen, begin, kwartaal)
    namen = dict(Onderdeel.objects.filter(ouder=onderdeel).values_list("code", "naam"))
    inhoud = get_districtsinhoud(plan, onderdeel)
    per_plan = get_plaatsen({p for p in plannen.values() if p}, onderdeel)
    bezet = get_bezet(request.user, onderdeel.code, [onderdeel.code, *namen], plannen, blik.bekend)  # type: ignore[arg-type]
    koers = Koers(onderdeel.code, {k: per_plan.get(p.pk, {}) if p else {} for k, p in plannen.items()}, bezet)
    geheel = None if bezet.ziet_teams else bezet.opgeteld.get(kwartaal, Mensen(reden=blik.bekend.niet_voor_u))
    return _Bron(
        onderdeel,
        blik,
        inhoud,
        beeld(onderdeel, inhoud, bezet.van(kwartaal), geheel, namen),
        bezet,
        koers,
        namen,
        get_inwonertallen([onderdeel.code, *_eenheden(inhoud)], kwartaal.einde()),
        onderdeel.code in eigen,
    )


def _eenheden(inhoud: Inhoud) -> list[str]:
    return list(dict.fromkeys(cel.onderdeel.code for cel in inhoud.cellen if cel.onderdeel.soort in GEHEEL))


def _antwoord(bron: _Bron) -> dict[str, Any]:
    """The sentences at the top: how many places, how many people, where the gap is, and whether it grows."""
    beeld_, nu, eerder = bron.district, bron.blik.kwartaal, bron.eerder
    noemt = "uw district" if bron.eigen else "dit district"
    vorig = bron.koers.stand(eerder) if bron.leest and eerder in bron.koers.plaatsen else None
    teams = [(rij.naam, rij.stand.verschil) for rij in beeld_.teams]
    wijk = [(rij.naam, rij.wijkstand) for rij in beeld_.teams]
    trend = zinnen.trendzin(beeld_.stand, vorig, eerder) if vorig else ""
    ziet = bron.bezet.ziet_teams
    richting = (trend, zinnen.gatzin(teams) if ziet else "", _verandering(bron, vorig) if vorig else "")
    return {
        "plaatszin": zinnen.plaatszin(noemt, beeld_.totaal, beeld_.in_teams, len(beeld_.teams)),
        "bezetzin": zinnen.bezetzin(beeld_.stand, nu, beeld_.mensen.reden),
        "richting": [zin for zin in richting if zin],
        "wijkzin": f"{zinnen.wijkzin(wijk)} {zinnen.overschotzin(wijk)}".strip() if ziet else "",
        "aspiranten": _aspiranten(bron),
    }


def _verandering(bron: _Bron, vorig: Any) -> str:
    delen = bron.koers.verandering(bron.namen, bron.blik.kwartaal, bron.eerder) if bron.bezet.ziet_teams else []
    return zinnen.veranderzin(bron.district.stand, vorig, bron.eerder, delen)


def _aspiranten(bron: _Bron) -> str:
    deel, aantal = bron.inhoud.plan.aspirant_inzetbaar, bron.district.mensen.aspiranten
    return zinnen.aspirantenzin(aantal, inzetbaar(aantal, deel), deel) if bron.district.mensen.fte is not None else ""


def _tabellen(bron: _Bron, naam: str) -> list[Any]:
    beeld_, kwartaal = bron.district, bron.blik.bekend.wanneer(bron.blik.kwartaal)
    uitleg = [*_noten(bron), *(rij.uitleg for rij in verschilrijen(bron.inhoud) if rij.sleutel in beeld_.verschillen)]
    plaatsen = PlaatsenTabel(
        beeld_.rijen,
        totalen=beeld_.totalen,
        titel=f"Formatie en bezetting van {naam}, {kwartaal}, in fte",
        onderschrift=ONDERSCHRIFT,
        noten=uitleg,
    )
    if not any(rij.verschillen for rij in [*beeld_.rijen, *beeld_.totalen]):
        # A column without a word in it only takes room; it can still be chosen.
        plaatsen.eerst_verborgen = (*plaatsen.eerst_verborgen, "verschillen")
    return [
        plaatsen,
        WijkagentenTabel(
            [rij for rij in beeld_.teams if rij.wijkagenten is not None],
            totalen=beeld_.wijktotalen,
            titel=f"Wijkagenten van {naam}, {kwartaal}",
            onderschrift=WIJKONDERSCHRIFT,
            noten=_noten(bron),
        ),
    ]


def _noten(bron: _Bron) -> list[str]:
    """What a file says below its rows: of which plan and quarter it is, and what its signs mean."""
    plan = bron.inhoud.plan
    besluit = f"{plan.naam}: {plan.besluit}, {plan.besluitdatum:%d-%m-%Y}, geldig vanaf {plan.geldig_vanaf:%d-%m-%Y}"
    stand = f"Stand per {bron.blik.bekend.wanneer(bron.blik.kwartaal)}."
    return [stand, *bron.blik.bekend.noten, f"{besluit}.", ONDERSCHRIFT]


def _verlopen(bron: _Bron) -> dict[str, Any]:
    """The course of the whole on its own scale, and of the teams on one they share."""
    geheel = bron.koers.verloop("Het hele district (eigen as)")
    teams = bron.koers.teams(bron.namen)
    as_ = gelijke_as(teams)
    return {
        "verlopen": [
            *([] if geheel.leeg else [teken(geheel, gelijke_as([geheel]))]),
            *(teken(team, as_) for team in teams),
        ],
        "staven": teamstaven(bron.district.teams) if not teams and geheel.leeg else [],
        "streep_bezetting": streep("lijn", met_punt=True),
        "streep_plan": streep("doel"),
    }


def _wijkagenten(bron: _Bron) -> dict[str, Any]:
    """The norm of the law at the level it is meant for; of a district its own population where that is known."""
    wijk, eigen = bron.district.wijk, bron.inwoners.get(bron.onderdeel.code)
    zin = [deelzin(wijk.wijkdeel)] if wijk else []
    for code in _eenheden(bron.inhoud):
        if inwoners := bron.inwoners.get(code):
            zin += [inwonerzin("de hele eenheid", inwoners), planzin(inwoners, _wijkplaatsen(bron.inhoud, code))]
    if eigen is None:
        zin.append(ONBEKEND)
    elif wijk:
        mensen = mensenzin(eigen, wijk.mensen.wijkagenten, bron.blik.kwartaal)
        zin += [inwonerzin("dit district", eigen), planzin(eigen, wijk.wijkagenten), mensen]
    return {"wijkzinnen": [deel for deel in zin if deel], "inwoners_bekend": eigen is not None}


def _wijkplaatsen(inhoud: Inhoud, code: str) -> Any:
    cijfers = [cel.fte for cel in inhoud.cellen if cel.onderdeel.code == code and cel.soort == Cel.WIJKAGENTEN]
    return next(iter(cijfers), None)
