"""One district of the formation plan: its places, its teams, and what the plan says about its wijkagenten.

Nothing is added up here: the computed totals come from ``formatie.controle``, by way of the selectors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from formatie.controle import Uitkomst
from formatie.models import Districtsformatie, Onderdeel
from formatie.selectors import Inhoud, als_gedrukt
from formatie.weergave import GEHEEL, Cel

NIET_GEDRUKT = "niet gedrukt"
NIET_TE_BEREKENEN = "niet te berekenen"
KLEINER = (Cel.FLEXTEAM, Cel.DISTRICTSRECHERCHE, Cel.GRENS)


@dataclass(frozen=True)
class Plaatsrij:
    """A row of the district page, in fte. ``reden`` says why a figure is absent."""

    naam: str
    code: str = ""
    fte: Decimal | None = None
    aspiranten: Decimal | None = None
    wijkagenten: Decimal | None = None
    bronregel: str = ""
    herleiding: str = ""
    rijklasse: str = ""
    reden: str = NIET_GEDRUKT
    verschillen: tuple[Uitkomst, ...] = ()


@dataclass(frozen=True)
class Wijkverhouding:
    """Inhabitants per wijkagent as the plan prints it, and what the plan's own districts give for the whole unit."""

    gedrukt: int | None
    bronregel: str
    eenheid: Uitkomst | None


@dataclass(frozen=True)
class District:
    """Everything the page of one district shows."""

    onderdeel: Onderdeel
    rijen: list[Plaatsrij]
    teams: list[Plaatsrij]
    totalen: list[Plaatsrij]
    verhouding: Wijkverhouding
    verschillen: set[str] = field(default_factory=set)

    @property
    def totaal(self) -> Decimal | None:
        return next((rij.fte for rij in self.totalen if rij.rijklasse == "totaal"), None)

    @property
    def leeg(self) -> bool:
        return not self.rijen


class _Cellen:
    """The cells of one plan, found by onderdeel and kind."""

    def __init__(self, inhoud: Inhoud) -> None:
        self.per_plek = {(cel.onderdeel_id, cel.soort): cel for cel in inhoud.cellen}

    def __call__(self, onderdeel: Onderdeel, soort: str) -> Districtsformatie | None:
        return self.per_plek.get((onderdeel.pk, soort))

    def fte(self, onderdeel: Onderdeel, soort: str) -> Decimal | None:
        cel = self(onderdeel, soort)
        return als_gedrukt(cel.fte_gedrukt) if cel else None


def beeld(onderdeel: Onderdeel, inhoud: Inhoud) -> District:
    """The page of a district. A district the plan does not name has no rows."""
    cellen = _Cellen(inhoud)
    teams = [
        _teamrij(cel, cellen, inhoud)
        for cel in inhoud.cellen
        if cel.soort == Cel.BASISTEAM and cel.onderdeel.ouder_id == onderdeel.pk
    ]
    leiding = [_celrij(cel, inhoud) for cel in (cellen(onderdeel, Cel.LEIDING),) if cel]
    overige = [_celrij(cel, inhoud) for soort in KLEINER if (cel := cellen(onderdeel, soort))]
    return District(
        onderdeel=onderdeel,
        rijen=[*leiding, *teams, *overige],
        teams=teams,
        totalen=_totalen(onderdeel, cellen, inhoud),
        verhouding=_verhouding(onderdeel, cellen, inhoud),
        verschillen=_verschillen(onderdeel, inhoud),
    )


def _celrij(cel: Districtsformatie, inhoud: Inhoud) -> Plaatsrij:
    return Plaatsrij(
        naam=cel.get_soort_display(),
        fte=als_gedrukt(cel.fte_gedrukt),
        bronregel=cel.bronregel,
        herleiding=cel.herleiding,
        verschillen=inhoud.verschillen_van(f"cel:{cel.onderdeel.code}:{cel.soort}"),
    )


def _teamrij(cel: Districtsformatie, cellen: _Cellen, inhoud: Inhoud) -> Plaatsrij:
    wijk = cellen(cel.onderdeel, Cel.WIJKAGENTEN)
    return Plaatsrij(
        naam=cel.onderdeel.naam,
        code=cel.onderdeel.code,
        fte=als_gedrukt(cel.fte_gedrukt),
        wijkagenten=als_gedrukt(wijk.fte_gedrukt) if wijk else None,
        bronregel=", ".join([cel.bronregel, *([wijk.bronregel] if wijk else [])]),
        herleiding=cel.herleiding,
        verschillen=inhoud.verschillen_van(f"cel:{cel.onderdeel.code}:{cel.soort}"),
    )


def _totalen(onderdeel: Onderdeel, cellen: _Cellen, inhoud: Inhoud) -> list[Plaatsrij]:
    """The subtotal of the teams; then the total as printed, as computed from its parts, and the difference."""
    teams, totaal = cellen(onderdeel, Cel.BASISTEAMS), cellen(onderdeel, Cel.TOTAAL)
    rijen = []
    if teams:
        aspiranten = cellen.fte(onderdeel, Cel.BASISTEAMS_ASPIRANTEN)
        rijen.append(_totaalrij("Totaal basisteams", teams, inhoud, "tussen", aspiranten))
    if totaal:
        aspiranten, wijk = cellen.fte(onderdeel, Cel.ASPIRANTEN), cellen(onderdeel, Cel.WIJKAGENTEN)
        gedrukt = _totaalrij("Totaal, zoals gedrukt", totaal, inhoud, "totaal", aspiranten, wijk)
        rijen += [gedrukt, *_berekend(onderdeel, inhoud)]
    return rijen


def _totaalrij(
    naam: str,
    cel: Districtsformatie,
    inhoud: Inhoud,
    rijklasse: str,
    aspiranten: Decimal | None,
    wijk: Districtsformatie | None = None,
) -> Plaatsrij:
    return Plaatsrij(
        naam=naam,
        fte=als_gedrukt(cel.fte_gedrukt),
        aspiranten=aspiranten,
        wijkagenten=als_gedrukt(wijk.fte_gedrukt) if wijk else None,
        bronregel=", ".join([cel.bronregel, *([wijk.bronregel] if wijk else [])]),
        rijklasse=rijklasse,
        verschillen=inhoud.verschillen_van(f"cel:{cel.onderdeel.code}:{cel.soort}"),
    )


def _berekend(onderdeel: Onderdeel, inhoud: Inhoud) -> list[Plaatsrij]:
    fte = inhoud.sommen.get(f"cel:{onderdeel.code}:{Cel.TOTAAL}:fte")
    wijk = inhoud.sommen.get(f"cel:{onderdeel.code}:{Cel.WIJKAGENTEN}:fte")
    som, verschil = "Totaal, uit de delen berekend", "Verschil: gedrukt min berekend"
    return [
        Plaatsrij(
            som,
            fte=fte.berekend if fte else None,
            wijkagenten=wijk.berekend if wijk else None,
            reden=NIET_TE_BEREKENEN,
            rijklasse="berekend",
        ),
        Plaatsrij(
            verschil,
            fte=fte.verschil if fte else None,
            wijkagenten=wijk.verschil if wijk else None,
            reden=NIET_TE_BEREKENEN,
            rijklasse="berekend",
        ),
    ]


def _verhouding(onderdeel: Onderdeel, cellen: _Cellen, inhoud: Inhoud) -> Wijkverhouding:
    cel = cellen(onderdeel, Cel.WIJKAGENTEN)
    codes = {cel.onderdeel.code for cel in inhoud.cellen if cel.onderdeel.soort in GEHEEL}
    gewogen = [u for u in inhoud.uitkomsten if u.som.soort == "gewogen" and u.som.geheel.split(":")[1] in codes]
    return Wijkverhouding(
        cel.inwoners_per_wijkagent if cel else None, cel.bronregel if cel else "", next(iter(gewogen), None)
    )


def _verschillen(onderdeel: Onderdeel, inhoud: Inhoud) -> set[str]:
    """The keys of the differences of the district and of its teams."""
    eigen = {cel.onderdeel.code for cel in inhoud.cellen if onderdeel.pk in (cel.onderdeel_id, cel.onderdeel.ouder_id)}
    plekken = ((u.som.sleutel, u.som.geheel.split(":")) for u in inhoud.verschillen)
    return {sleutel for sleutel, plek in plekken if plek[0] == "cel" and plek[1] in eigen}
