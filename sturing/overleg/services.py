"""Preparing a meeting and writing down what it decided, by the programmadirecteur.

Whoever changes something of a meeting holds its row, so two at once follow each other. Raises InvoerFout with every
fault at its field, NietToegestaan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from common.tekst.periode import laatst_verschuldigde
from common.tekst.tekens import hoofdletter
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.bewaking import bewaakt
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Indicator
from strategie.models import Thema
from sturing.models import Actieversie, Agendapunt, Besluit, Overleg, Planactiviteit, Vraag
from sturing.models.overleg import LANGSTE_PUNT
from sturing.overleg.eisen import (
    al_gezegd,
    dagfouten,
    eis_geen,
    eis_geldend,
    eis_voorbereider,
    geschoond,
    tekstfouten,
    trek_rij_in,
)
from sturing.overleg.voordragen import Voordracht

_Onderwerp = Indicator | Thema | Planactiviteit | None


def plan_overleg(
    titel: str, datum: date | None, *, plaats: str = "", door: User, herkomst: str, op: datetime | None = None
) -> Overleg:
    """Plan a meeting; one of the same day and name is there once."""
    titel, plaats = geschoond(titel), geschoond(plaats)
    with bewaakt("overleg plannen", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        eis_geen(_overlegfouten(titel, datum, plaats))
        nieuw, is_nieuw = Overleg.objects.get_or_create(
            titel=titel,
            datum=datum,  # type: ignore[misc]  # _overlegfouten wants one
            ingetrokken_op=None,
            defaults={"plaats": plaats, "door": door, "op": op or timezone.now(), "demo": door.demo},
        )
        if not is_nieuw:
            zin = "Er is op deze dag al een overleg met deze titel. Kies een andere titel of een andere dag."
            raise InvoerFout([Fout(0, "titel", zin)])
        leg_vast([gebeurtenis("overleg gepland", nieuw, door=door, herkomst=herkomst, op=nieuw.op)])
    return nieuw


def _overlegfouten(titel: str, datum: date | None, plaats: str) -> Iterator[Fout]:
    yield from tekstfouten("titel", titel, "Geef het overleg een titel, bijvoorbeeld RVO december.", LANGSTE_PUNT)
    yield from dagfouten("datum", datum, "Kies de dag van het overleg.")
    yield from tekstfouten("plaats", plaats, "", LANGSTE_PUNT)


def neem_punten_over(
    overleg: Overleg, voordrachten: Collection[Voordracht], *, door: User, herkomst: str, op: datetime | None = None
) -> int:
    """Put what the figures bring on its agenda, as it was read. Gives how many; what stands there already stays."""
    op = op or timezone.now()
    with bewaakt("agenda maken", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        _houd(overleg)
        eis_geen([] if voordrachten else [Fout(0, "punten", "Kies minstens één punt om over te nemen.")])
        er_al = set(Agendapunt.objects.geldend().filter(overleg=overleg).values_list("indicator", "jaar", "kwartaal"))
        nieuw = [een for een in voordrachten if (een.indicator, een.kwartaal.jaar, een.kwartaal.nummer) not in er_al]
        for een in nieuw:
            cijfer = {"jaar": een.kwartaal.jaar, "kwartaal": een.kwartaal.nummer, "indicator_id": een.indicator}
            _zet(overleg, een.titel, bron=een.bron, stand=een.stand, **cijfer, door=door, herkomst=herkomst, op=op)
    return len(nieuw)


def voeg_punt_toe(
    overleg: Overleg,
    titel: str,
    toelichting: str = "",
    over: _Onderwerp = None,
    *,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Agendapunt:
    """Add a point, about something or about nothing in particular; of an indicator about its latest figure."""
    titel, toelichting, op = geschoond(titel), geschoond(toelichting), op or timezone.now()
    with bewaakt("agenda maken", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        _houd(overleg)
        waarover = _waarover(over, timezone.localdate(op))
        fouten = tekstfouten("titel", titel, "Geef het punt een titel.", LANGSTE_PUNT)
        eis_geen([*fouten, *tekstfouten("toelichting", toelichting, ""), *_dubbel(overleg, titel, waarover)])
        return _zet(overleg, titel, toelichting=toelichting, **waarover, door=door, herkomst=herkomst, op=op)


def _waarover(over: _Onderwerp, dag: date) -> dict[str, Any]:
    if isinstance(over, Indicator):
        kwartaal = laatst_verschuldigde(dag, settings.INLEVERTERMIJN_DAGEN)
        return {"indicator": over, "jaar": kwartaal.jaar, "kwartaal": kwartaal.nummer}
    return {"thema" if isinstance(over, Thema) else "plan": over} if over else {}


def _dubbel(overleg: Overleg, titel: str, waarover: dict[str, Any]) -> Iterator[Fout]:
    punten = Agendapunt.objects.geldend().filter(
        overleg=overleg, **{"indicator": None, "thema": None, "plan": None, "vraag": None} | waarover
    )
    if "indicator" in waarover and (punt := punten.first()):
        yield Fout(0, "over", f"Deze indicator staat al op de agenda: {punt.titel}.")
    else:
        yield from al_gezegd("titel", titel, punten, "Dit punt staat al op deze agenda.")


def zet_op_agenda(
    vraag: Vraag, overleg: Overleg | None, *, door: User, herkomst: str, op: datetime | None = None
) -> Agendapunt:
    """A question becomes a point of the meeting, and from then on every reader of figures reads it; once."""
    op = op or timezone.now()
    with bewaakt("vraag op de agenda zetten", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        if overleg is None:
            raise InvoerFout([Fout(0, "overleg", "Kies voor welk overleg.")])
        vraag = Vraag.objects.select_for_update(of=("self",)).get(pk=vraag.pk)
        eis_geldend(vraag, "De vraag", "overleg")
        _houd(overleg, "overleg")
        if staat_er := Agendapunt.objects.geldend().filter(overleg=overleg, vraag=vraag).first():
            return staat_er
        titel = hoofdletter(str(vraag))[:LANGSTE_PUNT]
        bron = Agendapunt.Bron.VRAAG
        return _zet(overleg, titel, bron=bron, vraag=vraag, door=door, herkomst=herkomst, op=op)


def verplaats(punt: Agendapunt, stap: int, *, door: User, herkomst: str, op: datetime | None = None) -> None:
    """One place up (-1) or down (1); the first and the last stay where they are."""
    with bewaakt("agenda maken", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        _houd(punt.overleg)
        punten = list(Agendapunt.objects.geldend().filter(overleg=punt.overleg).order_by("volgorde", "pk"))
        plek = next((plek for plek, een in enumerate(punten) if een.pk == punt.pk), None)
        if plek is not None and 0 <= plek + stap < len(punten):
            twee = [punten[plek], punten[plek + stap]]
            leg_vast(list(_wissel(twee, door=door, herkomst=herkomst, op=op or timezone.now())))


def _wissel(twee: Sequence[Agendapunt], **wie: Any) -> Iterator[AuditEvent]:
    een, ander = twee
    een.volgorde, ander.volgorde = ander.volgorde, een.volgorde
    for punt in twee:
        punt.save(update_fields=["volgorde"])
        yield gebeurtenis("agendapunt verplaatst", punt, naar={"volgorde": punt.volgorde}, **wie)


def neem_besluit(
    punt: Agendapunt | None, tekst: str, *, door: User, herkomst: str, op: datetime | None = None
) -> Besluit:
    """Write down what was decided at a point, of a meeting that has been."""
    tekst, op = geschoond(tekst), op or timezone.now()
    with bewaakt("besluit vastleggen", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        fouten = tekstfouten("tekst", tekst, "Schrijf op wat er besloten is.")
        if punt is None:
            raise InvoerFout([Fout(0, "punt", "Kies bij welk agendapunt dit besloten is."), *fouten])
        overleg = _houd(punt.overleg, "punt")
        punt.refresh_from_db(fields=["ingetrokken_op", "intrekreden"])
        eis_geldend(punt, "Dit agendapunt", "punt")
        if not overleg.is_geweest(timezone.localdate(op)):
            zin = (
                f"Dit overleg is op {overleg.datum:%d-%m-%Y} en is nog niet geweest. Leg besluiten vast vanaf die dag."
            )
            fouten.append(Fout(0, "punt", zin))
        zin = "Dit besluit is hierbij al vastgelegd. Volgt er een actie uit? Maak die van dat besluit."
        fouten += al_gezegd("tekst", tekst, Besluit.objects.geldend().filter(punt=punt), zin)
        eis_geen(fouten)
        nieuw = Besluit.objects.create(punt=punt, tekst=tekst, door=door, op=op, demo=door.demo)
        leg_vast([gebeurtenis("besluit vastgelegd", nieuw, door=door, herkomst=herkomst, op=op)])
    return nieuw


def trek_in(
    ding: Overleg | Agendapunt | Besluit | None, reden: str, *, door: User, herkomst: str, op: datetime | None = None
) -> None:
    """Withdraw a meeting, a point or a decision, with a reason; not while something that counts hangs on it."""
    reden, op = geschoond(reden), op or timezone.now()
    with bewaakt("intrekken", door=door, herkomst=herkomst):
        eis_voorbereider(door)
        wat = "dit punt van de agenda gaat" if isinstance(ding, Agendapunt) else "u dit intrekt"
        fouten = tekstfouten("reden", reden, f"Schrijf op waarom {wat}.")
        if ding is None:
            raise InvoerFout([Fout(0, "wat", "Kies wat u intrekt."), *fouten])
        _houd_overleg_van(ding)
        ding.refresh_from_db(fields=["ingetrokken_op", "intrekreden"])
        eis_geldend(ding, "Dit", "reden")
        eis_geen([*fouten, *_in_de_weg(ding)])
        handeling = f"{str(ding._meta.verbose_name).split()[0]} ingetrokken"
        leg_vast([trek_rij_in(ding, reden, handeling, door=door, herkomst=herkomst, op=op)])


def _houd_overleg_van(ding: Overleg | Agendapunt | Besluit) -> None:
    punt = ding.punt if isinstance(ding, Besluit) else ding
    _houd(punt.overleg if isinstance(punt, Agendapunt) else punt)


def _in_de_weg(ding: Overleg | Agendapunt | Besluit) -> Iterator[Fout]:
    if isinstance(ding, Besluit):
        nu = Actieversie.objects.zoals_bekend_op(None).filter(actie__besluit=ding)
        if nu.exclude(status=Actieversie.Status.INGETROKKEN).exists():
            yield Fout(0, "reden", "Aan dit besluit hangt een actie. Trek eerst die actie in.")
        return
    waar = {"punt": ding} if isinstance(ding, Agendapunt) else {"punt__overleg": ding}
    if Besluit.objects.geldend().filter(**waar).exists():
        yield Fout(0, "reden", "Hierbij is een besluit vastgelegd. Trek eerst dat besluit in.")


def _houd(overleg: Overleg, veld: str = "") -> Overleg:
    """The meeting, held until the transaction ends. Raises InvoerFout when it was withdrawn."""
    nu = Overleg.objects.select_for_update(of=("self",)).get(pk=overleg.pk)
    eis_geldend(nu, "Dit overleg", veld)
    return nu


def _zet(overleg: Overleg, titel: str, *, door: User, herkomst: str, op: datetime, **inhoud: Any) -> Agendapunt:
    """The last point of the agenda."""
    laatste = Agendapunt.objects.filter(overleg=overleg).aggregate(hoogste=Max("volgorde"))["hoogste"] or 0
    vast = {"overleg": overleg, "volgorde": laatste + 1, "titel": titel, "door": door, "op": op, "demo": door.demo}
    nieuw = Agendapunt.objects.create(**vast, **inhoud)
    leg_vast([gebeurtenis("agendapunt toegevoegd", nieuw, door=door, herkomst=herkomst, op=op)])
    return nieuw
