"""The monitor set: checked objects → Indicator, Definitie, Monitorregel and Doelstelling. Nothing is deleted.

The first agenda that prints an indicator defines it on the Indicator, a later one in a Definitie of its own, so that
loading a later agenda changes nothing of an earlier one.

An approved target is never edited. A file that says something else than the version it loaded before is refused;
a revision with its own decision becomes a new version that names the one it replaces. What two persons decided on the
site wins: a revision in a file does not pass over it, and a definition sheet of the site is left alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, Min, Model, OuterRef
from django.utils import timezone

from common.bestanden.bijwerken import Telling, werk_bij
from common.bestanden.toml import Tabelrij
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.agenda.lezen import Doelbesluit, Monitorset, Setregel
from monitor.models import (
    IN_AGENDA,
    Definitie,
    Definitieversie,
    Doelstelling,
    Indicator,
    Landelijkdoel,
    Meting,
    Monitorregel,
)
from monitor.rekenen.wachtrij import vraag_herberekeningen
from strategie.models import Agenda, Thema

_HERKOMST = "inlezen van de agenda"
_BLAD = Definitieversie.BLAD
_REEKS = ("aggregatie", "eenheid", "herkomst", "waarvan_van")
_Blad = tuple[str, Tabelrij]  # of which agenda, and what its file says
_Plek = tuple[str, str, int]  # indicator, onderdeel, jaar
_Keten = dict[_Plek, list[Doelstelling]]  # versions, oldest first


def controleer_doelen(sets: Monitorset) -> None:
    """Note with its row every definition of another series, and every target that contradicts an approved version."""
    _controleer_reeksen(sets)
    ketens, van_site = _ketens(), _plekken_van_site()
    for regel in sets.regels:
        for jaar, versies in regel.versies.items():
            plek = (regel.code, regel.onderdeel, jaar)
            for versie, rij in zip(versies, ketens[plek], strict=False):
                if anders := [naam for naam in _VERGELEKEN if getattr(versie, naam) != getattr(rij, naam)]:
                    regel.regel.meld(_weigering(versie, rij, anders))
            if len(versies) > len(ketens[plek]) and plek in van_site:
                regel.regel.meld(f"voor {jaar} {VAN_SITE}")


def _controleer_reeksen(sets: Monitorset) -> None:
    """What has values, or is printed by an earlier agenda too, stays the same series."""
    met_waarden = Exists(Meting.objects.filter(indicator=OuterRef("pk")))
    bekend = {i.code: i for i in Indicator.objects.select_related("waarvan_van").annotate(met_waarden=met_waarden)}
    later = {rij["code"] for _, rij in _verdeel(sets)[1]}
    for _, rij in sets.alle:
        indicator = bekend.get(rij["code"])
        if indicator and (indicator.met_waarden or rij["code"] in later):
            _controleer_reeks(rij, indicator)


def _controleer_reeks(rij: Tabelrij, indicator: Indicator) -> None:
    for naam in _REEKS:
        was = _als_code(getattr(indicator, naam))
        if (rij[naam] or "") != was:
            rij.meld(f"'{naam}' was {was!r} en wordt {rij[naam]!r}: dat is een andere reeks; geef een nieuwe code")


def _als_code(waarde: Any) -> Any:
    return "" if waarde is None else getattr(waarde, "code", waarde)


VAN_SITE = (
    "is op de site al een doel voorgesteld of vastgesteld; "
    "een doel uit de bestanden gaat daar niet overheen, stel de wijziging op de site voor"
)


def _ketens() -> _Keten:
    """What the files loaded before: the versions that nobody entered."""
    ketens: _Keten = defaultdict(list)
    geladen = Doelstelling.objects.filter(staat__in=(Staat.VASTGESTELD, Staat.VERVANGEN), ingevoerd_door=None)
    for rij in geladen.select_related("indicator", "onderdeel").order_by("id"):
        ketens[rij.indicator.code, rij.onderdeel.code, rij.jaar].append(rij)
    return ketens


def _plekken_van_site() -> set[_Plek]:
    """Where someone entered a target, whatever became of it."""
    ingevoerd = Doelstelling.objects.filter(ingevoerd_door__isnull=False)
    return set(ingevoerd.values_list("indicator__code", "onderdeel__code", "jaar"))


_VERGELEKEN = ("soort", "streefwaarde", "marge", "besluit", "orgaan", "geldig_vanaf")


def _weigering(versie: Doelbesluit, rij: Doelstelling, anders: Iterable[str]) -> str:
    namen = ", ".join(f"{naam} {getattr(rij, naam)} wordt {getattr(versie, naam)}" for naam in anders)
    return (
        f"het vastgestelde doel voor {versie.jaar} verandert niet zonder besluit ({namen}); "
        "zet een gewijzigd doel met besluit, orgaan, datum en reden in [[doel.herzien]]"
    )


def laad(sets: Monitorset, *, organisatie_anders: bool) -> dict[str, Telling]:
    """Write the checked sets; the caller holds the transaction and has called ``controleer_doelen``.

    What changed is asked to be recomputed; all indicators when the organisation itself changed.
    """
    telling = {
        naam: Telling() for naam in ("indicatoren", "regels van de monitorset", "doelstellingen", "landelijke doelen")
    }
    onderdelen = {onderdeel.code: onderdeel for onderdeel in Onderdeel.objects.all()}
    indicatoren, anders = _laad_indicatoren(sets, onderdelen, telling["indicatoren"])
    _laad_regels(sets, indicatoren, telling["regels van de monitorset"])
    _laad_landelijk(sets, indicatoren, telling["landelijke doelen"])
    nieuw = _laad_doelen(sets.regels, indicatoren, onderdelen, telling["doelstellingen"])
    alle = {indicator.pk for indicator in indicatoren.values()} if organisatie_anders else set()
    vraag_herberekeningen((pk, None, None) for pk in sorted(anders | alle | {rij.indicator_id for rij in nieuw}))
    return telling


def _laad_indicatoren(
    sets: Monitorset, onderdelen: dict[str, Onderdeel], telling: Telling
) -> tuple[dict[str, Indicator], set[int]]:
    """The indicators by code, parents first, and the ids of those that are new or differ."""
    voor, eigen, later = _stand(), *_verdeel(sets)
    geladen: dict[str, Any] = {indicator.code: indicator for indicator in Indicator.objects.all()} | {"": None}
    # The agenda that defines an indicator first orders it; a later one has its own order in its Monitorregel.
    volgorde = {(regel.code, regel.agenda): regel.regel["volgorde"] for regel in sets.regels}
    for waarvan in (False, True):
        waarden = [
            _waarden(rij, Indicator, {*_BLAD} if (rij["code"], None) in van_site() else set())
            | {"waarvan_van": geladen[rij["waarvan_van"]], "volgorde": volgorde.get((rij["code"], agenda), 0)}
            for agenda, rij in eigen
            if bool(rij["waarvan_van"]) is waarvan
        ]
        geladen |= werk_bij(Indicator, ("code",), waarden, telling)
    del geladen[""]
    for _, rij in eigen:
        geladen[rij["code"]].niet_voor.set([onderdelen[code] for code in rij["niet_voor"]])
    _laad_definities(later, geladen, onderdelen, telling)
    return geladen, {pk for pk, na in _stand().items() if na != voor.get(pk)}


def _verdeel(sets: Monitorset) -> tuple[list[_Blad], list[_Blad]]:
    """The definitions of the first agenda that prints the indicator, and those of later ones."""
    eerste = dict(Monitorregel.objects.order_by().values_list("indicator__code").annotate(Min("agenda__begin_jaar")))
    eigen: list[_Blad] = []
    later: list[_Blad] = []
    for agenda, rij in sets.alle:
        begin = sets.begin[agenda]
        eerste[rij["code"]] = min(begin, eerste.get(rij["code"], begin))
        (later if begin > eerste[rij["code"]] else eigen).append((agenda, rij))
    return eigen, later


def _waarden(rij: Tabelrij, model: type[Model], behalve: Collection[str]) -> dict[str, Any]:
    """What the file says of the fields of this model, without what it may not write."""
    velden = {veld.name for veld in model._meta.fields} - set(behalve)
    return {naam: waarde for naam, waarde in rij.waarden.items() if naam in velden}


def _laad_definities(
    bladen: Iterable[_Blad], indicatoren: dict[str, Indicator], onderdelen: dict[str, Onderdeel], telling: Telling
) -> None:
    agendas = {agenda.slug: agenda for agenda in Agenda.objects.all()}
    rijen, van_de_site = list(bladen), van_site()
    waarden = [
        _waarden(rij, Definitie, _BLAD if (rij["code"], agenda) in van_de_site else ())
        | {"agenda": agendas[agenda], "indicator": indicatoren[rij["code"]]}
        for agenda, rij in rijen
    ]
    geladen = werk_bij(Definitie, ("agenda", "indicator"), waarden, telling)
    for agenda, rij in rijen:
        definitie = geladen[agendas[agenda].pk, indicatoren[rij["code"]].pk]
        definitie.niet_voor.set([onderdelen[code] for code in rij["niet_voor"]])


def van_site() -> set[tuple[str, str | None]]:
    """The code and the later agenda of every sheet that was approved on the site: the files leave it alone."""
    return set(Definitieversie.objects.geldend().values_list("indicator__code", "agenda__slug"))


def bladen_van_site() -> list[str]:
    """The codes of the indicators with such a sheet."""
    return sorted({code for code, _ in van_site()})


def _stand() -> dict[int, tuple[Any, ...]]:
    """Everything that says how an indicator is computed, to see which ones a load changed."""
    erbij: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    bronnen: tuple[Any, ...] = (
        Indicator.niet_voor.through.objects.values_list("indicator_id", "onderdeel_id"),
        Definitie.objects.values_list("indicator_id", "agenda__begin_jaar", *IN_AGENDA),
        Definitie.niet_voor.through.objects.values_list("definitie__indicator_id", "definitie_id", "onderdeel_id"),
        Monitorregel.objects.order_by().values_list("indicator_id", "agenda__begin_jaar", "agenda__eind_jaar"),
    )
    for nummer, bron in enumerate(bronnen):
        for indicator, *waarden in bron:
            erbij[indicator].add((nummer, *waarden))
    return {rij[0]: (*rij, frozenset(erbij[rij[0]])) for rij in Indicator.objects.values_list()}


def _laad_regels(sets: Monitorset, indicatoren: dict[str, Indicator], telling: Telling) -> None:
    agendas = {agenda.slug: agenda for agenda in Agenda.objects.all()}
    themas = {(thema.agenda.slug, thema.slug): thema for thema in Thema.objects.select_related("agenda")}
    rijen = [
        {
            "agenda": agendas[regel.agenda],
            "thema": themas[regel.agenda, regel.thema],
            "indicator": indicatoren[regel.code],
            **regel.regel.waarden,
        }
        for regel in sets.regels
    ]
    werk_bij(Monitorregel, ("agenda", "indicator"), rijen, telling)


def _laad_landelijk(sets: Monitorset, indicatoren: dict[str, Indicator], telling: Telling) -> None:
    rijen = [{"indicator": indicatoren[regel.code], **jaar} for regel in sets.regels for jaar in regel.landelijk]
    werk_bij(Landelijkdoel, ("indicator", "jaar"), rijen, telling)


def _laad_doelen(
    regels: Iterable[Setregel], indicatoren: dict[str, Indicator], onderdelen: dict[str, Onderdeel], telling: Telling
) -> list[Doelstelling]:
    ketens = _ketens()
    nieuw: list[Doelstelling] = []
    for regel in regels:
        for jaar, versies in regel.versies.items():
            keten = ketens[regel.code, regel.onderdeel, jaar]
            telling.gelijk += min(len(keten), len(versies))
            for versie in versies[len(keten) :]:
                vorige = keten[-1] if keten else None
                rij = _stel_vast(versie, indicatoren[regel.code], onderdelen[regel.onderdeel], vorige)
                keten.append(rij)
                nieuw.append(rij)
    telling.nieuw += len(nieuw)
    leg_vast([_spoor(rij) for rij in nieuw])
    return nieuw


def _stel_vast(
    versie: Doelbesluit, indicator: Indicator, onderdeel: Onderdeel, vorige: Doelstelling | None
) -> Doelstelling:
    """A version adopted by a decision; the one before it is marked as replaced from the same moment."""
    op = _begin(versie.geldig_vanaf)
    if vorige:
        vorige.staat, vorige.vervangen_op = Staat.VERVANGEN, op
        vorige.save(update_fields=["staat", "vervangen_op"])
    return Doelstelling.objects.create(
        indicator=indicator,
        onderdeel=onderdeel,
        jaar=versie.jaar,
        **{naam: getattr(versie, naam) for naam in _VERGELEKEN},
        staat=Staat.VASTGESTELD,
        ingevoerd_op=timezone.now(),
        vastgesteld_op=op,
        vervangt=vorige,
        vervangreden=versie.reden if vorige else "",
    )


def _begin(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))


def _spoor(rij: Doelstelling) -> AuditEvent:
    waarden = {naam: str(getattr(rij, naam)) for naam in ("soort", "streefwaarde", "besluit", "geldig_vanaf")}
    return gebeurtenis("doel vastgesteld", rij, door=None, herkomst=_HERKOMST, naar=waarden, reden=rij.vervangreden)
