"""Which basisteam works in which municipality, from a day: begun or ended by a decision."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from common.bestanden.bijwerken import Telling
from common.bestanden.toml import Tabelrij, weiger_omgekeerd
from common.tekst.tekens import en
from formatie.bijhouden.inhoud import Gelezen, Inhoud, Rijen, als_rijen
from formatie.models import Gemeente, Onderdeel, Organisatiebesluit, Werkgebied
from formatie.models.plan import geldig_op
from formatie.plan.gemeenten import GEBIEDSRIJ as SCHEMA
from formatie.plan.gemeenten import controleer_werkgebieden, tegelijk
from formatie.plan.laden import laad_werkgebieden

SLEUTEL = ("basisteam", "gemeente", "gebied", "geldig_vanaf")
GEBIEDSVELDEN = {
    **{naam: naam for naam in ("gebied", "grond", "bron", "bronregel", "geldig_vanaf", "geldig_tot")},
    "basisteam": "basisteam.code",
    "gemeente": "gemeente.slug",
}


def rij_van(gebied: Werkgebied, **anders: Any) -> dict[str, Any]:
    """A work area of the site as a row of a proposal, with what would be different; days as text."""
    [rij] = als_rijen([gebied], **GEBIEDSVELDEN)
    return {naam: w.isoformat() if isinstance(w, date) else w for naam, w in (rij.waarden | anders).items()}


def get_gebieden(gemeente: Gemeente, dag: date) -> list[Werkgebied]:
    """What is said of the municipality itself on a day."""
    gebieden = gemeente.werkgebieden.filter(geldig_op(dag)).select_related("basisteam", "gemeente")
    return list(gebieden.order_by("basisteam__volgorde", "basisteam__code", "gebied"))


def _toets(gelezen: Gelezen, vandaag: date) -> None:
    rijen = gelezen["werkgebied"]
    onderdelen = als_rijen(Onderdeel.objects.all(), **{n: n for n in ("code", "soort", "geldig_vanaf", "geldig_tot")})
    gemeenten = als_rijen(Gemeente.objects.all(), **{n: n for n in ("slug", "naam", "geldig_vanaf", "geldig_tot")})
    geldend = als_rijen(Werkgebied.objects.select_related("basisteam", "gemeente"), **GEBIEDSVELDEN)
    eigen = {_sleutel(rij): rij for rij in rijen}
    blijft = [rij for rij in geldend if _sleutel(rij) not in eigen]
    weiger_omgekeerd(rijen)
    controleer_werkgebieden([*blijft, *rijen], onderdelen, gemeenten)
    per_sleutel = {_sleutel(rij): rij for rij in geldend}
    _weiger_gelijk(rijen, per_sleutel)
    for rij in rijen:
        if rij["geldig_vanaf"] is None and _sleutel(rij) not in per_sleutel:
            rij.meld("'geldig_vanaf' ontbreekt")
        _toets_begin(rij, gemeenten)
        _weiger_zelfde_team(rij, blijft)


def _sleutel(rij: Tabelrij) -> tuple[Any, ...]:
    return tuple(rij[naam] for naam in SLEUTEL)


def _weiger_gelijk(rijen: Sequence[Tabelrij], geldend: Mapping[tuple[Any, ...], Tabelrij]) -> None:
    if rijen and all(_sleutel(rij) in geldend and rij.waarden == geldend[_sleutel(rij)].waarden for rij in rijen):
        rijen[0].meld("dit staat er al zo; er is niets voorgesteld")


def _toets_begin(rij: Tabelrij, gemeenten: Iterable[Tabelrij]) -> None:
    """A municipality has teams as long as it exists."""
    gemeente = next((een for een in gemeenten if een["slug"] == rij["gemeente"]), None)
    begin, eind = rij["geldig_vanaf"], gemeente["geldig_tot"] if gemeente else None
    if gemeente and eind and begin and begin >= eind:
        rij.meld(f"'gemeente' {gemeente['naam']} bestaat sinds {eind:%d-%m-%Y} niet meer")
    if gemeente and gemeente["geldig_vanaf"] and begin and begin < gemeente["geldig_vanaf"]:
        rij.meld(f"'gemeente' {gemeente['naam']} bestaat pas sinds {gemeente['geldig_vanaf']:%d-%m-%Y}")


def _weiger_zelfde_team(rij: Tabelrij, blijft: Iterable[Tabelrij]) -> None:
    for ander in blijft:
        if _sleutel(ander)[:3] == _sleutel(rij)[:3] and tegelijk(ander, rij):
            sinds = f" vanaf {ander['geldig_vanaf']:%d-%m-%Y}" if ander["geldig_vanaf"] else ""
            rij.meld(f"'basisteam' {rij['basisteam']} werkt hier dan al{sinds}; beëindig dat eerst")


def _pas_toe(gelezen: Gelezen) -> None:
    onderdelen = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}
    gemeenten = {gemeente.slug: gemeente for gemeente in Gemeente.objects.all()}
    laad_werkgebieden(gelezen["werkgebied"], onderdelen, gemeenten, Telling(), SLEUTEL)


def _gemeente(rijen: Rijen) -> Gemeente | None:
    slugs = [rij.get("gemeente") for rij in rijen["werkgebied"]]
    return Gemeente.objects.filter(slug=slugs[0]).first() if slugs else None


def _naam(rijen: Rijen) -> str:
    return f"Werkgebied in {_gemeente(rijen) or 'onbekend'}"


def _nu(rijen: Rijen) -> str:
    """The teams in the municipality on the day before it would change, or on the day itself where none was known."""
    gemeente = _gemeente(rijen)
    dagen = [rij.get("geldig_tot") or rij.get("geldig_vanaf") for rij in rijen["werkgebied"]]
    gebieden = get_gebieden(gemeente, date.fromisoformat(min(filter(None, dagen)))) if gemeente else []
    return en([_zin(rij_van(gebied)) for gebied in gebieden])


def _nieuw(rijen: Rijen) -> str:
    return en([_zin(rij) for rij in rijen["werkgebied"]])


def _zin(rij: Mapping[str, Any]) -> str:
    """For example: A1 in Hoek van Holland vanaf 01-01-2026."""
    waar = f" in {rij['gebied']}" if rij.get("gebied") else ""
    vanaf, tot = (date.fromisoformat(rij[naam]) if rij.get(naam) else None for naam in ("geldig_vanaf", "geldig_tot"))
    sinds = f" vanaf {vanaf:%d-%m-%Y}" if vanaf else ""
    return f"{rij['basisteam']}{waar}{sinds}{f' tot {tot:%d-%m-%Y}' if tot else ''}"


WERKGEBIED = Inhoud(
    soort=Organisatiebesluit.Soort.WERKGEBIED,
    tabellen={"werkgebied": SCHEMA},
    sleutels={"werkgebied": SLEUTEL},
    labels={
        "basisteam": "Basisteam",
        "gemeente": "Gemeente",
        "gebied": "Deel van de gemeente",
        "grond": "Grond",
        "bron": "Bron",
        "bronregel": "Bronregel",
        "geldig_vanaf": "Vanaf",
        "geldig_tot": "Tot",
        "vanaf": "Vanaf",
        "reden": "Toelichting",
    },
    pagina="beheer_werkgebieden",
    plek=lambda rijen: str(rijen["werkgebied"][0].get("gemeente", "")),
    naam=_naam,
    nu=_nu,
    nieuw=_nieuw,
    toets=_toets,
    pas_toe=_pas_toe,
)
