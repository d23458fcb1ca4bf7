"""Search the plan as people type: case, accents and kinds of dashes make no difference. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet

from common.tekst.tekens import kaal
from common.tekst.zoeken import samen, zoek
from formatie.models import Districtsformatie, Eerderenaam, Formatieplan, Formatieregel, Gemeente, Onderdeel
from formatie.plan.rijen import Dienst, Districtrij, Regelrij
from formatie.plan.selectors import Planinhoud, als_gedrukt


def past(zoek: str, *namen: str) -> bool:
    """Whether every word that was typed occurs in these names together; nothing typed fits everything."""
    alles = kaal(" ".join(namen))
    return all(woord in alles for woord in kaal(zoek).split())


def zoek_diensten(zoek: str, blokken: Iterable[Dienst]) -> list[Dienst]:
    """The services, rows and waarvan rows that fit; a waarvan row brings the row it is part of."""
    gevonden = [replace(blok, rijen=tuple(_zoek_rijen(zoek, blok))) for blok in blokken]
    return [blok for blok in gevonden if blok.rijen]


def _zoek_rijen(zoek: str, blok: Dienst) -> Iterable[Regelrij]:
    for rij in blok.rijen:
        onder = tuple(deel for deel in rij.onder if past(zoek, blok.naam, rij.regel.naam, deel.regel.naam))
        if past(zoek, blok.naam, rij.regel.naam):
            yield rij
        elif onder:
            yield replace(rij, onder=onder)


@dataclass(frozen=True)
class Tak:
    """A district of the tree, with its teams and their places in fte."""

    onderdeel: Onderdeel
    fte: Decimal | None
    teams: tuple[tuple[Onderdeel, Decimal | None], ...]


def takken(inhoud: Planinhoud, los: Iterable[Districtrij]) -> list[Tak]:
    """The districts with their teams as a tree, in the order of the table."""
    teams: dict[int | None, list[tuple[Onderdeel, Decimal | None]]] = {}
    for cel in inhoud.cellen:
        if cel.soort == Districtsformatie.Soort.BASISTEAM:
            teams.setdefault(cel.onderdeel.ouder_id, []).append((cel.onderdeel, als_gedrukt(cel.fte_gedrukt)))
    return [Tak(rij.onderdeel, rij.stand.formatie, tuple(teams.get(rij.onderdeel.pk, ()))) for rij in los]


def zoek_takken(zoek: str, alle: Iterable[Tak]) -> list[Tak]:
    """The districts that fit, with all their teams; or only the teams that do."""
    gevonden = []
    for tak in alle:
        district = f"{tak.onderdeel.code} {tak.onderdeel.naam}"
        teams = tuple(paar for paar in tak.teams if past(zoek, district, paar[0].code, paar[0].naam))
        if past(zoek, district):
            gevonden.append(tak)
        elif teams:
            gevonden.append(replace(tak, teams=teams))
    return gevonden


def zoek_onderdelen(woorden: Sequence[str]) -> QuerySet[Onderdeel]:
    """The units, services, districts and teams, by code or name, also an earlier one, and what is yet to begin."""
    heette = samen(Eerderenaam.objects.all(), "onderdeel", "naam")
    onderdelen = Onderdeel.objects.select_related("ouder").annotate(heette=heette)
    return zoek(onderdelen, woorden, namen=("code", "naam"), teksten=("soort", "heette"))


def zoek_formatieregels(plan: Formatieplan | None, woorden: Sequence[str]) -> QuerySet[Formatieregel]:
    """The rows of the service table of a plan."""
    return zoek(Formatieregel.objects.filter(plan=plan), woorden, namen=("naam",), teksten=("dienst",))


def zoek_gemeenten(woorden: Sequence[str]) -> QuerySet[Gemeente]:
    """The municipalities, those that went up in another one included: people know the old names."""
    gemeenten = Gemeente.objects.select_related("opgegaan_in")
    return zoek(gemeenten, woorden, namen=("naam",), teksten=("opgegaan_in__naam", "cbs_code"))
