"""One district in one quarter: its places, its people, and the difference, row by row with its totals.

Printed totals come from the plan, computed ones from ``formatie.plan.controle``; people are added up by
``formatie.bezetting.sommen``.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as toon_dag

from common.tekst.cijfers import PROCENT, exact_in_woorden, fte, fte_in_woorden, weeg
from common.tekst.getallen import toon, toon_kort
from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import (
    NORM_BEZET,
    NORM_INWONERS,
    Mensen,
    Sleutel,
    Stand,
    inzetbaar,
    met_plaatsen,
    som,
    tel_mensen_op,
)
from formatie.bezetting.voor_lezer import SOORTEN
from formatie.models import Bezetting, Districtsformatie, Inwonertal, Onderdeel
from formatie.plan.controle import Uitkomst
from formatie.plan.rijen import GEHEEL, Cel
from formatie.plan.selectors import Planinhoud, als_gedrukt

NIET_GEDRUKT = "niet gedrukt"
NIET_TE_BEREKENEN = "niet te berekenen"
NIET_IN_PLAN = "niet in het plan"
NIET_PER_TEAM = "per onderdeel alleen zichtbaar voor het district zelf"
NIET_OPGEGEVEN = "nog niet vastgesteld"
BESTAAT_NIET = "bestaat niet meer"
NIEMAND = Mensen()
VERSCHILRIJ = Mensen(reden="alleen voor de formatie")
KLEINER = (Cel.FLEXTEAM, Cel.DISTRICTSRECHERCHE, Cel.GRENS)


@dataclass(frozen=True)
class Plaatsrij:
    """A row of the district page, in fte.

    ``reden`` says why a printed figure is absent, ``mensen.reden`` why people are.
    ``wijkagenten`` and ``aspiranten`` are places of the plan; ``inzetbaar_deel`` is in per cent.
    """

    naam: str
    code: str = ""
    soort: str = ""
    fte: Decimal | None = None
    aspiranten: Decimal | None = None
    wijkagenten: Decimal | None = None
    bronregel: str = ""
    herleiding: str = ""
    rijklasse: str = ""
    reden: str = NIET_GEDRUKT
    verschillen: tuple[Uitkomst, ...] = ()
    mensen: Mensen = NIEMAND
    inzetbaar_deel: Decimal = Decimal(0)

    @property
    def stand(self) -> Stand:
        return Stand(self.fte, self.mensen.fte)

    @property
    def wijkstand(self) -> Stand:
        return Stand(self.wijkagenten, self.mensen.wijkagenten)

    @property
    def wijkdeel(self) -> Decimal | None:
        """Wijkagenten in per cent of their places; the way the indicator counts them."""
        return self.wijkstand.percentage

    @property
    def wijknorm(self) -> str:
        """Whether this team has the agreed part of its wijkagenten; empty where that cannot be said."""
        return "" if self.wijkdeel is None else "gehaald" if self.wijkdeel >= NORM_BEZET else "eronder"

    @property
    def inzetbaar(self) -> Decimal | None:
        return inzetbaar(self.mensen.aspiranten, self.inzetbaar_deel)


@dataclass(frozen=True)
class Wijkverhouding:
    """Inhabitants per wijkagent as the plan prints it, and what the plan's own districts give for the whole unit."""

    gedrukt: int | None
    bronregel: str
    eenheid: Uitkomst | None


@dataclass(frozen=True)
class District:
    """Everything the page of one district shows of one quarter."""

    onderdeel: Onderdeel
    rijen: list[Plaatsrij]
    teams: list[Plaatsrij]
    totalen: list[Plaatsrij]
    wijktotalen: list[Plaatsrij]
    verhouding: Wijkverhouding
    mensen: Mensen
    verschillen: set[str] = field(default_factory=set)

    @property
    def totaal(self) -> Decimal | None:
        """The total as printed."""
        return next((rij.fte for rij in self.totalen if rij.rijklasse == "totaal"), None)

    @property
    def in_teams(self) -> Decimal | None:
        return next((rij.fte for rij in self.totalen if rij.rijklasse == "tussen"), None)

    @property
    def stand(self) -> Stand:
        return Stand(self.totaal, self.mensen.fte)

    @property
    def wijk(self) -> Plaatsrij | None:
        return next(iter(self.wijktotalen), None)

    @property
    def leeg(self) -> bool:
        return not self.rijen


@dataclass(frozen=True)
class _Plan:
    """The cells of one plan, found by onderdeel and kind, and the people to put beside them."""

    inhoud: Planinhoud
    onderdeel: Onderdeel
    mensen: Mapping[Sleutel, Mensen]
    ontbreekt: Mensen

    def cel(self, soort: str, onderdeel: Onderdeel | None = None) -> Districtsformatie | None:
        plek = ((onderdeel or self.onderdeel).pk, soort)
        return next((cel for cel in self.inhoud.cellen if (cel.onderdeel_id, cel.soort) == plek), None)

    def fte(self, soort: str, onderdeel: Onderdeel | None = None) -> Decimal | None:
        cel = self.cel(soort, onderdeel)
        return als_gedrukt(cel.fte_gedrukt) if cel else None

    def van(self, code: str, soort: str) -> Mensen:
        return self.mensen.get((code, soort), self.ontbreekt)

    @property
    def deel(self) -> Decimal:
        return self.inhoud.plan.aspirant_inzetbaar


def beeld(
    onderdeel: Onderdeel,
    inhoud: Planinhoud,
    mensen: Mapping[Sleutel, Mensen],
    geheel: Mensen | None = None,
    namen: Mapping[str, str] | None = None,
    gevraagd: Iterable[Sleutel] | None = None,
) -> District:
    """The page of a district. A district the plan does not name has no rows.

    ``gevraagd``: of which places people are asked; without it of those that the plan gives. ``geheel`` is what a
    reader who may not see the parts knows of the whole; with it ``mensen`` is empty.
    """
    plan = _Plan(inhoud, onderdeel, mensen, Mensen(reden=NIET_OPGEGEVEN if geheel is None else NIET_PER_TEAM))
    teams = [
        _teamrij(cel, plan)
        for cel in inhoud.cellen
        if cel.soort == Cel.BASISTEAM and cel.onderdeel.ouder_id == onderdeel.pk
    ]
    leiding = [_celrij(cel, plan) for cel in (plan.cel(Cel.LEIDING),) if cel]
    overige = [_celrij(cel, plan) for soort in KLEINER if (cel := plan.cel(soort))]
    rijen = [*leiding, *teams, *overige]
    gevraagd = met_plaatsen(_plaatsen(rijen)) if gevraagd is None else list(gevraagd)
    rijen = [_zonder_wie_weg_is(rij, gevraagd) for rij in rijen]
    rijen += _buiten_plan(rijen, {**dict.fromkeys(gevraagd, plan.ontbreekt), **mensen}, namen or {})
    samen = tel_mensen_op(gevraagd, mensen) if geheel is None else geheel
    return District(
        onderdeel=onderdeel,
        # The page shows the code of a team; what belongs to the district itself has none of its own.
        rijen=[rij if rij.soort == Cel.BASISTEAM else replace(rij, code="") for rij in rijen],
        teams=teams,
        totalen=_totalen(plan, gevraagd, samen, geheel),
        wijktotalen=_wijktotalen(plan, teams, samen),
        verhouding=_verhouding(plan),
        mensen=samen,
        verschillen=_verschillen(plan),
    )


def _plaatsen(rijen: list[Plaatsrij]) -> dict[Sleutel, Decimal]:
    return {(rij.code, rij.soort): rij.fte or Decimal(0) for rij in rijen}


def _celrij(cel: Districtsformatie, plan: _Plan) -> Plaatsrij:
    return Plaatsrij(
        naam=cel.get_soort_display(),
        code=cel.onderdeel.code,
        soort=cel.soort,
        fte=als_gedrukt(cel.fte_gedrukt),
        bronregel=cel.bronregel,
        herleiding=cel.herleiding,
        verschillen=plan.inhoud.verschillen_van(f"cel:{cel.onderdeel.code}:{cel.soort}"),
        mensen=plan.van(cel.onderdeel.code, cel.soort),
        inzetbaar_deel=plan.deel,
    )


def _teamrij(cel: Districtsformatie, plan: _Plan) -> Plaatsrij:
    wijk = plan.cel(Cel.WIJKAGENTEN, cel.onderdeel)
    return replace(
        _celrij(cel, plan),
        naam=cel.onderdeel.naam,
        wijkagenten=als_gedrukt(wijk.fte_gedrukt) if wijk else None,
        bronregel=", ".join([cel.bronregel, *([wijk.bronregel] if wijk else [])]),
    )


def _buiten_plan(rijen: list[Plaatsrij], mensen: Mapping[Sleutel, Mensen], namen: Mapping[str, str]) -> list[Plaatsrij]:
    """People at a place this version of the plan does not print: they count, so they are shown."""
    bekend = {(rij.code, rij.soort) for rij in rijen}
    return [
        Plaatsrij(
            naam=namen.get(code, code) if soort == Cel.BASISTEAM else Bezetting.Soort(soort).label,
            code=code,
            soort=soort,
            reden=NIET_IN_PLAN,
            mensen=wie,
        )
        for (code, soort), wie in sorted(mensen.items())
        if (code, soort) not in bekend and soort in SOORTEN
    ]


def _zonder_wie_weg_is(rij: Plaatsrij, gevraagd: Collection[Sleutel]) -> Plaatsrij:
    """A team that is no longer there keeps its places until a plan divides them; nobody works there."""
    weg = rij.soort == Cel.BASISTEAM and rij.fte and (rij.code, rij.soort) not in gevraagd
    return replace(rij, mensen=Mensen(reden=BESTAAT_NIET)) if weg else rij


def _totalen(plan: _Plan, gevraagd: Iterable[Sleutel], samen: Mensen, geheel: Mensen | None) -> list[Plaatsrij]:
    """The subtotal of the teams; then the total as printed, as computed from its parts, and the difference."""
    rijen = []
    if cel := plan.cel(Cel.BASISTEAMS):
        in_teams = [plek for plek in gevraagd if plek[1] == Cel.BASISTEAM]
        eigen = {plek: plan.mensen[plek] for plek in in_teams if plek in plan.mensen}
        mensen = tel_mensen_op(in_teams, eigen) if geheel is None else Mensen(reden=NIET_PER_TEAM)
        aspiranten = plan.fte(Cel.BASISTEAMS_ASPIRANTEN)
        rijen.append(replace(_celrij(cel, plan), rijklasse="tussen", aspiranten=aspiranten, mensen=mensen, code=""))
    if cel := plan.cel(Cel.TOTAAL):
        gedrukt = replace(_celrij(cel, plan), naam="Totaal, zoals gedrukt", rijklasse="totaal", mensen=samen, code="")
        rijen += [replace(gedrukt, aspiranten=plan.fte(Cel.ASPIRANTEN)), *_berekend(plan, samen, Cel.TOTAAL)]
    return rijen


def _berekend(plan: _Plan, samen: Mensen, soort: Cel) -> list[Plaatsrij]:
    uitkomst = plan.inhoud.sommen.get(f"cel:{plan.onderdeel.code}:{soort.value}:fte")
    berekend, verschil = (uitkomst.berekend, uitkomst.verschil) if uitkomst else (None, None)
    rij = Plaatsrij(
        "Totaal, uit de delen berekend",
        reden=NIET_TE_BEREKENEN,
        rijklasse="berekend",
        mensen=samen,
        inzetbaar_deel=plan.deel,
    )
    anders = replace(rij, naam="Verschil: gedrukt min berekend", mensen=VERSCHILRIJ)
    if soort is Cel.TOTAAL:
        return [replace(rij, fte=berekend), replace(anders, fte=verschil)]
    return [replace(rij, wijkagenten=berekend), replace(anders, wijkagenten=verschil)]


def _wijktotalen(plan: _Plan, teams: list[Plaatsrij], samen: Mensen) -> list[Plaatsrij]:
    """The places for wijkagenten as printed and as computed, and who work there."""
    cel = plan.cel(Cel.WIJKAGENTEN)
    if cel is None:
        return []
    met_plaats = [rij for rij in teams if rij.wijkagenten is not None]
    # Of the sums of a district only these are known; of its own teams each is.
    mensen = samen if plan.ontbreekt.reden == NIET_PER_TEAM else _wijkmensen(met_plaats)
    gedrukt = replace(_celrij(cel, plan), naam="Totaal, zoals gedrukt", rijklasse="totaal", code="")
    gedrukt = replace(gedrukt, wijkagenten=gedrukt.fte, mensen=mensen)
    return [gedrukt, *_berekend(plan, mensen, Cel.WIJKAGENTEN)]


def _wijkmensen(teams: list[Plaatsrij]) -> Mensen:
    return Mensen(
        wijkagenten=som(rij.mensen.wijkagenten for rij in teams),
        expert=som(rij.mensen.expert for rij in teams),
        reden="niet elk basisteam heeft zijn wijkagenten opgegeven",
    )


def _verhouding(plan: _Plan) -> Wijkverhouding:
    cel = plan.cel(Cel.WIJKAGENTEN)
    codes = {cel.onderdeel.code for cel in plan.inhoud.cellen if cel.onderdeel.soort in GEHEEL}
    gewogen = [u for u in plan.inhoud.uitkomsten if u.som.soort == "gewogen" and u.som.geheel.split(":")[1] in codes]
    return Wijkverhouding(
        cel.inwoners_per_wijkagent if cel else None, cel.bronregel if cel else "", next(iter(gewogen), None)
    )


def _verschillen(plan: _Plan) -> set[str]:
    """The keys of the differences of the district and of its teams."""
    pk, cellen = plan.onderdeel.pk, plan.inhoud.cellen
    eigen = {cel.onderdeel.code for cel in cellen if pk in (cel.onderdeel_id, cel.onderdeel.ouder_id)}
    plekken = ((u.som.sleutel, u.som.geheel.split(":")) for u in plan.inhoud.verschillen)
    return {sleutel for sleutel, plek in plekken if plek[0] == "cel" and plek[1] in eigen}


ONBEKEND = "Hoeveel mensen er in dit district wonen is niet bekend: de agenda noemt alleen de hele eenheid."


def inwonerzin(gebied: str, inwoners: Inwonertal) -> str:
    """For example: In de eenheid woonden op 1 januari 2023 1.800.000 mensen: de norm vraagt dan 360 wijkagenten."""
    dag = toon_dag(inwoners.peildatum, "j F Y")
    aantal = Decimal(inwoners.aantal)
    nodig = toon_kort(aantal / NORM_INWONERS)
    return f"In {gebied} woonden op {dag} {toon(aantal, 0)} mensen: de norm vraagt dan {nodig} wijkagenten."


def planzin(inwoners: Inwonertal, plaatsen: Decimal | None) -> str:
    if plaatsen is None:
        return ""
    return f"Het plan geeft er {fte(plaatsen)}: één per {_per(inwoners, plaatsen)} inwoners."


def mensenzin(inwoners: Inwonertal, mensen: Decimal | None, kwartaal: Kwartaal) -> str:
    """None is not reported, or hidden: which of the two is not said, or it would tell that there are few."""
    if mensen is None:
        return f"Hoeveel er eind {kwartaal.leesbaar} werkten, is niet van elk team bekend of niet voor u zichtbaar."
    per = _per(inwoners, mensen)
    return f"Eind {kwartaal.leesbaar} werkten er {fte_in_woorden(mensen)}{f': één per {per} inwoners' if per else ''}."


def _per(inwoners: Inwonertal, wijkagenten: Decimal) -> str:
    """As a whole number; empty where there is nobody to divide by."""
    per = inwoners.per(wijkagenten)
    return "" if per is None else toon(per.quantize(Decimal(1), ROUND_HALF_UP), 0)


def deelzin(deel: Decimal | None) -> str:
    """Against what was agreed, in words."""
    norm = f"De agenda vraagt dat ten minste {exact_in_woorden(NORM_BEZET, PROCENT)} van de plaatsen bezet is"
    if deel is None:
        return f"{norm}."
    bezet = weeg(deel, NORM_BEZET, PROCENT).waarde_tekst
    return f"{norm}; bezet is {bezet}. Dat is {'genoeg' if deel >= NORM_BEZET else 'te weinig'}."
