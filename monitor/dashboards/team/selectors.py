"""What is known of one onderdeel besides its figures: where it lies, whether it still exists, its places and people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from common.pagina.peildatum import BestaatNiet
from formatie.bezetting.sommen import Mensen, Stand
from formatie.bezetting.terugkijken import Bekend, bekend_van
from formatie.bezetting.voor_lezer import get_bezet
from formatie.models import Bezetting, Eerderenaam, Formatieplan, Onderdeel, Opvolging
from formatie.models.plan import geldig_op
from formatie.plan.gemeenten import Plaatsen, Werkkring, get_plaatsrijen, get_werkkringen
from formatie.plan.versies import geldend
from monitor.dashboards.keuze import Blik

GEMETEN = (Onderdeel.Soort.DISTRICT, Onderdeel.Soort.BASISTEAM)
_NIET_VOOR_U = "cijfers over personeel van een basisteam horen niet bij uw rol"
_NIET_OPGEGEVEN = "nog niet vastgesteld"


@dataclass(frozen=True)
class Ligging:
    """An onderdeel with what lies above and below it, and the municipalities in which it works."""

    onderdeel: Onderdeel
    kringen: Sequence[Werkkring]
    onder: Sequence[Onderdeel]
    verleden: Sequence[Opvolging | Eerderenaam] = ()
    """Who went on for whom, and how it was called before: of itself and of what lies under it, by day."""

    @property
    def is_gemeten(self) -> bool:
        return self.onderdeel.soort in GEMETEN

    @property
    def is_team(self) -> bool:
        return self.onderdeel.soort == Onderdeel.Soort.BASISTEAM

    @property
    def naast(self) -> list[Onderdeel]:
        """Of a team the district it is compared with."""
        return [self.onderdeel, *([self.onderdeel.ouder] if self.is_team and self.onderdeel.ouder else [])]


def lees_ligging(blik: Blik, code: str) -> Ligging:
    """Raises BestaatNiet for a code that no onderdeel has."""
    onderdeel = Onderdeel.objects.filter(code=code).select_related("ouder").first()
    if onderdeel is None:
        raise BestaatNiet("De monitor kent geen onderdeel met deze code. Zoek het via Gemeenten of Formatie.")
    kringen = get_werkkringen(blik.kwartaal.einde()) if onderdeel.soort in GEMETEN else []
    hier = [kring for kring in kringen if onderdeel in kring.teams or onderdeel in kring.districten]
    onder = onderdeel.kinderen.filter(geldig_op(blik.kwartaal.einde()))
    return Ligging(onderdeel, hier, list(onder), _verleden(onderdeel))


def _verleden(onderdeel: Onderdeel) -> list[Opvolging | Eerderenaam]:
    """In two queries."""
    van, naar, zelf = (
        Q(**{kant: onderdeel}) | Q(**{f"{kant}__ouder": onderdeel}) for kant in ("van", "naar", "onderdeel")
    )
    lijnen = list(Opvolging.objects.filter(van | naar).select_related("van", "naar"))
    return [*lijnen, *Eerderenaam.objects.filter(zelf).select_related("onderdeel")]


@dataclass(frozen=True)
class Sterkte:
    """Its places as the plan prints them, and of a team its people as this reader may know them."""

    plan: Formatieplan
    plaatsen: Plaatsen
    mensen: Mensen | None

    @property
    def stand(self) -> Stand:
        return Stand(self.plaatsen.fte, self.mensen.fte if self.mensen else None)


def lees_sterkte(blik: Blik, ligging: Ligging) -> Sterkte | None:
    """None where no plan is in force at the end of the quarter."""
    bekend = bekend_van(blik.bekend.dag)
    plan = geldend(bekend.plannen(), blik.kwartaal.einde())
    if plan is None or not ligging.is_gemeten:
        return None
    (plaatsen,) = get_plaatsrijen(plan, [ligging.onderdeel])
    return Sterkte(plan, plaatsen, _mensen(blik, ligging.onderdeel, bekend) if ligging.is_team else None)


def _mensen(blik: Blik, team: Onderdeel, bekend: Bekend) -> Mensen:
    district = team.ouder.code if team.ouder else team.code
    bezet = get_bezet(blik.user, district, [team.code], [blik.kwartaal], bekend)
    if not bezet.ziet_teams:
        return Mensen(reden=_NIET_VOOR_U)
    return bezet.van(blik.kwartaal).get((team.code, str(Bezetting.Soort.BASISTEAM)), Mensen(reden=_NIET_OPGEGEVEN))
