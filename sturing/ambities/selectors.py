"""One ambition as its page shows it: every half year with its evidence, what is open, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.tekst.tekens import kleine_letter
from monitor.dashboards.keuze import Blik
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.models import Indicator, Oordeel
from monitor.reikwijdte import lees_reikwijdte
from strategie.models import Ambitie, Thema
from sturing.lezen.ambities import Bewijs, bewijs_van, lees_standen, leest_open
from sturing.models import Ambitiestand
from sturing.regels.omvang import Halfjaar

_IN = "ingetrokken"


@dataclass(frozen=True)
class Bewijsregel:
    """One piece of evidence; of an indicator its page as it was then, and its last verdict in the half year.

    ``later`` says of the quarter at its end that it does not count yet, and from when.
    """

    bewijs: Bewijs
    naam: str = ""
    adres: str = ""
    oordeel: str = ""
    kwartaal: Kwartaal | None = None
    later: str = ""


@dataclass(frozen=True)
class Standregel:
    stand: Ambitiestand
    bewijs: Sequence[Bewijsregel]


@dataclass(frozen=True)
class Ambitiebeeld:
    """For one reader; ``met_namen``: they may see who wrote and approved."""

    ambitie: Ambitie
    standen: Sequence[Standregel]
    open: Sequence[Standregel]
    mag_schrijven: bool
    met_namen: bool
    stappen: Sequence[Stap]
    ingetrokken: Ambitiestand | None
    """What this reader took back last, where nothing happened since."""
    nieuwste: int
    """Key of the newest version that counts; 0: none."""


def lees_ambitie(blik: Blik, thema: Thema, nummer: int) -> Ambitiebeeld | None:
    """None where the theme has no such ambition. Who did what only of now, and that as far as rights reach."""
    ambitie = next((een for een in thema.ambities.all() if een.nummer == nummer), None)
    if ambitie is None:
        return None
    bekend, user, nu = blik.bekend, blik.user, blik.bekend.dag is None
    standen = lees_standen([ambitie.pk], bekend.moment).get(ambitie.pk, [])
    open_ = _open(ambitie, bekend.moment) if leest_open(user, thema.slug) else []
    regels = _met_bewijs(blik, [*standen, *open_])
    met_namen = nu and _reikt(user, Recht.SPOOR_LEZEN, thema)
    mag_schrijven = nu and _reikt(user, Recht.AMBITIE_SCHRIJVEN, thema)
    spoor = _spoor(ambitie, blik.agenda.slug) if met_namen or mag_schrijven else []
    return Ambitiebeeld(
        ambitie=ambitie,
        standen=regels[: len(standen)],
        open=regels[len(standen) :],
        mag_schrijven=mag_schrijven,
        met_namen=met_namen,
        stappen=_stappen(spoor) if met_namen else (),
        ingetrokken=_ingetrokken(spoor, user) if mag_schrijven else None,
        nieuwste=max((stand.pk for stand in standen), default=0),
    )


def _reikt(user: User, recht: Recht, thema: Thema) -> bool:
    return lees_reikwijdte(user, recht).bevat_thema(thema.slug)


def _open(ambitie: Ambitie, moment: datetime | None) -> list[Ambitiestand]:
    verwant = Ambitiestand.objects.select_related("ingevoerd_door", "afgekeurd_door")
    return sorted(verwant.openstaand_op(moment, ambitie_id=ambitie.pk), key=lambda s: (s.jaar, s.helft), reverse=True)


def _met_bewijs(blik: Blik, standen: Sequence[Ambitiestand]) -> list[Standregel]:
    per = [(stand, bewijs_van(stand)) for stand in standen]
    oordelen = _Oordelen(blik, {een.code for _, bewijs in per for een in bewijs if een.code}, [s for s, _ in per])
    return [Standregel(stand, [oordelen.regel(stand, een) for een in bewijs]) for stand, bewijs in per]


class _Oordelen:
    """The verdicts on the unit of the indicators that are named, as this reader may read them; a few queries."""

    def __init__(self, blik: Blik, codes: Iterable[str], standen: Sequence[Ambitiestand]) -> None:
        self.blik = blik
        lijst = Indicator.objects.filter(code__in=codes).select_related("berekening")
        self.indicatoren: Mapping[str, Indicator] = {een.code: een for een in lijst} if standen else {}
        alle = list(self.indicatoren.values())
        uit = blik.uitsnede(alle)._replace(tot=max((s.halfjaar.kwartaal for s in standen), default=blik.kwartaal))
        self.rijen: Mapping[int, Sequence[Any]] = blik.bekend.geschiedenis(uit) if alle else {}

    def regel(self, stand: Ambitiestand, bewijs: Bewijs) -> Bewijsregel:
        indicator = self.indicatoren.get(bewijs.code)
        if indicator is None:
            return Bewijsregel(bewijs)
        dag = timezone.localdate(stand.ingediend_op)
        kwartaal = min(stand.halfjaar.kwartaal, Kwartaal.van(dag))
        eerdere = [r for r in self.rijen.get(indicator.pk, ()) if Kwartaal(r.jaar, r.kwartaal) <= kwartaal]
        toen = f"&peildatum={dag:%Y-%m-%d}" if dag < timezone.localdate() else ""
        adres = f"{reverse('indicator', args=[indicator.code])}?kwartaal={kwartaal}{toen}"
        naam = self.blik.definities.in_jaar(indicator, stand.jaar).naam
        later = _later(kwartaal, self.blik.bekend_op) if eerdere and _wacht(eerdere[-1]) else ""
        geteld = [rij for rij in eerdere if not _wacht(rij)]
        van = Kwartaal(geteld[-1].jaar, geteld[-1].kwartaal) if geteld else kwartaal
        return Bewijsregel(bewijs, naam, adres, geteld[-1].oordeel if geteld else "", van, later)


def _wacht(rij: Any) -> bool:
    return bool(rij.oordeel == Oordeel.NOG_NIET_VERSCHULDIGD)


def _later(kwartaal: Kwartaal, dag: date) -> str:
    """For example: Q4 2026 loopt nog, telt vanaf 31-01-2027."""
    telt = kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN) + timedelta(days=1)
    hoe = "loopt nog" if dag <= kwartaal.einde() else "is voorbij"
    return f"{kwartaal.leesbaar} {hoe}, telt vanaf {telt:%d-%m-%Y}"


def lees_oordelen(blik: Blik, indicatoren: Sequence[Indicator]) -> dict[str, str]:
    """Per code the verdict on the unit in the quarter of the view, as the theme page has it."""
    rijen = blik.bekend.geschiedenis(blik.uitsnede(indicatoren))
    return {i.code: van[-1].oordeel for i in indicatoren if (van := rijen.get(i.pk))}


def _spoor(ambitie: Ambitie, agenda: str) -> list[AuditEvent]:
    """The latest first, also of what was taken back."""
    van_hier = {"naar__thema": ambitie.thema.slug, "naar__ambitie": ambitie.nummer, "naar__agenda": agenda}
    alle = AuditEvent.objects.filter(object_soort="ambitiestand", **van_hier)
    return list(alle.order_by("-op", "-pk"))


def _stappen(spoor: Sequence[AuditEvent]) -> list[Stap]:
    """What was taken back is nowhere else to read, so its step says all of it."""
    per = zip(spoor, vertel(spoor, _bewaard), strict=True)
    return [replace(s, zin=f"{s.zin} {_er_stond(_als_stand(een))}") if een.handeling == _IN else s for een, s in per]


def _er_stond(stand: Ambitiestand) -> str:
    bewijs = "; ".join(een.in_woorden for een in bewijs_van(stand))
    return f"Er stond: “{stand.tekst}”" + (f" Bewijs: {bewijs}." if bewijs else "")


def _ingetrokken(spoor: Sequence[AuditEvent], user: User) -> Ambitiestand | None:
    laatste = next(iter(spoor), None)
    is_eigen = laatste and laatste.handeling == _IN and laatste.door_id == user.pk
    return _als_stand(laatste) if laatste and is_eigen else None


def _als_stand(ingetrokken: AuditEvent) -> Ambitiestand:
    bewaard = ingetrokken.naar or {}
    return Ambitiestand(**{naam: bewaard[naam] for naam in ("jaar", "helft", *Ambitiestand.INHOUD)})


def _bewaard(bewaard: dict[str, Any] | None) -> str:
    if not bewaard:
        return ""
    oordeel = kleine_letter(Ambitiestand.Oordeel(bewaard["oordeel"]).label)
    return f"{oordeel}, over de {Halfjaar(bewaard['jaar'], bewaard['helft']).leesbaar}"
