"""Search over everything the site knows by name: the text of the agenda, the organisation, the plan, the glossary.

One query per kind, whatever there is. A hit says where it stands and links to that place, if this person may open it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.tekst.begrippen import Vondst, zoek_begrippen
from common.tekst.periode import dag_in_woorden
from common.tekst.tekens import kaal, past
from common.tekst.zoeken import LANGSTE_VRAAG, PRECIES, beste_fragment, fragment, markeer, woorden_van
from formatie.models import Formatieregel, Gemeente, Onderdeel
from formatie.plan.selectors import get_formatieplan
from formatie.plan.zoeken import zoek_formatieregels, zoek_gemeenten, zoek_onderdelen
from monitor.models import Monitorregel
from monitor.selectors import IN_TEKST, get_begonnen, zoek_monitorregels
from strategie import selectors as agendatekst
from strategie.models import Activiteit, Agenda, Agendafeit, Ambitie, Hoofdlijn, Thema, Trend
from sturing.lezen.acties import zoek_acties
from sturing.lezen.gebeurtenissen import zoek_gebeurtenissen
from sturing.lezen.jaarplan import Planregel, zoek_planactiviteiten
from sturing.lezen.overleggen import zoek_overleggen
from sturing.lezen.vragen import Leesbeeld, zoek_vragen
from sturing.models import Actieversie, Activiteitversie, Gebeurtenis, Overleg

MEESTE_TREFFERS = 20  # hits per kind; who wants the rest types one word more


@dataclass(frozen=True)
class Treffer:
    """A hit: what it is, where it stands, and the text around the words. Without ``adres`` there is nothing to open."""

    titel: SafeString
    waar: str
    adres: str
    tekst: SafeString | str = ""
    bron: str = ""


@dataclass(frozen=True)
class Zoekgroep:
    """The hits of one kind. ``is_meer``: there are more than are shown. ``is_precies``: one has exactly that name."""

    naam: str
    treffers: Sequence[Treffer]
    is_meer: bool
    is_precies: bool

    @property
    def sleutel(self) -> str:
        return self.naam.lower().replace("'", "").replace(" ", "-")


class Sitepagina(NamedTuple):
    """A page with a name of its own. ``zoek_trede`` is PRECIES where exactly that name was typed."""

    naam: str
    url: str
    recht: Recht
    uitleg: str
    zoek_trede: int | None = None


PAGINAS = (
    Sitepagina("Agenda", "doelenboom", Recht.AGENDA_LEZEN, "De hele agenda als boom en als tabel"),
    Sitepagina("Koppelingen", "koppelingen", Recht.CIJFERS_LEZEN, "Wat in de agenda bij elkaar hoort"),
    Sitepagina("Jaarplan", "jaarplan", Recht.AGENDA_LEZEN, "Wat er dit jaar gebeurt: activiteiten en mijlpalen"),
    Sitepagina("Ladder", "ladder", Recht.CIJFERS_LEZEN, "Wat hoe lang van koers ligt, en wie aan zet is"),
    Sitepagina(
        *("Gebeurtenissen", "gebeurtenissen", Recht.CIJFERS_LEZEN),
        "Andere tellingen, campagnes en reorganisaties op de tijdas van de grafieken",
    ),
    Sitepagina("Overleg", "overleggen", Recht.AGENDA_LEZEN, "Agenda's en besluiten van het overleg"),
    Sitepagina("Acties", "acties", Recht.CIJFERS_LEZEN, "Wat uit besluiten volgt, voor wie en wanneer"),
    Sitepagina("Wat veranderde er", "sinds", Recht.AGENDA_LEZEN, "Alles wat sinds een dag veranderde"),
    Sitepagina("Volgen", "volgen", Recht.AGENDA_LEZEN, "Wat u volgt, en de mail daarover"),
    Sitepagina("Hulp", "hulp", Recht.AGENDA_LEZEN, "Hoe de site werkt, met alle sneltoetsen"),
)


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def zoeken(request: HttpRequest) -> HttpResponse:
    vraag = _lees(request.GET.get("q", ""))
    groepen = zoek(request.user, woorden_van(vraag), timezone.localdate())  # type: ignore[arg-type]  # logged in
    context = {
        "vraag": vraag,
        "groepen": groepen,
        "telling": _telling(groepen),
        "zonder_zoekveld": True,  # the field of this page stands in its content
        "kruimels": [("Overzicht", reverse("overzicht")), ("Zoeken", "")],
    }
    return render(request, "monitor/dashboards/zoeken.html", context)


def zoek(user: User, woorden: Sequence[str], vandaag: date) -> list[Zoekgroep]:
    """The kinds in which something was found: first where a name fits exactly. No words find and ask nothing."""
    if not woorden:
        return []
    groepen = [_groep(naam, rijen, maak) for naam, rijen, maak in _soorten(user, woorden, vandaag)]
    return sorted((groep for groep in groepen if groep.treffers), key=lambda groep: not groep.is_precies)


def _soorten(
    user: User, woorden: Sequence[str], vandaag: date
) -> Iterable[tuple[str, Sequence[Any] | QuerySet[Any], Callable[[Any], Treffer]]]:
    agendas = list(get_begonnen(vandaag).order_by("begin_jaar"))
    maker = _Maker(user, woorden, agendas, vandaag)
    yield "Pagina's", _zoek_paginas(user, woorden), maker.pagina
    yield "Indicatoren", zoek_monitorregels(vandaag, woorden), maker.indicator
    yield "Thema's", agendatekst.zoek_themas(agendas, woorden), maker.thema
    yield "Trends", agendatekst.zoek_trends(agendas, woorden), maker.trend
    yield "Ambities", agendatekst.zoek_ambities(agendas, woorden), maker.ambitie
    yield "Hoofdlijnen", agendatekst.zoek_hoofdlijnen(agendas, woorden), maker.hoofdlijn
    yield "Activiteiten", agendatekst.zoek_activiteiten(agendas, woorden), maker.activiteit
    jaarplan = zoek_planactiviteiten(woorden, met_reden=user.mag(Recht.CIJFERS_LEZEN))
    yield "Jaarplan", jaarplan, maker.planactiviteit
    yield "Overleggen", zoek_overleggen(woorden, met_inhoud=user.mag(Recht.CIJFERS_LEZEN)), maker.overleg
    if user.mag(Recht.CIJFERS_LEZEN):
        yield "Acties", zoek_acties(woorden), maker.actie
        yield "Vragen en adviezen", zoek_vragen(user, woorden), maker.vraag
        yield "Gebeurtenissen", zoek_gebeurtenissen(woorden), maker.gebeurtenis
    yield "Wat de agenda noemt", agendatekst.zoek_feiten(agendas, woorden), maker.feit
    yield "Onderdelen", zoek_onderdelen(woorden), maker.onderdeel
    if user.mag(Recht.FORMATIE_LEZEN):
        yield "Formatieregels", zoek_formatieregels(get_formatieplan(vandaag), woorden), maker.formatieregel
    yield "Gemeenten", zoek_gemeenten(woorden), maker.gemeente
    yield "Begrippen", zoek_begrippen(woorden), maker.begrip


def _zoek_paginas(user: User, woorden: Sequence[str]) -> list[Sitepagina]:
    """Those that this person may open; no query."""
    gevonden = [een for een in PAGINAS if past(woorden, f"{een.naam} {een.uitleg}") and user.mag(een.recht)]
    return [een._replace(zoek_trede=PRECIES) if kaal(een.naam) == " ".join(woorden) else een for een in gevonden]


def _groep(naam: str, rijen: Sequence[Any] | QuerySet[Any], maak: Callable[[Any], Treffer]) -> Zoekgroep:
    gevonden = list(rijen[: MEESTE_TREFFERS + 1])
    precies = any(getattr(rij, "zoek_trede", None) == PRECIES for rij in gevonden)
    return Zoekgroep(naam, [maak(rij) for rij in gevonden[:MEESTE_TREFFERS]], len(gevonden) > MEESTE_TREFFERS, precies)


class _Maker:
    """Makes a hit of a row, for one person and one question."""

    def __init__(self, user: User, woorden: Sequence[str], agendas: Sequence[Agenda], vandaag: date) -> None:
        self.vandaag = vandaag
        self.woorden, self.agendas = woorden, {agenda.pk: agenda for agenda in agendas}
        self.laatste = agendas[-1] if agendas else None
        self.leest_cijfers = user.mag(Recht.CIJFERS_LEZEN)
        self.leest_formatie = user.mag(Recht.FORMATIE_LEZEN)

    def indicator(self, regel: Monitorregel) -> Treffer:
        adres = reverse("indicator", args=[regel.indicator.code]) if self.leest_cijfers else ""
        waar = self._waar(regel.agenda_id, *dict.fromkeys((regel.thema.naam, regel.rubriek)))
        naam, *teksten = (getattr(regel, f"zoals_{naam}") for naam in IN_TEKST)
        tekst = beste_fragment(teksten, self.woorden)
        return Treffer(self._m(naam), waar, adres, tekst, _agendaregel(regel.bronregel))

    def thema(self, thema: Thema) -> Treffer:
        teksten = (thema.samenvatting, thema.opdracht.tekst if thema.opdracht else "")
        tekst = beste_fragment(teksten, self.woorden)
        waar = self._waar(thema.agenda_id, thema.get_soort_display())
        return Treffer(self._m(thema.naam), waar, self._thema(thema), tekst, _agendaregel(thema.bronregel))

    def ambitie(self, ambitie: Ambitie) -> Treffer:
        adres = self._thema(ambitie.thema, f"ambitie-{ambitie.nummer}")
        titel = fragment(ambitie.tekst, self.woorden)
        return Treffer(
            titel, self._waar(ambitie.thema.agenda_id, ambitie.thema.naam), adres, bron=_agendaregel(ambitie.bronregel)
        )

    def hoofdlijn(self, lijn: Hoofdlijn) -> Treffer:
        adres = self._thema(lijn.thema, f"hoofdlijn-{lijn.nummer}")
        tekst = fragment(lijn.tekst, self.woorden)
        return Treffer(
            self._m(lijn.titel),
            self._waar(lijn.thema.agenda_id, lijn.thema.naam),
            adres,
            tekst,
            _agendaregel(lijn.bronregel),
        )

    def activiteit(self, activiteit: Activiteit) -> Treffer:
        lijn = activiteit.hoofdlijn
        adres = self._thema(lijn.thema, f"activiteit-{lijn.nummer}-{activiteit.nummer}")
        titel = fragment(activiteit.tekst, self.woorden)
        waar = self._waar(lijn.thema.agenda_id, lijn.thema.naam, lijn.titel)
        return Treffer(titel, waar, adres, bron=_agendaregel(activiteit.bronregel))

    def planactiviteit(self, versie: Activiteitversie) -> Treffer:
        """With a text only where it holds what was found."""
        lijn, adres = versie.plan.hoofdlijn, reverse("planactiviteit", args=[versie.plan_id])
        mijlpalen: str = versie.mijlpaaltitels or ""  # type: ignore[attr-defined]  # annotated
        tekst = self._waarin([mijlpalen, *([versie.reden] if self.leest_cijfers else [])])
        waar = f"Jaarplan {versie.plan.jaar} · {lijn.thema.naam} · {Planregel(versie, self.vandaag).woord}"
        return Treffer(self._m(versie.titel), waar, adres, tekst)

    def overleg(self, rij: Overleg) -> Treffer:
        """Of what was withdrawn its page says why."""
        delen = [dag_in_woorden(rij.datum), rij.plaats, "ingetrokken" if rij.ingetrokken_op else ""]
        teksten = [getattr(rij, naam, "") or "" for naam in ("besluitteksten", "punttitels", "toelichtingen")]
        return Treffer(self._m(rij.titel), " · ".join(filter(None, delen)), rij.adres, self._waarin(teksten))

    def actie(self, versie: Actieversie) -> Treffer:
        besluit = versie.actie.besluit
        wie = f"{versie.eigenaar}, uiterlijk {versie.datum:%d-%m-%Y}"
        waar = " · ".join([wie, versie.woord(self.vandaag), f"uit {besluit.punt.overleg}"])
        return Treffer(self._m(versie.actie.wat), waar, versie.actie.adres, self._waarin([besluit.tekst, versie.reden]))

    def vraag(self, beeld: Leesbeeld) -> Treffer:
        """Its answer only where it was released."""
        vraag, vrij = beeld.vraag, [een.tekst for een in beeld.antwoorden if een.vrijgegeven_op]
        van = f"{vraag.get_soort_display()} van {vraag.door}, {timezone.localdate(vraag.op):%d-%m-%Y}"
        waar = f"{van}, over {beeld.waarover} · {beeld.stand}"
        return Treffer(fragment(vraag.tekst, self.woorden), waar, vraag.adres, self._waarin(vrij))

    def gebeurtenis(self, rij: Gebeurtenis) -> Treffer:
        adres = reverse("gebeurtenissen", query={"jaar": rij.datum.year}, fragment=f"gebeurtenis-{rij.pk}")
        waar = f"{rij.get_soort_display()} · {dag_in_woorden(rij.datum)}"
        return Treffer(self._m(rij.titel), waar, adres, beste_fragment((rij.toelichting, rij.bron), self.woorden))

    def pagina(self, pagina: Sitepagina) -> Treffer:
        return Treffer(self._m(pagina.naam), "Pagina van deze site", reverse(pagina.url), self._m(pagina.uitleg))

    def trend(self, trend: Trend) -> Treffer:
        tekst, adres = fragment(trend.tekst, self.woorden), self._agenda(trend.agenda_id, f"trend-{trend.nummer}")
        waar = self._waar(trend.agenda_id, f"Trend {trend.nummer}")
        return Treffer(self._m(trend.titel), waar, adres, tekst, _agendaregel(trend.bronregel))

    def feit(self, feit: Agendafeit) -> Treffer:
        tekst, adres = fragment(feit.tekst, self.woorden), self._agenda(feit.agenda_id, f"feiten-{feit.soort}")
        waar = self._waar(feit.agenda_id, feit.get_soort_display())
        return Treffer(self._m(feit.naam), waar, adres, tekst, _agendaregel(feit.bronregel))

    def onderdeel(self, onderdeel: Onderdeel) -> Treffer:
        waar = f"{onderdeel.get_soort_display()}{f' van {onderdeel.ouder}' if onderdeel.ouder else ''}"
        if onderdeel.geldig_vanaf and onderdeel.geldig_vanaf > self.vandaag:
            waar = f"{waar} · vanaf {dag_in_woorden(onderdeel.geldig_vanaf)}"
        adres = _onderdeel(onderdeel) if self.leest_formatie else ""
        return Treffer(self._m(str(onderdeel)), waar, adres, bron=_agendaregel(onderdeel.bronregel))

    def formatieregel(self, regel: Formatieregel) -> Treffer:
        adres = reverse("formatie", query={"zoek": regel.naam}, fragment="diensten")
        waar = f"Formatieplan · {regel.dienst}"
        return Treffer(self._m(regel.naam), waar, adres, bron=_agendaregel(regel.bronregel))

    def gemeente(self, gemeente: Gemeente) -> Treffer:
        waar = f"Opgegaan in {gemeente.opgegaan_in}" if gemeente.opgegaan_in else "Gemeente in de eenheid"
        adres = reverse("gemeente", args=[gemeente.slug]) if self.leest_cijfers else ""
        return Treffer(self._m(gemeente.naam), waar, adres, bron=_agendaregel(gemeente.bronregel))

    def begrip(self, vondst: Vondst) -> Treffer:
        begrip = vondst.begrip
        adres = reverse("begrippen", fragment=begrip.sleutel)
        return Treffer(self._m(begrip.woord), "Begrippenlijst", adres, fragment(begrip.uitleg, self.woorden))

    def _waar(self, agenda: int, *delen: str) -> str:
        """Where it stands; of an earlier agenda with the name of that one."""
        van_eerder = [] if self._is_laatste(agenda) else [f"hoort bij de agenda {self.agendas[agenda].jaren}"]
        return " · ".join([*delen, *van_eerder])

    def _thema(self, thema: Thema, plek: str = "") -> str:
        """Of an earlier agenda at its last quarter: a later one may have a theme of the same name."""
        return reverse("thema", args=[thema.slug], query=self._kwartaal(thema.agenda_id), fragment=plek or None)

    def _agenda(self, agenda: int, plek: str) -> str:
        """The place in the tree of that agenda."""
        return reverse("doelenboom", query=self._kwartaal(agenda), fragment=plek)

    def _kwartaal(self, agenda: int) -> dict[str, Any] | None:
        return None if self._is_laatste(agenda) else {"kwartaal": self.agendas[agenda].kwartalen[1]}

    def _is_laatste(self, agenda: int) -> bool:
        return self.laatste is None or agenda == self.laatste.pk

    def _waarin(self, teksten: Sequence[str]) -> SafeString | str:
        """The text that holds what was found; nothing where none does."""
        tekst = beste_fragment([*teksten, ""], self.woorden)
        return tekst if "<mark>" in tekst else ""

    def _m(self, tekst: str) -> SafeString:
        return markeer(tekst, self.woorden)


def _lees(vraag: str) -> str:
    """What was typed, without characters that show nothing."""
    leesbaar = "".join(teken if teken.isprintable() else " " for teken in vraag)
    return " ".join(leesbaar.split())[:LANGSTE_VRAAG]


def _telling(groepen: Sequence[Zoekgroep]) -> str:
    aantal = sum(len(groep.treffers) for groep in groepen)
    meer = "Meer dan " if any(groep.is_meer for groep in groepen) else ""
    return f"{meer}{aantal} {'resultaat' if aantal == 1 else 'resultaten'} gevonden."


def _onderdeel(onderdeel: Onderdeel) -> str:
    """A team and a district have a page; the rest stands on that of the whole plan."""
    if onderdeel.soort == Onderdeel.Soort.DISTRICT:
        return reverse("formatie_district", args=[onderdeel.code])
    if onderdeel.soort == Onderdeel.Soort.BASISTEAM:
        return reverse("onderdeel", args=[onderdeel.code])
    return reverse("formatie")


def _agendaregel(bronregel: str) -> str:
    return f"regel {bronregel} van de agenda" if bronregel else ""
