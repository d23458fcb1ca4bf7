"""Meetings with their agenda, questions with what was answered, and actions; as far as their pages show them."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from accounts.rollen import Recht
from monitor.api.schema import Antwoordvorm, Lijst, Moment, OpPeildatum, blader
from monitor.api.toegang import eis
from sturing.lezen.acties import get_acties
from sturing.lezen.overleggen import Punt, get_overleggen, lees_agendas
from sturing.lezen.vragen import Leesbeeld, lees_vragen
from sturing.models import Actieversie, Overleg

router = Router(tags=["overleg"], by_alias=True)


class AgendapuntUit(Antwoordvorm):
    """Een punt op de agenda; stand is wat er bij het overnemen te lezen was en wijzigt niet mee met de cijfers."""

    titel: str
    bron: str
    toelichting: str
    stand: str
    thema: str | None
    indicator: str | None
    kwartaal: str | None
    besluiten: list[str]


class OverlegUit(Antwoordvorm):
    """Een overleg met zijn agenda en besluiten, zoals u die mag lezen."""

    nummer: int
    datum: date
    titel: str
    plaats: str
    agenda: list[AgendapuntUit]


class VraagUit(Antwoordvorm):
    """Een vraag of advies; antwoord is het laatste dat is vrijgegeven, null zolang dat er niet is.

    Stand zegt hoe het ermee staat en aanZet wie antwoordt of vrijgeeft, in de woorden van het scherm en zoals u dat mag
    weten; aanZet is leeg als niemand aan zet is, en bij een peildatum.
    """

    nummer: int
    soort: str
    over: str
    themas: list[str]
    tekst: str
    indicator: str | None
    kwartaal: str | None
    gesteld_op: Moment
    overleg: int | None
    ingetrokken: bool
    stand: str
    aan_zet: str
    antwoord: str | None
    vrijgegeven_op: Moment | None


class ActieUit(Antwoordvorm):
    """Een actie uit een besluit, zoals zij staat; uiterlijk is de laatste dag."""

    nummer: int
    wat: str
    eigenaar: str
    uiterlijk: date
    status: str
    toelichting: str
    besluit: str
    overleg: int


class OverlegLijst(Lijst[OverlegUit]):
    """Overleggen, het eerste vooraan."""


class VraagLijst(Lijst[VraagUit]):
    """Vragen en adviezen, de nieuwste vooraan."""


class ActieLijst(Lijst[ActieUit]):
    """Acties, wat het eerst klaar moet zijn vooraan."""


@router.get("/overleggen", response=OverlegLijst, summary="Overleggen met hun agenda")
def overleggen(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    user, moment = eis(request, Recht.CIJFERS_LEZEN), vraag.gekeurd_moment()

    def _met_agenda(rijen: list[Overleg]) -> list[tuple[Overleg, list[Punt]]]:
        agendas = lees_agendas(rijen, user, moment)
        return [(overleg, agendas[overleg.pk]) for overleg in rijen]

    return blader(get_overleggen(moment), vraag, _overleg, _met_agenda)


def _overleg(rij: tuple[Overleg, list[Punt]]) -> OverlegUit:
    overleg, punten = rij
    agenda = [
        AgendapuntUit(
            titel=punt.punt.titel,
            bron=punt.punt.bron,
            toelichting=punt.toelichting,
            stand=punt.stand,
            thema=punt.punt.van_thema.slug if punt.punt.van_thema else None,
            indicator=punt.punt.indicator.code if punt.punt.indicator else None,
            kwartaal=str(punt.kwartaal) if punt.kwartaal else None,
            besluiten=[besluit.tekst for besluit in punt.besluiten],
        )
        for punt in punten
    ]
    return OverlegUit(nummer=overleg.pk, datum=overleg.datum, titel=overleg.titel, plaats=overleg.plaats, agenda=agenda)


@router.get("/vragen", response=VraagLijst, summary="Vragen en adviezen met het vrijgegeven antwoord")
def vragen(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    return blader(lees_vragen(user, moment=vraag.gekeurd_moment()), vraag, _vraag)


def _vraag(beeld: Leesbeeld) -> VraagUit:
    """An answer that is not released goes to no program, whoever asks."""
    vraag, vrij = beeld.vraag, [antwoord for antwoord in beeld.antwoorden if antwoord.vrijgegeven_op]
    return VraagUit(
        nummer=vraag.pk,
        soort=vraag.soort,
        over=beeld.waarover,
        themas=sorted(vraag.themas),
        tekst=vraag.tekst,
        indicator=vraag.indicator.code if vraag.indicator else None,
        kwartaal=str(vraag.periode) if vraag.periode else None,
        gesteld_op=vraag.op,
        overleg=vraag.overleg_id,
        ingetrokken=vraag.ingetrokken_op is not None,
        stand=beeld.stand,
        aan_zet=beeld.beurt,
        antwoord=vrij[0].tekst if vrij else None,
        vrijgegeven_op=vrij[0].vrijgegeven_op if vrij else None,
    )


@router.get("/acties", response=ActieLijst, summary="Acties uit besluiten")
def acties(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    eis(request, Recht.CIJFERS_LEZEN)
    return blader(get_acties(vraag.gekeurd_moment()), vraag, _actie)


def _actie(versie: Actieversie) -> ActieUit:
    actie = versie.actie
    return ActieUit(
        nummer=actie.pk,
        wat=actie.wat,
        eigenaar=str(versie.eigenaar),
        uiterlijk=versie.datum,
        status=versie.status,
        toelichting=versie.reden,
        besluit=actie.besluit.tekst,
        overleg=actie.besluit.punt.overleg_id,
    )
