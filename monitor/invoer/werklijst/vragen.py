"""What a meeting asks of somebody: a question to answer, an answer to release or to read, and what they were to do."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from accounts.models import User
from accounts.rollen import Recht
from monitor.eigenaars import Eigenaars
from monitor.invoer.werklijst.punten import Bezigheid, TeDoen, Wachtgroep
from sturing.lezen.vragen import Stuk, beantwoordt
from sturing.models import Actieversie

_ANTWOORDEN = Wachtgroep(Bezigheid.OVERLEG, "vraag of advies", "vragen en adviezen", "te beantwoorden")
_VRIJGEVEN = Wachtgroep(Bezigheid.OVERLEG, "antwoord", "antwoorden", "vrij te geven")
_LEZEN = Wachtgroep(Bezigheid.OVERLEG, "antwoord", "antwoorden", "op wat u vroeg of adviseerde")
_DOEN = Wachtgroep(Bezigheid.OVERLEG, "actie", "acties", "uit het overleg")


class Overlegstapel(Protocol):
    """What of everything that waits this part reads, each once."""

    vandaag: date

    @property
    def personen(self) -> Sequence[User]: ...
    @property
    def eigenaars(self) -> Eigenaars: ...
    @property
    def stukken(self) -> Sequence[Stuk]: ...
    @property
    def acties(self) -> Sequence[Actieversie]: ...


def uit_overleg(persoon: User, stapel: Overlegstapel) -> Iterator[TeDoen]:
    """Nothing for who reads no figures: a question may hold one."""
    if not persoon.mag(Recht.CIJFERS_LEZEN):
        return
    for stuk in stapel.stukken:
        yield from _van_vraag(persoon, stuk, stapel)
    for versie in stapel.acties:
        if versie.eigenaar_id == persoon.pk:
            stand, laat = f"uiterlijk {versie.datum:%d-%m-%Y}", versie.is_te_laat(stapel.vandaag)
            naam, kenmerk = f"Actie uit {versie.actie.besluit.punt.overleg}", f"actie {versie.pk}"
            wat, adres = versie.actie.wat, versie.actie.adres
            yield TeDoen(_DOEN, naam, adres, kenmerk, versie.op, stand=stand, te_laat=laat, reden=wat)


def _van_vraag(persoon: User, stuk: Stuk, stapel: Overlegstapel) -> Iterator[TeDoen]:
    vraag, laatste = stuk.vraag, stuk.laatste
    van = f"{vraag.soort} van {vraag.door}"
    if laatste is None:
        if _is_gevraagd(persoon, stuk, stapel):
            voor = vraag.overleg if vraag.overleg and not vraag.overleg.ingetrokken_op else None
            stand = f"{van}, voor {voor.datum:%d-%m-%Y}" if voor else van
            laat = voor is not None and voor.datum < stapel.vandaag
            punt = partial(TeDoen, _ANTWOORDEN, stuk.waarover, vraag.adres, f"vraag {vraag.pk}", vraag.op)
            yield punt(stand=stand, te_laat=laat, reden=vraag.tekst)
    elif stuk.wacht_op_vrijgave and persoon.mag_overal(Recht.OVERLEG_VOORBEREIDEN) and laatste.door_id != persoon.pk:
        stand = f"{van}, antwoord van {laatste.door}"
        yield TeDoen(_VRIJGEVEN, stuk.waarover, vraag.adres, f"vrijgeven {laatste.pk}", laatste.op, stand=stand)
    for antwoord in stuk.vrijgegeven[-1:] if vraag.door_id == persoon.pk else ():
        if antwoord.gezien_op is None and antwoord.vrijgegeven_op:
            stand = f"van {antwoord.door}"
            yield TeDoen(
                _LEZEN, stuk.waarover, vraag.adres, f"antwoord {antwoord.pk}", antwoord.vrijgegeven_op, stand=stand
            )


def _is_gevraagd(persoon: User, stuk: Stuk, stapel: Overlegstapel) -> bool:
    """Of who may answer: the owner of the activity or the figure, else of the theme, else everyone but who prepares."""
    if not beantwoordt(persoon, stuk):
        return False
    werkend = {een.pk for een in stapel.personen}
    if stuk.eigenaar in werkend:
        return stuk.eigenaar == persoon.pk
    vraag = stuk.vraag
    if vraag.indicator and vraag.onderdeel:
        thema = next((regel.thema_id for regel in vraag.indicator.monitorregels.all()), None)
        if beurt := stapel.eigenaars.beurt(vraag.indicator, vraag.onderdeel, thema, stapel.vandaag):
            return beurt.is_van(persoon)
    houders = {een.pk for een in stapel.personen if vraag.themas & een.themas_met(Recht.VRAAG_BEANTWOORDEN)}
    return persoon.pk in houders if houders else not persoon.mag_overal(Recht.OVERLEG_VOORBEREIDEN)
