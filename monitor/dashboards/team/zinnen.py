"""The page of an onderdeel in sentences: what it belongs to, whether it still exists, its places and people."""

from collections.abc import Sequence
from datetime import date

from common.tekst.cijfers import fte_in_woorden, procent
from common.tekst.periode import Kwartaal, dag_in_woorden
from common.tekst.tekens import en
from formatie.bezetting.sommen import Stand
from formatie.district.zinnen import ontbreekzin, plaatszin, verschilwoorden
from formatie.models import Eerderenaam, Onderdeel, Opvolging
from monitor.dashboards.keuze import Blik
from monitor.dashboards.team.selectors import Sterkte

_VAN_DIENST = "Van een dienst wordt niets apart gemeten. Wat het plan de dienst geeft, staat bij Formatie."
_VAN_EENHEID = "Dit is de hele eenheid: hoe die ervoor staat, ziet u op het overzicht."
_VAN_KORPS = "Dit is het korps waar de eenheid bij hoort; de monitor volgt alleen de eenheid."


def soortzin(onderdeel: Onderdeel) -> str:
    """Why there are no figures of its own; empty where there are."""
    return {
        Onderdeel.Soort.EENHEID: _VAN_EENHEID,
        Onderdeel.Soort.KORPS: _VAN_KORPS,
        Onderdeel.Soort.DIENST: _VAN_DIENST,
    }.get(Onderdeel.Soort(onderdeel.soort), "")


def bestaan(onderdeel: Onderdeel, dag: date) -> str:
    """That it is over, or has yet to begin; empty while it exists. ``geldig_tot`` is the first day without it."""
    wat = f"Dit {onderdeel.get_soort_display().lower()}"
    if onderdeel.geldig_tot and onderdeel.geldig_tot <= dag:
        return f"{wat} bestond tot {dag_in_woorden(onderdeel.geldig_tot)}. U ziet wat er toen van bekend was."
    if onderdeel.geldig_vanaf and onderdeel.geldig_vanaf > dag:
        return f"{wat} bestaat vanaf {dag_in_woorden(onderdeel.geldig_vanaf)}, na dit kwartaal."
    return ""


def verleden(stappen: Sequence[Opvolging | Eerderenaam], onderdeel: Onderdeel, vandaag: date) -> list[str]:
    """What teams became or will become, came from and were called before, in the order in which it happens."""
    zinnen: dict[tuple[date, str], str] = {}
    for stap in stappen:
        if isinstance(stap, Eerderenaam):
            wie = "Heette" if stap.onderdeel == onderdeel else f"{stap.onderdeel} heette"
            zinnen[stap.tot, f"naam {stap.pk}"] = f"{wie} tot {dag_in_woorden(stap.tot)} {stap.naam}."
            continue
        samen = [een for een in stappen if isinstance(een, Opvolging) and een.vanaf == stap.vanaf]
        dag, komt = dag_in_woorden(stap.vanaf), stap.vanaf > vandaag
        if onderdeel == stap.naar:
            uit = en([str(een.van) for een in samen if een.naar == stap.naar])
            zinnen[stap.vanaf, f"naar {stap.naar_id}"] = (
                f"{stap.naar} {'komt' if komt else 'kwam'} op {dag} voort uit {uit}."
            )
        else:
            als = en([str(een.naar) for een in samen if een.van == stap.van])
            gaat_door = stap.van.geldig_tot is None or stap.van.geldig_tot > stap.vanaf
            hoe = "voor een deel over in" if gaat_door else "verder als"
            zinnen[stap.vanaf, f"van {stap.van_id}"] = f"{stap.van} {'gaat' if komt else 'ging'} op {dag} {hoe} {als}."
    return [zin for _, zin in sorted(zinnen.items())]


def verwant(stappen: Sequence[Opvolging | Eerderenaam], onderdeel: Onderdeel, vandaag: date) -> list[Onderdeel]:
    """Of a team those it comes from and those that follow it, of a district those that are yet to begin in it."""
    lijnen = [stap for stap in stappen if isinstance(stap, Opvolging)]
    voor = [stap.van for stap in lijnen if stap.naar == onderdeel]
    na = [stap.naar for stap in lijnen if stap.van == onderdeel or (stap.naar != onderdeel and stap.vanaf > vandaag)]
    return list(dict.fromkeys([*voor, *na]))


def sterkte(gelezen: Sterkte | None, blik: Blik, onderdeel: Onderdeel) -> list[str]:
    """Places and people; of a district only its places, for its people have a page of their own."""
    if gelezen is None:
        return ["Er geldt geen formatieplan in dit kwartaal."]
    zinnen = [plaatszin(f"dit {onderdeel.get_soort_display().lower()}", gelezen.plaatsen.fte, None, 0)]
    if gelezen.plaatsen.wijkagenten is not None:
        zinnen.append(f"Daarvan zijn {fte_in_woorden(gelezen.plaatsen.wijkagenten)} voor wijkagenten.")
    if gelezen.mensen is not None:
        zinnen.append(_bezetting(gelezen.stand, blik.kwartaal, gelezen.mensen.reden))
    return zinnen


def _bezetting(stand: Stand, kwartaal: Kwartaal, reden: str) -> str:
    """How many people there are and what is missing; or why that cannot be said."""
    if stand.bezetting is None:
        return ontbreekzin(kwartaal, reden)
    zin = f"Eind {kwartaal.leesbaar} werkten er {fte_in_woorden(stand.bezetting)}"
    if stand.verschil is None:
        return f"{zin}."
    deel = "" if stand.percentage is None else f" ({procent(stand.percentage)} bezet)"
    return f"{zin}: {verschilwoorden(stand.verschil)}{deel}."
