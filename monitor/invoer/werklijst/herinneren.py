"""Reminders by e-mail: one digest per person and round, sent once, tried three times.

One worker at a time does a round. The row of a person is written before the message goes and marked when it went: a
worker killed in between sends it once more, never silently not at all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import Recht
from common.jobs import JobRun, job
from common.locks import Slot, sessieslot
from common.tekst.periode import Kwartaal
from common.tekst.tekens import zichtbaar
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.bezetting.kader import lees_ontbrekend
from monitor.invoer.vaststellen.selectors import PerInvoerder, tel_per_staat
from monitor.invoer.vaststellen.soorten import Soort
from monitor.invoer.werklijst.herinnermoment import Ronde, ronde_op
from monitor.invoer.werklijst.selectors import (
    NIET_GELEVERD,
    RECENTE_KWARTALEN,
    Celstaat,
    Plan,
    Werk,
    Werktelling,
    lees_afsluitingen,
    lees_plan,
    lees_werk,
    nog_te_meten,
    te_volgen,
    tel,
)
from monitor.models import Afsluiting, Herinnering
from monitor.reikwijdte import lees_reikwijdte


@dataclass(frozen=True, slots=True)
class Terug:
    """Something that was sent back, with the page that has the reason."""

    soort: Soort
    rij: Any

    @property
    def naam(self) -> str:
        return self.soort.naam(self.rij)

    @property
    def adres(self) -> str:
        return self.soort.adres(self.rij)


@dataclass(frozen=True, slots=True)
class Takenlijst:
    """What one person must do; sent back is per page with the reasons, decisions are sentences with their page."""

    naam: str
    kwartalen: Sequence[tuple[Kwartaal, list[Werktelling]]] = ()
    bezetting: Sequence[tuple[Kwartaal, dict[str, int]]] = ()
    teruggestuurd: Mapping[str, list[str]] = field(default_factory=dict)
    besluiten: Sequence[tuple[str, str]] = ()
    heropeningen: Sequence[Afsluiting] = ()

    @property
    def is_leeg(self) -> bool:
        return not any((self.kwartalen, self.bezetting, self.teruggestuurd, self.besluiten, self.heropeningen))


@dataclass(frozen=True, slots=True)
class _Levering:
    """What must be delivered, and who else could: what is nobody's own depends on that."""

    werk: Sequence[Werk] = ()
    invoerders: frozenset[int] = frozenset()
    bezetting: Mapping[Kwartaal, list[Onderdeel]] = field(default_factory=dict)
    met_chef: frozenset[str] = frozenset()
    districten: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stapel:
    """Everything that waits for somebody."""

    levering: _Levering
    teruggestuurd: Sequence[Terug]
    wacht: Mapping[Soort, PerInvoerder]
    heropeningen: Sequence[Afsluiting]


def lees_opgaven(vandaag: date) -> list[tuple[User, Takenlijst]]:
    """Per person with a role today what waits for them; who has nothing to do is left out."""
    personen = _personen(vandaag)
    stapel = _lees_stapel(vandaag, personen, personen)
    opgaven = ((persoon, _opgave(persoon, stapel)) for persoon in personen)
    return [(persoon, opgave) for persoon, opgave in opgaven if not opgave.is_leeg]


def lees_takenlijst(persoon: User, vandaag: date) -> Takenlijst:
    """What waits for one person, by the same rules; what is of others is not read."""
    return _opgave(persoon, _lees_stapel(vandaag, [persoon]))


def _personen(vandaag: date) -> list[User]:
    """Everyone who may work today, with the roles of that day."""
    geldig = Rolvervulling.objects.all().geldig_op(vandaag).filter(user__is_active=True)
    rollen: dict[User, list[Rolvervulling]] = defaultdict(list)
    for vervulling in geldig.select_related("user").order_by("user__username"):
        rollen[vervulling.user].append(vervulling)
    for persoon, vervullingen in rollen.items():
        persoon.vervullingen = vervullingen
    return list(rollen)


def _lees_stapel(vandaag: date, voor: Sequence[User], iedereen: Sequence[User] = ()) -> _Stapel:
    """What waits for these persons. ``iedereen`` who may work today is read where it is not given and matters."""
    per_staat = tel_per_staat()
    terug = [soort for soort, van in per_staat[Staat.AFGEKEURD].items() if any(van[een.pk] for een in voor)]
    levert = _mag_een(voor, Recht.METING_INVOEREN) or _mag_een(voor, Recht.BEZETTING_INVOEREN)
    gesloten = lees_afsluitingen() if levert or _mag_een(voor, Recht.KWARTAAL_SLUITEN) else {}
    return _Stapel(
        _lees_levering(vandaag, gesloten, voor, iedereen or _personen(vandaag)) if levert else _Levering(),
        lees_teruggestuurd(terug, ingevoerd_door__in=voor),
        per_staat[Staat.INGEDIEND],
        [afsluiting for afsluiting in gesloten.values() if afsluiting.gevraagd_op],
    )


def _mag_een(personen: Iterable[User], recht: Recht) -> bool:
    return any(persoon.mag(recht) for persoon in personen)


def _lees_levering(
    vandaag: date, gesloten: Collection[Kwartaal], voor: Sequence[User], iedereen: Sequence[User]
) -> _Levering:
    plan = lees_plan()
    open_ = [kwartaal for kwartaal in plan.kwartalen(vandaag)[:RECENTE_KWARTALEN] if kwartaal not in gesloten]
    return _Levering(
        _niet_geleverd(plan, open_, gesloten, vandaag) if _mag_een(voor, Recht.METING_INVOEREN) else (),
        frozenset(persoon.pk for persoon in iedereen if persoon.mag(Recht.METING_INVOEREN)),
        lees_ontbrekend(open_, plan.onderdelen) if _mag_een(voor, Recht.BEZETTING_INVOEREN) else {},
        _met_chef(iedereen, plan.onderdelen),
        _districten(plan.onderdelen),
    )


def _niet_geleverd(
    plan: Plan, open_: Collection[Kwartaal], gesloten: Collection[Kwartaal], vandaag: date
) -> list[Werk]:
    te_lezen = [kwartaal for kwartaal in te_volgen(plan.kwartalen(vandaag)) if kwartaal not in gesloten]
    werk = lees_werk(te_lezen, plan, vandaag)
    gevraagd = (lijst if kwartaal in open_ else nog_te_meten(lijst) for kwartaal, lijst in werk.items())
    return [een for lijst in gevraagd for een in lijst if een.staat in (*NIET_GELEVERD, Celstaat.CONCEPT)]


def _met_chef(personen: Iterable[User], onderdelen: Iterable[Onderdeel]) -> frozenset[str]:
    """The codes of what lies in the own district of somebody who enters its bezetting."""
    recht = Recht.BEZETTING_INVOEREN
    eigen = [persoon.districten_met(recht) for persoon in personen if not persoon.mag_overal(recht)]
    districten = set().union(*eigen)
    hier = {onderdeel.pk for onderdeel in onderdelen if onderdeel.code in districten}
    return frozenset(onderdeel.code for onderdeel in onderdelen if hier & {onderdeel.pk, onderdeel.ouder_id})


def lees_teruggestuurd(soorten: Iterable[Soort], **van: Any) -> list[Terug]:
    """What was sent back, one query per kind; the reason is not here, for it may quote a figure."""
    per_soort = ((soort, soort.met_staat(Staat.AFGEKEURD).filter(**van).select_related(None)) for soort in soorten)
    return [Terug(soort, rij) for soort, rijen in per_soort for rij in rijen.select_related(*soort.plek)]


def _opgave(persoon: User, stapel: _Stapel) -> Takenlijst:
    return Takenlijst(
        str(persoon),
        _te_leveren(persoon, stapel.levering) if persoon.pk in stapel.levering.invoerders else (),
        _bezetting_te_leveren(persoon, stapel.levering),
        _naar(persoon, stapel.teruggestuurd),
        te_besluiten(persoon, stapel.wacht),
        _te_beslissen(persoon, stapel.heropeningen),
    )


def _bezetting_te_leveren(persoon: User, levering: _Levering) -> list[tuple[Kwartaal, dict[str, int]]]:
    """How many rows per district: of the own one, and for who reaches every district of those that are nobody's own."""
    bereik = lees_reikwijdte(persoon, Recht.BEZETTING_INVOEREN)
    eigen, gevonden = levering.met_chef, []
    for kwartaal, onderdelen in levering.bezetting.items():
        mijn = [o.code for o in onderdelen if o.code in bereik.onderdelen or (bereik.alles and o.code not in eigen)]
        per_district = Counter(levering.districten[code] for code in mijn)
        gevonden += [(kwartaal, dict(per_district))] if per_district else []
    return gevonden


def _districten(onderdelen: Sequence[Onderdeel]) -> dict[str, str]:
    """Per code the name of the district: of a team the one it is in, otherwise the onderdeel itself."""
    per_pk = {onderdeel.pk: onderdeel for onderdeel in onderdelen}
    teams = {o.code: o.ouder_id for o in onderdelen if o.soort == Onderdeel.Soort.BASISTEAM}
    return {o.code: str(per_pk.get(teams.get(o.code) or o.pk, o)) for o in onderdelen}


def _naar(persoon: User, teruggestuurd: Iterable[Terug]) -> dict[str, list[str]]:
    """Per page what came back to this person."""
    per_adres: dict[str, list[str]] = defaultdict(list)
    for een in nog_van(persoon, [een for een in teruggestuurd if een.rij.ingevoerd_door_id == persoon.pk]):
        per_adres[een.adres].append(een.naam)
    return dict(per_adres)


def nog_van(persoon: User, teruggestuurd: Sequence[Terug]) -> list[Terug]:
    """Of the own work that came back what this person may still enter."""
    bereiken = {soort: lees_reikwijdte(persoon, soort.invoer) for soort in {een.soort for een in teruggestuurd}}
    return [een for een in teruggestuurd if een.soort.in_bereik(bereiken[een.soort], een.rij)]


def _te_leveren(persoon: User, levering: _Levering) -> list[tuple[Kwartaal, list[Werktelling]]]:
    """Of the own indicators, and of those whose owner is nobody (any more), within reach; per quarter."""
    reikwijdte = lees_reikwijdte(persoon, Recht.METING_INVOEREN)
    per_kwartaal: dict[Kwartaal, list[Werk]] = defaultdict(list)
    for een in levering.werk:
        eigenaar = een.cel.indicator.eigenaar_id
        van_mij = eigenaar == persoon.pk or eigenaar not in levering.invoerders
        if van_mij and reikwijdte.bevat(een.cel.indicator.code, een.cel.onderdeel.code):
            per_kwartaal[een.cel.kwartaal].append(een)
    return [(kwartaal, tel(werk, lambda een: een.cel.indicator.naam)) for kwartaal, werk in per_kwartaal.items()]


def te_besluiten(persoon: User, wacht: Mapping[Soort, PerInvoerder]) -> list[tuple[str, str]]:
    """How much of others waits for a decision of this person, per kind in words, with the page to decide on."""
    aantallen = (
        (soort, per_invoerder.total() - per_invoerder[persoon.pk])
        for soort, per_invoerder in wacht.items()
        if persoon.mag(soort.besluit)
    )
    return [(soort.hoeveel(aantal), reverse(soort.pagina)) for soort, aantal in aantallen if aantal]


def _te_beslissen(persoon: User, heropeningen: Iterable[Afsluiting]) -> list[Afsluiting]:
    """Not by who asked and not by who closed."""
    if not persoon.mag(Recht.KWARTAAL_SLUITEN):
        return []
    return [a for a in heropeningen if persoon.pk not in (a.gevraagd_door_id, a.gesloten_door_id)]


VANAF_UUR = 7
MEESTE_POGINGEN = 3
OPNIEUW = timedelta(minutes=55)  # after a round in which not every message went
_TAAK = "herinneringen"
GEEN_ADRES = "geen adres"


class NietVerzonden(Exception):
    """A message could not be sent; the next round tries again, until it has tried often enough."""


def stuur_herinneringen(nu: datetime | None = None) -> int:
    """Send what belongs to this moment and was not sent yet; gives the number of messages sent."""
    nu = timezone.localtime(nu)
    ronde = ronde_op(nu.date(), settings.INLEVERTERMIJN_DAGEN) if nu.hour >= VANAF_UUR else None
    if ronde is None:
        return 0
    with sessieslot(Slot.HERINNERING, 0) as alleen:
        return _doe_ronde(ronde, nu.date()) if alleen else 0


def is_net_mislukt() -> bool:
    """Whether the last round failed within the hour, by a clock that may have been put back since."""
    laatste = JobRun.objects.filter(soort=_TAAK).order_by("-id").first()
    if laatste is None or laatste.afloop != JobRun.Afloop.MISLUKT:
        return False
    return abs(timezone.now() - laatste.begonnen_op) < OPNIEUW


def _doe_ronde(ronde: Ronde, vandaag: date) -> int:
    opgaven = _onbehandeld(ronde, vandaag)
    if not opgaven:
        return 0
    with job(_TAAK, f"uiterste dag van {ronde.kwartaal.leesbaar}") as run:
        uitkomsten = {persoon: _stuur(persoon, opgave, ronde, vandaag) for persoon, opgave in opgaven}
        mislukt = [f"{persoon}: {fout}" for persoon, fout in uitkomsten.items() if fout not in ("", GEEN_ADRES)]
        zonder = [str(persoon) for persoon, fout in uitkomsten.items() if fout == GEEN_ADRES]
        run.gelezen, run.gewijzigd = len(uitkomsten), sum(not fout for fout in uitkomsten.values())
        run.omschrijving = _omschrijving(run.omschrijving, zonder, len(mislukt))
        if mislukt:
            raise NietVerzonden("; ".join(mislukt))
        return run.gewijzigd


def _omschrijving(begin: str, zonder: Sequence[str], mislukt: int) -> str:
    """For who looks at the tasks: whom no message could reach."""
    delen = [begin, *([f"{GEEN_ADRES}: {', '.join(zonder)}"] if zonder else [])]
    return "; ".join([*delen, *([f"{mislukt} niet verzonden"] if mislukt else [])])[:200]


def _onbehandeld(ronde: Ronde, vandaag: date) -> list[tuple[User, Takenlijst]]:
    """Who has something to do and was not reached in this round, nor given up on."""
    gedaan = Herinnering.objects.filter(dag=ronde.dag).exclude(
        Q(verzonden_op=None) & Q(pogingen__lt=MEESTE_POGINGEN)
    )  # fmt: skip
    klaar = set(gedaan.values_list("user", flat=True))
    return [(persoon, opgave) for persoon, opgave in lees_opgaven(vandaag) if persoon.pk not in klaar]


def _stuur(persoon: User, opgave: Takenlijst, ronde: Ronde, vandaag: date) -> str:
    """Claim, send, mark. Gives why it was not sent, nothing when it was."""
    onderwerp, tekst = build_bericht(opgave, ronde, vandaag)
    herinnering, _ = Herinnering.objects.update_or_create(
        user=persoon, dag=ronde.dag, defaults={"onderwerp": onderwerp, "tekst": tekst}
    )
    herinnering.pogingen = herinnering.pogingen + 1 if persoon.email else MEESTE_POGINGEN
    herinnering.fout = "" if persoon.email else GEEN_ADRES
    herinnering.save()
    if not herinnering.fout:
        _verzend(herinnering, persoon.email)
    return herinnering.fout


def _verzend(herinnering: Herinnering, adres: str) -> None:
    herinnering.fout = verstuur(herinnering.onderwerp, herinnering.tekst, adres)
    herinnering.verzonden_op = None if herinnering.fout else timezone.now()
    herinnering.save()


def verstuur(onderwerp: str, tekst: str, adres: str) -> str:
    """Send one message. Gives why it could not be sent, nothing when it was."""
    try:
        send_mail(zichtbaar(onderwerp), zichtbaar(tekst), None, [adres])
    except (OSError, ValueError) as fout:  # of the server and the network, or of an address that is none
        return f"{type(fout).__name__}: {fout}"
    return ""


def build_bericht(opgave: Takenlijst, ronde: Ronde, vandaag: date) -> tuple[str, str]:
    """Subject and text of one digest."""
    context = {"opgave": opgave, "opening": _opening(ronde, vandaag), "site": settings.SITE_URL}
    tekst = render_to_string("monitor/invoer/werklijst/herinnering.txt", context)
    return f"Strategiemonitor: er wacht werk op u ({ronde.kwartaal.leesbaar})", tekst.strip() + "\n"


def _opening(ronde: Ronde, vandaag: date) -> str:
    kwartaal, dag = ronde.kwartaal.leesbaar, f"{ronde.uiterste_dag:%d-%m-%Y}"
    dagen = (ronde.uiterste_dag - vandaag).days
    if dagen == 0:
        return f"Vandaag, {dag}, is de uiterste dag om {kwartaal} te leveren. Dit wacht nog op u."
    aantal = "1 dag" if abs(dagen) == 1 else f"{abs(dagen)} dagen"
    if dagen > 0:
        return f"Over {aantal}, op {dag}, is de uiterste dag om {kwartaal} te leveren. Dit wacht nog op u."
    return f"De uiterste dag om {kwartaal} te leveren was {dag}, {aantal} geleden. Dit wacht nog op u."
