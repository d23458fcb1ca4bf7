"""The definition sheet of an indicator in one agenda: what it says, what another would do, and writing it there."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Count

from common.vaststellen.bewaking import Verouderd
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.regels.validatie import past_bij_niveau
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.voorstel import als_tekst
from monitor.models import IN_AGENDA, Concept, Definitie, Definitieversie, Indicator, Meting, Monitorregel
from monitor.rekenen.regels.verschuldigd import is_meetmoment
from strategie.models import Agenda

Blad = dict[str, Any]
Bladen = Mapping[int, tuple[Indicator, Blad]]  # by key: the indicator as it is, and the sheet it would get
BLAD = Definitieversie.BLAD
NAMEN = {
    "naam": "Naam",
    "definitie": "Wat is het?",
    "telregel": "Hoe wordt het geteld?",
    "bron": "Bron van de cijfers",
    "frequentie": "Hoe vaak gemeten",
    "eerste_jaar": "Eerste jaar van een meting elke twee jaar",
    "niveau": "Laagste niveau waarop gemeten wordt",
    "verwachting": "Hoe het jaar zich opbouwt",
    "grenzen_per_kwartaal": "Waarmee een kwartaal vergeleken wordt",
    "eigenaar": "Eigenaar",  # in the trail of older versions only
    "opmerking": "Let op",
}
VERGELIJKING = {False: "Met alle kwartalen", True: "Met hetzelfde kwartaal van andere jaren"}
_KEUZES: Mapping[str, Mapping[Any, str]] = {
    "frequentie": dict(Indicator.Frequentie.choices),
    "niveau": dict(Indicator.Niveau.choices),
    "verwachting": dict(Indicator.Verwachting.choices),
    "grenzen_per_kwartaal": VERGELIJKING,
}
NA_VASTSTELLEN = "Na vaststellen rekent de monitor alle oordelen van deze indicator opnieuw uit."
RITME = ("frequentie", "eerste_jaar", "niveau")


def blad_van(bron: Indicator | Definitieversie) -> Blad:
    """The sheet as the Indicator holds it, or as a version proposes it."""
    return {naam: getattr(bron, naam) for naam in BLAD}


def zonder_plek(bladen: Bladen) -> dict[int, str]:
    """Per indicator why its sheet cannot be: open values that it would leave without a place. At most two queries."""
    anders = _met_ander_ritme(bladen)
    if not anders:
        return {}
    buiten = Counter[int]()
    for pk, aantal in _buiten(anders, Meting.objects.filter(indicator__in=anders, staat__in=OPENSTAAND)):
        buiten[pk] += aantal
    for pk, aantal in _buiten(anders, Concept.objects.filter(indicator__in=anders)):
        buiten[pk] += aantal
    return {pk: _geen_plek(aantal) for pk, aantal in buiten.items()}


def gevolgen(bladen: Bladen) -> dict[int, list[str]]:
    """Per indicator whose verdicts it changes, in sentences, what that does. At most one query."""
    anders = _met_ander_ritme(bladen)
    opbouw = {pk: [NA_VASTSTELLEN] for pk, (indicator, blad) in bladen.items() if _andere_opbouw(indicator, blad)}
    if not anders:
        return opbouw
    buiten = Counter[int]()
    for pk, aantal in _buiten(anders, Meting.objects.filter(indicator__in=anders, staat=Staat.VASTGESTELD)):
        buiten[pk] += aantal
    return opbouw | {pk: _zinnen(buiten[pk]) for pk in anders}


def _met_ander_ritme(bladen: Bladen) -> dict[int, tuple[Indicator, Blad]]:
    return {pk: paar for pk, paar in bladen.items() if any(getattr(paar[0], naam) != paar[1][naam] for naam in RITME)}


def _andere_opbouw(indicator: Indicator, blad: Mapping[str, Any]) -> bool:
    return bool(indicator.verwachting != blad["verwachting"])


def _buiten(bladen: Bladen, rijen: Any) -> Iterator[tuple[int, int]]:
    """Of these rows, per indicator how many do not fit its new sheet."""
    velden = ("indicator_id", "onderdeel__soort", "jaar", "kwartaal")
    for pk, soort, jaar, kwartaal, aantal in rijen.order_by().values_list(*velden).annotate(Count("pk")):
        indicator, blad = bladen[pk]
        past = is_meetmoment(blad["frequentie"], blad["eerste_jaar"], jaar, kwartaal)
        if not (past and past_bij_niveau(blad["niveau"], indicator.aggregatie, soort, indicator.herkomst)):
            yield pk, aantal


def _geen_plek(aantal: int) -> str:
    wat = "Er staat 1 waarde" if aantal == 1 else f"Er staan {aantal} waarden"
    return (
        f"{wat} nog open die bij de nieuwe frequentie of het nieuwe niveau geen plek meer heeft in de invoer. "
        "Laat eerst vaststellen wat openstaat, of maak het leeg."
    )


def _zinnen(buiten: int) -> list[str]:
    zinnen = [
        "Waarden die al zijn vastgesteld, blijven staan.",
        NA_VASTSTELLEN,
    ]
    if buiten:
        wat = "1 vastgestelde waarde is" if buiten == 1 else f"{buiten} vastgestelde waarden zijn"
        zinnen.insert(
            1, f"{wat} van een kwartaal of niveau dat dan niet meer wordt gevraagd. Ook die blijven meetellen."
        )
    return zinnen


def agenda_van_nu(indicator: Indicator, dag: date) -> Agenda | None:
    """The later agenda whose sheet a change is of: that of the day, or the last that prints it; None for the first."""
    begonnen = Agenda.objects.filter(monitorregels__indicator=indicator).order_by("begin_jaar")
    eerste, laatste = begonnen.first(), begonnen.filter(begin_jaar__lte=dag.year).last()
    return laatste if laatste != eerste else None


def kwartalen_van_bladen(versies: Iterable[Definitieversie]) -> set[tuple[int, int]]:
    """The quarters of which these sheets would change the verdict: with another rhythm, all in which they hold.

    With another way to build up all but the last of each year: then the whole target is expected.
    """
    paren = [(versie, _andere_kwartalen(versie)) for versie in versies]
    return {
        (jaar, kwartaal)
        for versie, kwartalen in paren
        for begin, eind in (_jaren_van(versie) if kwartalen else [])
        for jaar in range(begin, eind + 1)
        for kwartaal in kwartalen
    }


def _andere_kwartalen(versie: Definitieversie) -> tuple[int, ...]:
    nu = versie.zoals_nu
    if any(getattr(nu, naam) != getattr(versie, naam) for naam in RITME):
        return (1, 2, 3, 4)
    return (1, 2, 3) if _andere_opbouw(nu, blad_van(versie)) else ()


def _jaren_van(versie: Definitieversie) -> list[tuple[int, int]]:
    """The first and last year of every agenda in which this sheet holds: its own, and later ones without a sheet."""
    regels = Monitorregel.objects.filter(indicator=versie.indicator).order_by("agenda__begin_jaar")
    bladen = versie.indicator.definities.order_by("agenda__begin_jaar").values_list("agenda__begin_jaar", flat=True)
    vanaf = versie.agenda.begin_jaar if versie.agenda else 0
    volgende = next((begin for begin in bladen if begin > vanaf), None)
    alle = regels.filter(agenda__begin_jaar__gte=vanaf).values_list("agenda__begin_jaar", "agenda__eind_jaar")
    return [(begin, eind) for begin, eind in alle if volgende is None or begin < volgende]


def toets_bladen(gezien: Sequence[Definitieversie], versies: Sequence[Definitieversie]) -> None:
    """Lock the indicators, with the sheets their reader saw, and give the versions these.

    Raises Verouderd when a sheet is not that any more, InvoerFout when open values would be left without a place.
    """
    bladen = {v.indicator_id: blad_van(v.zoals_nu) for v in gezien}
    op_slot = Indicator.objects.select_for_update().order_by("pk").in_bulk(list(bladen))
    for versie in versies:
        versie.indicator = op_slot[versie.indicator_id]
    nu = {versie.indicator_id: versie.zoals_nu for versie in versies}
    anders = [v.pk for v in versies if blad_van(nu[v.indicator_id]) != bladen[v.indicator_id]]
    if anders:
        raise Verouderd(sleutels=anders)
    bezwaren = zonder_plek({v.indicator_id: (nu[v.indicator_id], blad_van(v)) for v in versies})
    if bezwaren:
        raise InvoerFout([Fout(0, "", f"{nu[pk].naam}: {zin}") for pk, zin in bezwaren.items()])


def schrijf_bladen(versies: Sequence[Definitieversie]) -> None:
    """The indicators, or the definitions of a later agenda, take over the sheets."""
    for versie in versies:
        if versie.agenda:
            _schrijf_later(versie)
        else:
            for naam, waarde in blad_van(versie).items():
                setattr(versie.indicator, naam, waarde)
    Indicator.objects.bulk_update([versie.indicator for versie in versies if not versie.agenda], BLAD)


def _schrijf_later(versie: Definitieversie) -> None:
    """Into the definition of the agenda; where it followed an earlier one so far, it gets its own."""
    nu, velden = versie.zoals_nu, blad_van(versie)
    verder = {naam: getattr(nu, naam) for naam in IN_AGENDA}
    plek = {"indicator": versie.indicator, "agenda": versie.agenda}
    definitie, is_nieuw = Definitie.objects.update_or_create(**plek, defaults=velden, create_defaults=verder | velden)
    if is_nieuw:
        definitie.niet_voor.set(nu.niet_voor.all())


Deel = tuple[str, bool]  # a piece of text, and whether it is only on this side


@dataclass(frozen=True, slots=True)
class Verschil:
    """One field that changes, or stays: its name, and both texts with what is only in the one or the other."""

    naam: str
    oud: list[Deel]
    nieuw: list[Deel]

    @property
    def is_anders(self) -> bool:
        return any(anders for _, anders in (*self.oud, *self.nieuw))


def verschillen(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> list[Verschil]:
    """What differs between two sheets, field by field."""
    paren = ((naam, _toon(naam, oud.get(naam)), _toon(naam, nieuw.get(naam))) for naam in NAMEN)
    return [verschil(NAMEN[naam], was, wordt) for naam, was, wordt in paren if was != wordt]


def als_regels(bron: Indicator) -> list[tuple[str, str]]:
    """The sheet in words, without what is not filled in."""
    blad = als_tekst(bron, BLAD)
    return [(NAMEN[naam], tekst) for naam in BLAD if (tekst := _toon(naam, blad[naam]))]


def _toon(naam: str, waarde: object) -> str:
    if waarde is None or waarde == "":
        return ""
    return str(_KEUZES[naam][waarde]) if naam in _KEUZES else str(waarde)


def verschil(naam: str, oud: str, nieuw: str) -> Verschil:
    """Words are compared as wholes, with the space after them."""
    links, rechts = (re.findall(r"\S+\s*|\s+", tekst) for tekst in (oud, nieuw))
    weg: list[Deel] = []
    bij: list[Deel] = []
    for soort, a, b, c, d in SequenceMatcher(None, links, rechts, autojunk=False).get_opcodes():
        anders = soort != "equal"
        weg += [("".join(links[a:b]), anders)] if b > a else []
        bij += [("".join(rechts[c:d]), anders)] if d > c else []
    return Verschil(naam, weg, bij)
