"""What the frame of every page needs: the menu for this person, their roles, whether the figures are fictitious, and
whether they are kept up to date."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.beheer.services import alarmzin, lees_alarmen
from accounts.rollen import Recht
from accounts.toegang import mag, merk_van
from common.hartslag import get_achtergrond
from common.pagina.tonen import is_demo
from monitor.invoer.importeren.volgen import lees_gevolgd
from monitor.invoer.toezicht.selectors import tel_open_alarmen
from monitor.invoer.werklijst.voor_mij.menu import lees_voor_mij
from monitor.rekenen.narekenen.selectors import laatst_nagerekend

# Name, URL name, the right it asks for (or one of several).
MENU = (
    ("Overzicht", "overzicht", Recht.AGENDA_LEZEN),
    ("Voor mij", "voor_mij", Recht.AGENDA_LEZEN),
    ("Agenda", "doelenboom", Recht.AGENDA_LEZEN),
    ("Thema's", "themas", Recht.AGENDA_LEZEN),
    ("Jaarplan", "jaarplan", Recht.AGENDA_LEZEN),
    ("Overleg", "overleggen", Recht.AGENDA_LEZEN),
    ("Gebeurtenissen", "gebeurtenissen", Recht.CIJFERS_LEZEN),
    ("Indicatoren", "indicatoren", Recht.CIJFERS_LEZEN),
    ("Gemeenten", "gemeenten", Recht.CIJFERS_LEZEN),
    ("Formatie", "formatie", Recht.FORMATIE_LEZEN),
    ("Verkennen", "verkennen", Recht.CIJFERS_LEZEN),
    ("Invoer", "invoer", Recht.METING_INVOEREN, Recht.METING_VASTSTELLEN),
    ("Bezetting", "bezetting", Recht.BEZETTING_INVOEREN),
    ("Importeren", "importeren", Recht.IMPORTEREN),
    ("Vaststellen", "vaststellen", Recht.METING_VASTSTELLEN),
    ("Taken", "taken", Recht.TAKEN_LEZEN),
    ("Spoor", "spoor", Recht.SPOOR_BEWAKEN),
    (
        "Beheer",
        "beheer",
        Recht.GEBRUIKERS_BEHEREN,
        Recht.EIGENAREN_TOEWIJZEN,
        Recht.ORGANISATIE_BIJHOUDEN,
        Recht.ORGANISATIE_VASTSTELLEN,
    ),
)
BEZETTING_VAN = re.compile(r"^/invoer/\d{4}-Q[1-4]/bezetting/")  # of one quarter: it belongs under Bezetting
TERUGBLIKKEND = (
    *("overzicht", "doelenboom", "themas", "jaarplan", "overleggen", "gebeurtenissen"),
    *("indicatoren", "gemeenten", "formatie", "verkennen"),
)

# The key that follows "g", for who turned the shortcuts on (static/common/toetsen.js).
TOETSEN = {
    "overzicht": "o",
    "voor_mij": "j",
    "indicatoren": "i",
    "formatie": "f",
    "invoer": "v",
    "bezetting": "b",
    "importeren": "m",
    "vaststellen": "s",
    "taken": "t",
}


def pagina(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a template that does not show a part does not pay for it."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    voor_mij = SimpleLazyObject(partial(lees_voor_mij, request))
    return {
        "demo": SimpleLazyObject(is_demo),
        "achtergrond": SimpleLazyObject(get_achtergrond),
        "open_alarmen": SimpleLazyObject(partial(tel_open_alarmen, user)),
        "nagerekend": SimpleLazyObject(laatst_nagerekend),
        "nav": SimpleLazyObject(partial(_menu, request, voor_mij, _punten, [])),
        "hoofdnav": SimpleLazyObject(partial(_menu, request, voor_mij, _hoofdnav, "")),
        "rolnamen": SimpleLazyObject(partial(_rolnamen, request)),
        "rolalarm": SimpleLazyObject(partial(_rolalarm, request)),
        "wie": SimpleLazyObject(partial(merk_van, request)),  # of whom the forms of the page are
        "imports": SimpleLazyObject(partial(lees_gevolgd, request)),
        "voor_mij": voor_mij,
        "leest_concepten": SimpleLazyObject(partial(mag, request, Recht.CONCEPT_LEZEN)),
        "leest_cijfers": SimpleLazyObject(partial(mag, request, Recht.CIJFERS_LEZEN)),
    }


def _menu(request: HttpRequest, voor_mij: Any, maak: Callable[..., Any], niets: Any) -> Any:
    """The menu of this person on this page, as ``maak`` makes it; ``niets`` for who is not logged in."""
    if not request.user.is_authenticated:
        return niets
    mag_zien = tuple((naam, url) for naam, url, *rechten in MENU if any(request.user.mag(recht) for recht in rechten))
    codes = tuple(sorted(request.user.districten_met(Recht.PERSONEEL_DISTRICT)))
    return maak(mag_zien, codes, request.path, request.GET.get("peildatum", ""), voor_mij.get("aantal", 0))


@lru_cache(maxsize=1024)
def _hoofdnav(mag_zien: tuple[tuple[str, str], ...], codes: tuple[str, ...], pad: str, dag: str, wacht: int) -> str:
    return render_to_string("_hoofdnav.html", {"nav": _punten(mag_zien, codes, pad, dag, wacht)})


@lru_cache(maxsize=1024)
def _punten(
    mag_zien: tuple[tuple[str, str], ...], codes: tuple[str, ...], pad: str, dag: str, wacht: int
) -> list[dict[str, str]]:
    """``wacht`` is how much waits for this person; it stands in the menu."""
    eigen = _eigen_districten(codes)
    punten = [*eigen, *((naam, reverse(url), TOETSEN.get(url, "")) for naam, url in mag_zien)]
    plek = BEZETTING_VAN.sub(reverse("bezetting"), pad)
    boven = max((adres for _, adres, _ in punten if _ligt_onder(plek, adres)), key=len, default="")
    terug = _terugblik(dag, [adres for _, adres, _ in eigen])
    return [
        {
            "naam": _met_aantal(naam, adres, wacht),
            "url": adres + terug.get(adres, ""),
            "toets": toets,
            "actief": _actief(pad, adres, boven),
        }
        for naam, adres, toets in punten
    ]


def _met_aantal(naam: str, adres: str, wacht: int) -> str:
    return f"{naam} ({wacht})" if wacht and adres == reverse("voor_mij") else naam


def _eigen_districten(codes: Sequence[str]) -> list[tuple[str, str, str]]:
    """Of who leads a district: its page, before everything else."""
    namen = ["Mijn district"] if len(codes) == 1 else [f"District {code}" for code in codes]
    return [(naam, reverse("formatie_district", args=[code]), "") for naam, code in zip(namen, codes, strict=True)]


def _terugblik(dag: str, eigen: list[str]) -> dict[str, str]:
    """Who looks back keeps looking back from page to page: what to add to the addresses that can."""
    adressen = [*map(reverse, TERUGBLIKKEND), *eigen]
    return dict.fromkeys(adressen, f"?{urlencode({'peildatum': dag})}") if dag else {}


def _rolalarm(request: HttpRequest) -> list[str]:
    """What one beheerder alone is about to give, for everyone with a role."""
    if not (request.user.is_authenticated and request.user.ziet_alarm):
        return []
    return [alarmzin(voorstel) for voorstel in lees_alarmen()]


def _rolnamen(request: HttpRequest) -> str:
    """Each name once: who sits in the RVO for two municipalities fills that role twice."""
    return ", ".join(dict.fromkeys(rol.naam for rol in request.user.rollen)) if request.user.is_authenticated else ""


def _ligt_onder(pad: str, adres: str) -> bool:
    return adres != "/" and pad.startswith(adres)


def _actief(pad: str, adres: str, boven: str) -> str:
    """Marked when this is its page, or the nearest item above it."""
    return "page" if pad == adres else "true" if adres == boven else ""
