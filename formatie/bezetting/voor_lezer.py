"""The people of a district as one reader may know them: parts for who sees teams, sums for the others."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import User
from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import (
    BASISTEAMS,
    NIETS_VASTGESTELD,
    TOTAAL,
    VELDEN,
    Mensen,
    Opgeteld,
    Sleutel,
    Somcel,
    netjes,
)
from formatie.bezetting.terugkijken import NU, Bekend
from formatie.bezetting.zicht import get_bezetting, get_opgeteld, mag_teams_zien
from formatie.models import Bezetting

SOORTEN = frozenset(Bezetting.Soort.values)


@dataclass(frozen=True)
class Bezet:
    """Per quarter: the parts, when this reader sees teams; else the sums of the district that are not hidden."""

    ziet_teams: bool
    delen: Mapping[Kwartaal, Mapping[Sleutel, Mensen]] = field(default_factory=dict)
    opgeteld: Mapping[Kwartaal, Mensen] = field(default_factory=dict)

    def van(self, kwartaal: Kwartaal) -> Mapping[Sleutel, Mensen]:
        return self.delen.get(kwartaal, {})


def get_bezet(
    user: User, district: str, codes: Collection[str], kwartalen: Iterable[Kwartaal], bekend: Bekend = NU
) -> Bezet:
    """What this reader may know about a district; ``codes`` are those of the district and its teams."""
    gevraagd = list(kwartalen)
    if not mag_teams_zien(user, district):
        sommen = get_opgeteld(user, gevraagd, [district], bekend)
        return Bezet(False, opgeteld={som.kwartaal: als_mensen(som) for som in sommen})
    return Bezet(True, _delen(user, gevraagd, codes, bekend))


def _delen(
    user: User, kwartalen: Iterable[Kwartaal], codes: Collection[str] | None, bekend: Bekend
) -> dict[Kwartaal, dict[Sleutel, Mensen]]:
    """Per quarter the parts this reader may see; without ``codes`` of the whole unit. One query."""
    delen: dict[Kwartaal, dict[Sleutel, Mensen]] = {}
    rijen = get_bezetting(user, kwartalen=kwartalen, onderdelen=codes, bekend=bekend)
    for code, soort, jaar, nummer, status, *cijfers in rijen.values_list(
        "onderdeel__code", "soort", "jaar", "kwartaal", "status", *VELDEN
    ):
        voorlopig = status == Bezetting.Zekerheid.VOORLOPIG
        delen.setdefault(Kwartaal(jaar, nummer), {})[code, soort] = _mensen(voorlopig, *cijfers)
    return delen


def get_teams(user: User, kwartaal: Kwartaal, bekend: Bekend) -> dict[str, Mensen]:
    """Code → the people of each basisteam this reader may see, of every district."""
    delen = _delen(user, [kwartaal], None, bekend).get(kwartaal, {})
    return {code: mensen for (code, soort), mensen in delen.items() if soort == Bezetting.Soort.BASISTEAM}


def get_eenheid(user: User, kwartalen: Iterable[Kwartaal], bekend: Bekend) -> dict[Kwartaal, dict[str, Mensen]]:
    """Per quarter, by code: the sums of the unit and of the districts this reader may see."""
    gevonden: dict[Kwartaal, dict[str, Mensen]] = {}
    for som in get_opgeteld(user, kwartalen, bekend=bekend):
        gevonden.setdefault(som.kwartaal, {})[som.onderdeel] = als_mensen(som)
    return gevonden


def _mensen(
    voorlopig: bool,
    os: Decimal,
    nos: Decimal,
    aspiranten: Decimal | None,
    wijkagenten: Decimal | None,
    expert: Decimal | None,
    ziek: Decimal | None,
) -> Mensen:
    """Wijkagenten without the expert ones are not yet all of them: then their sum is not known."""
    samen = None if wijkagenten is None or expert is None else wijkagenten + expert
    return Mensen(
        fte=netjes(os + nos),
        os=netjes(os),
        nos=netjes(nos),
        aspiranten=netjes(aspiranten),
        wijkagenten=netjes(samen),
        expert=netjes(expert),
        ziek=netjes(ziek),
        voorlopig=voorlopig,
    )


def als_mensen(som: Opgeteld) -> Mensen:
    """The sums of a district; a column that not every part reported has no sum, and neither has a hidden one."""
    cijfers = {kolom: _compleet(som.cel(kolom), som) for kolom in ("fte", "os", "nos", "aspiranten", "ziek")}
    reden = _reden(som) or som.cel("fte").verborgen
    return Mensen(**cijfers, wijkagenten=_wijkagenten(som), voorlopig=TOTAAL in som.voorlopig, reden=reden)


def _reden(som: Opgeteld) -> str:
    if not som.gemeld:
        return NIETS_VASTGESTELD
    return f"de bezetting is vastgesteld voor {som.onvolledig_tekst}" if not som.volledig else ""


def _compleet(cel: Somcel, som: Opgeteld) -> Decimal | None:
    return netjes(cel.waarde) if som.volledig and cel.gemeld == som.gemeld else None


def _wijkagenten(som: Opgeteld) -> Decimal | None:
    """Only teams have wijkagenten, so only these must have reported both kinds."""
    delen = [som.cel(kolom, deel=BASISTEAMS) for kolom in ("wijkagenten", "wijkagenten_expert")]
    teams = som.cel("fte", deel=BASISTEAMS).gemeld
    samen = som.cel("wijkagenten_samen", deel=TOTAAL)
    volledig = som.volledig and teams and all(deel.gemeld == teams for deel in delen)
    return netjes(samen.waarde) if volledig else None
