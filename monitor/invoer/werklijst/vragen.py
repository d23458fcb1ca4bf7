"""What a meeting asks of somebody: a question to answer, an answer to release or to read, and what they were to do."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from accounts.models import User
from accounts.rollen import Recht
from monitor.invoer.werklijst.punten import Bezigheid, TeDoen, Wachtgroep
from sturing.lezen.vragen import Stuk
from sturing.models import Actieversie

_ANTWOORDEN = Wachtgroep(Bezigheid.OVERLEG, "vraag of advies", "vragen en adviezen", "te beantwoorden")
_VRIJGEVEN = Wachtgroep(Bezigheid.OVERLEG, "antwoord", "antwoorden", "vrij te geven")
_LEZEN = Wachtgroep(Bezigheid.OVERLEG, "antwoord", "antwoorden", "op wat u vroeg of adviseerde")
_DOEN = Wachtgroep(Bezigheid.OVERLEG, "actie", "acties", "uit het overleg")


class Overlegstapel(Protocol):
    """What of everything that waits this part reads, each once."""

    vandaag: date

    @property
    def stukken(self) -> Sequence[Stuk]: ...
    @property
    def gevraagd(self) -> Mapping[int, Sequence[User]]: ...
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
        if persoon in stapel.gevraagd[vraag.pk]:
            voor = vraag.overleg if vraag.overleg and not vraag.overleg.ingetrokken_op else None
            stand = f"{van}, voor {voor.datum:%d-%m-%Y}" if voor else van
            laat = voor is not None and voor.datum < stapel.vandaag
            punt = partial(TeDoen, _ANTWOORDEN, stuk.waarover, vraag.adres, f"vraag {vraag.pk}", vraag.op)
            yield punt(waar=_waar(stuk), stand=stand, te_laat=laat, reden=vraag.tekst)
    elif stuk.wacht_op_vrijgave and persoon.mag_overal(Recht.OVERLEG_VOORBEREIDEN) and laatste.door_id != persoon.pk:
        stand = f"{van}, antwoord van {laatste.door}"
        kenmerk = f"vrijgeven {laatste.pk}"
        yield TeDoen(_VRIJGEVEN, stuk.waarover, vraag.adres, kenmerk, laatste.op, _waar(stuk), stand)
    for antwoord in stuk.vrijgegeven[-1:] if vraag.door_id == persoon.pk else ():
        if antwoord.gezien_op is None and antwoord.vrijgegeven_op:
            kenmerk, stand, op = f"antwoord {antwoord.pk}", f"van {antwoord.door}", antwoord.vrijgegeven_op
            yield TeDoen(_LEZEN, stuk.waarover, vraag.adres, kenmerk, op, _waar(stuk), stand)


def _waar(stuk: Stuk) -> str:
    """The theme, where its name does not say that."""
    namen = stuk.vraag.themanamen
    return "" if namen in stuk.waarover else namen
