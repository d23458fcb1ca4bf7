"""What waits for who reads, and the last days of one person as a file for their own calendar."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.berichten.kalender import eigenaar_van_kalender
from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from monitor.invoer.vaststellen.selectors import WACHT_LANG
from monitor.invoer.werklijst.punten import Bezigheid, Takenlijst, TeDoen, Wachtgroep
from monitor.invoer.werklijst.takenlijst import lees_takenlijst
from monitor.invoer.werklijst.voor_mij.kalender import build_kalender
from monitor.invoer.werklijst.voor_mij.termijnen import lees_termijnen
from sturing.lezen.vragen import Leesbeeld, lees_vragen, vraagwoord
from sturing.models.vraag import ADVIES_OVER

MEESTE_PER_GROEP = 20
"""Where everything is shown; a kind by itself is shown whole."""
BEZIGHEDEN = {
    Bezigheid.BESLUITEN: "Besluiten",
    Bezigheid.TERUG: "Teruggestuurd",
    Bezigheid.GENOEMD: "U bent genoemd",
    Bezigheid.DUIDEN: "Duiden",
    Bezigheid.OVERLEG: "Overleg",
    Bezigheid.LEVEREN: "Waarden leveren",
    Bezigheid.BEZETTING: "Bezetting leveren",
    Bezigheid.AMBITIES: "Ambities beschrijven",
    Bezigheid.ACTIVITEITEN: "Jaarplan bijwerken",
}

_ADVIES = ("Uw adviezen", "U gaf nog geen advies.")


@dataclass(frozen=True)
class Keuzelink:
    """One choice of what to see, with how much that is."""

    naam: str
    aantal: int
    vraag: str
    is_gekozen: bool


@dataclass(frozen=True)
class Wachtdeel:
    """One group on the page, and how much there is of it."""

    groep: Wachtgroep
    punten: Sequence[TeDoen]
    aantal: int


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def voor_mij(request: HttpRequest) -> HttpResponse:
    """The kind and the quarter to see stand in the address; one that does not exist shows nothing."""
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    lijst = lees_takenlijst(user, timezone.localdate())
    request.takenlijst = lijst  # type: ignore[attr-defined]  # of the request: the menu need not ask for it again
    soort, kwartaal = request.GET.get("soort", ""), request.GET.get("kwartaal", "")
    context = {
        "kruimels": [("Overzicht", reverse("overzicht")), ("Voor mij", "")],
        "aantal": len(lijst.punten),
        "te_laat": sum(punt.te_laat for punt in lijst.punten),
        "soorten": [*_soorten(lijst, soort, kwartaal)],
        "kwartalen": [*_kwartalen(lijst, soort, kwartaal)],
        "groepen": _getoond(lijst, soort, kwartaal),
        "gevraagd": _gevraagd(user),
        "wijst_aan": user.mag(Recht.EIGENAREN_TOEWIJZEN),
        "lang_geleden": timezone.now() - timedelta(days=WACHT_LANG + 1),
    }
    return render(request, "monitor/invoer/werklijst/voor_mij.html", context)


@dataclass(frozen=True)
class Gevraagd:
    """What this person asked or advised, the newest first; it waits for others, and counts as nothing here."""

    kop: str
    leeg: str
    vraagwoord: str
    beelden: Sequence[Leesbeeld]
    aantal: int


def _gevraagd(user: User) -> Gevraagd | None:
    """None for who asks nothing."""
    if not user.mag(Recht.CIJFERS_LEZEN) or not (woord := vraagwoord(user, {ADVIES_OVER})):
        return None
    beelden = lees_vragen(user, door=user)
    kop, leeg = ("Wat u vroeg", "U vroeg nog niets.") if user.mag(Recht.VRAAG_STELLEN) else _ADVIES
    return Gevraagd(kop, leeg, woord, beelden[:MEESTE_PER_GROEP], len(beelden))


def _getoond(lijst: Takenlijst, soort: str, kwartaal: str) -> list[Wachtdeel]:
    gekozen = [
        (groep, punten)
        for groep, punten in lijst.groepen.items()
        if soort in ("", groep.bezigheid) and kwartaal in ("", str(groep.kwartaal))
    ]
    meeste = None if soort or kwartaal else MEESTE_PER_GROEP
    return [Wachtdeel(groep, punten[:meeste], len(punten)) for groep, punten in gekozen]


def _soorten(lijst: Takenlijst, soort: str, kwartaal: str) -> Iterator[Keuzelink]:
    yield Keuzelink("Alles", len(lijst.punten), "", not (soort or kwartaal))
    for bezigheid, aantal in Counter(punt.groep.bezigheid for punt in lijst.punten).items():
        yield Keuzelink(BEZIGHEDEN[bezigheid], aantal, f"?{urlencode({'soort': bezigheid})}", soort == bezigheid)


def _kwartalen(lijst: Takenlijst, soort: str, kwartaal: str) -> Iterator[Keuzelink]:
    """Of the kind that was chosen, where it has more than one."""
    groepen = [punt.groep for punt in lijst.punten if soort in ("", punt.groep.bezigheid)]
    per_kwartaal = Counter(groep.kwartaal for groep in groepen if groep.kwartaal)
    if len(per_kwartaal) > 1:
        for een, aantal in per_kwartaal.items():
            keuze = ({"soort": soort} if soort else {}) | {"kwartaal": str(een)}
            yield Keuzelink(een.leesbaar, aantal, f"?{urlencode(keuze)}", kwartaal == str(een))


@login_not_required
@require_safe
def kalender(request: HttpRequest, nummer: int, geheim: str) -> HttpResponse:
    """For who knows the address; it logs nobody in."""
    persoon = eigenaar_van_kalender(nummer, geheim)
    if persoon is None or not persoon.vervullingen:
        raise Http404
    termijnen, site = lees_termijnen(persoon, timezone.localdate()), settings.SITE_URL.rstrip("/")
    plaats = urlsplit(site).hostname or "strategiemonitor"
    tekst = build_kalender(termijnen, nu=timezone.now(), plaats=plaats, adres=site + reverse("voor_mij"))
    return HttpResponse(tekst, content_type="text/calendar; charset=utf-8")
