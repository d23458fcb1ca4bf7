"""Keeping, sharing and throwing away a scenario. Only its owner does; sharing and removing leave a trace."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, bewaakt
from formatie.models import Onderdeel, Scenario, Scenarioregel
from formatie.scenario.doorrekenen import Ingreep

HERKOMST = "scherm"
NIET_VAN_U = "Dit is de wat-als-berekening van iemand anders. U kunt die lezen, niet wijzigen."
NAAM_BESTAAT = "U heeft voor dit district al een wat-als-berekening met deze naam. Kies een andere naam."


def maak(
    *, door: User, district: Onderdeel, naam: str, kwartaal: Kwartaal, kwartalen: int, ingrepen: Mapping[str, Ingreep]
) -> Scenario:
    """Keep a thought under a name. Raises Geweigerd for a name that is taken."""
    with transaction.atomic():
        begin = {"jaar": kwartaal.jaar, "kwartaal": kwartaal.nummer, "kwartalen": kwartalen}
        scenario, nieuw = Scenario.objects.get_or_create(eigenaar=door, district=district, naam=naam, defaults=begin)
        if not nieuw:
            raise Geweigerd(NAAM_BESTAAT)
        _schrijf_regels(scenario, ingrepen)
    return scenario


def bewaar(
    *,
    scenario: Scenario,
    door: User,
    naam: str,
    kwartaal: Kwartaal,
    kwartalen: int,
    ingrepen: Mapping[str, Ingreep],
) -> None:
    """Replace what the scenario changes. Raises Geweigerd."""
    with bewaakt("wat-als-berekening wijzigen", door=door, herkomst=HERKOMST):
        van_nu = _van(scenario, door)
        if Scenario.objects.filter(eigenaar=door, district=van_nu.district, naam=naam).exclude(pk=van_nu.pk).exists():
            raise Geweigerd(NAAM_BESTAAT)
        van_nu.naam, van_nu.kwartalen = naam, kwartalen
        van_nu.jaar, van_nu.kwartaal = kwartaal.jaar, kwartaal.nummer
        van_nu.save()
        _schrijf_regels(van_nu, ingrepen)


def _schrijf_regels(scenario: Scenario, ingrepen: Mapping[str, Ingreep]) -> None:
    teams = {team.code: team for team in scenario.district.kinderen.filter(code__in=ingrepen)}
    scenario.regels.all().delete()
    Scenarioregel.objects.bulk_create(
        Scenarioregel(scenario=scenario, onderdeel=teams[code], **asdict(ingreep))
        for code, ingreep in ingrepen.items()
        if ingreep != Ingreep()
    )


def deel(*, scenario: Scenario, door: User, gedeeld: bool) -> None:
    """Let everybody who may see the teams of the district read it, or no longer."""
    with bewaakt("wat-als-berekening delen", door=door, herkomst=HERKOMST):
        van_nu = _van(scenario, door)
        if van_nu.gedeeld == gedeeld:
            return
        van, van_nu.gedeeld = van_nu.gedeeld, gedeeld
        van_nu.save(update_fields=["gedeeld", "gewijzigd_op"])
        _schrijf("delen" if gedeeld else "niet meer delen", van_nu, door, {"gedeeld": van}, {"gedeeld": gedeeld})


def verwijder(*, scenario: Scenario, door: User) -> None:
    with bewaakt("wat-als-berekening verwijderen", door=door, herkomst=HERKOMST):
        van_nu = _van(scenario, door)
        _schrijf("verwijderen", van_nu, door, {"naam": van_nu.naam, "gedeeld": van_nu.gedeeld}, None)
        van_nu.delete()


def _van(scenario: Scenario, door: User) -> Scenario:
    """The scenario, locked; raises NietToegestaan when it is not this person's."""
    gevonden = Scenario.objects.select_for_update().filter(pk=scenario.pk).first()
    if gevonden is None or gevonden.eigenaar_id != door.pk:
        raise NietToegestaan(NIET_VAN_U)
    return gevonden


def _schrijf(handeling: str, scenario: Scenario, door: User, van: dict, naar: dict | None) -> None:
    leg_vast([gebeurtenis(handeling, scenario, door=door, herkomst=HERKOMST, van=van, naar=naar)])
