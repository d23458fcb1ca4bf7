"""What a scenario starts from, and which scenarios a person may read."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from formatie.bezetting.zicht import get_bezetting, mag_teams_zien
from formatie.models import Bezetting, Districtsformatie, Inwonertal, Onderdeel, Scenario
from formatie.plan.selectors import get_formatieplan
from formatie.scenario.doorrekenen import Ingreep, Team

MEESTE_KWARTALEN = 12


@dataclass(frozen=True)
class Uitgangspunt:
    """The teams of a district as the plan and the bezetting of one quarter give them."""

    district: Onderdeel
    kwartaal: Kwartaal
    teams: list[Team]
    inwoners: Inwonertal | None


def get_district(user: User, code: str) -> Onderdeel:
    """A district of which this user may make scenarios; raises Http404, also when there is no such district."""
    mag = user.mag_overal(Recht.SCENARIO_MAKEN) or code in user.districten_met(Recht.SCENARIO_MAKEN)
    district = Onderdeel.objects.filter(code=code, soort=Onderdeel.Soort.DISTRICT).first()
    if district is None or not mag or not mag_teams_zien(user, code):
        raise Http404
    return district


def get_scenarios(user: User, district: Onderdeel) -> QuerySet[Scenario]:
    """The user's own scenarios of a district, and those that others share."""
    if not mag_teams_zien(user, district.code):
        return Scenario.objects.none()
    return district.scenarios.filter(Q(eigenaar=user) | Q(gedeeld=True)).select_related("eigenaar", "district")


def get_scenario(user: User, district: Onderdeel, nummer: int) -> Scenario:
    """One of these; raises Http404."""
    scenario = get_scenarios(user, district).filter(pk=nummer).first()
    if scenario is None:
        raise Http404
    return scenario


def get_ingrepen(scenario: Scenario) -> dict[str, Ingreep]:
    """What a scenario changes, per team."""
    regels = scenario.regels.values_list("onderdeel__code", *(veld.name for veld in fields(Ingreep)))
    return {code: Ingreep(*waarden) for code, *waarden in regels}


def get_laatste_kwartaal(user: User, district: Onderdeel) -> Kwartaal | None:
    """The last quarter of which the bezetting of a team of this district is approved."""
    laatste = _get_teambezetting(user, district).order_by("-jaar", "-kwartaal").values_list("jaar", "kwartaal").first()
    return Kwartaal(*laatste) if laatste else None


def _get_teambezetting(
    user: User, district: Onderdeel, kwartalen: Iterable[Kwartaal] | None = None
) -> QuerySet[Bezetting]:
    rijen = get_bezetting(user, kwartalen=kwartalen)
    return rijen.filter(onderdeel__ouder=district, soort=Bezetting.Soort.BASISTEAM)


def get_uitgangspunt(user: User, district: Onderdeel, kwartaal: Kwartaal) -> Uitgangspunt:
    """Places by the plan in force at the end of the quarter, people by the approved bezetting of it."""
    cellen = Districtsformatie.objects.filter(plan=get_formatieplan(kwartaal.einde()), onderdeel__ouder=district)
    plaatsen = {(onderdeel, soort): fte for onderdeel, soort, fte in cellen.values_list("onderdeel_id", "soort", "fte")}
    mensen = {rij.onderdeel_id: rij for rij in _get_teambezetting(user, district, kwartalen=[kwartaal])}
    basisteams = district.kinderen.filter(soort=Onderdeel.Soort.BASISTEAM)
    teams = [_team(team, plaatsen, mensen.get(team.pk)) for team in basisteams]
    inwoners = district.inwonertallen.filter(peildatum__lte=kwartaal.einde()).order_by("-peildatum").first()
    return Uitgangspunt(district, kwartaal, teams, inwoners)


def _team(team: Onderdeel, plaatsen: dict[tuple[int, str], Decimal | None], rij: Bezetting | None) -> Team:
    soort = Districtsformatie.Soort
    wijk = rij.wijkagenten if rij else None
    expert = rij.wijkagenten_expert if rij else None
    return Team(
        team.code,
        f"{team.code} {team.naam}",
        plaatsen.get((team.pk, soort.BASISTEAM)),
        plaatsen.get((team.pk, soort.WIJKAGENTEN)),
        rij.fte if rij else None,
        # As on the page and in the indicator: without one of the two kinds their sum is not known.
        None if wijk is None or expert is None else wijk + expert,
    )
