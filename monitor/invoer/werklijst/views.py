"""The work list: what the person must do now, how far the quarter is, and the quarters before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom, richt_in
from common.pagina.tonen import exporteer
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.eigenaars import Beurt, Eigenaars, is_aan_zet
from monitor.invoer.bezetting.kader import lees_ontbrekend
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.weergave import celadres, periode
from monitor.invoer.rooster.selectors import get_rooster
from monitor.invoer.vaststellen.selectors import tel_per_invoerder
from monitor.invoer.vaststellen.soorten import METING, SOORTEN
from monitor.invoer.voorstellen.grenzen.selectors import lees_adviezen
from monitor.invoer.werklijst.selectors import (
    BIJ_DE_INVOERDER,
    RECENTE_KWARTALEN,
    Celstaat,
    Plan,
    Werk,
    Werktelling,
    beurt_van,
    lees_afsluitingen,
    lees_plan,
    lees_teruggestuurd,
    lees_werk,
    nog_te_meten,
    nog_van,
    te_volgen,
)
from monitor.models import Afsluiting, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

NIEMAND = "niemand aangewezen"
_Werkenden = Callable[[Werk], str]
"""Who is to deliver a value, in words."""
PER: dict[str, tuple[str, Callable[[Werk, _Werkenden], str]]] = {
    "indicator": ("Per indicator", lambda werk, wie: werk.cel.indicator.naam),
    "onderdeel": ("Per onderdeel", lambda werk, wie: str(werk.cel.onderdeel)),
    "persoon": ("Per persoon", lambda werk, wie: wie(werk)),
}
MEESTE_TERUG = 20
_ANDERE = [soort for soort in SOORTEN if soort is not METING]  # values come back with their reason
Werklijst = dict[Kwartaal, list[Werk]]


class Werkkeuze(forms.Form):
    """Which quarter, grouped by what, and whose work; a choice that is not there falls back on the first."""

    kwartaal = forms.ChoiceField(label="Kwartaal", required=False)
    per = forms.ChoiceField(
        label="Verdeling", required=False, choices=[(code, naam) for code, (naam, _) in PER.items()]
    )
    wie = forms.ChoiceField(label="Van wie", required=False, choices=[("alle", "Alles"), ("mij", "Alleen mijn werk")])

    def __init__(self, gevraagd: Any, kwartalen: Sequence[Kwartaal]) -> None:
        super().__init__(gevraagd or None)
        self.fields["kwartaal"].choices = [(str(k), k.leesbaar) for k in kwartalen]  # type: ignore[attr-defined]  # a field with choices

    def gekozen(self, naam: str) -> str:
        """The choice that was made; the first one where none was, or none that exists."""
        goed = self.cleaned_data.get(naam) if self.is_bound and (self.is_valid() or self.cleaned_data) else ""
        return goed or self.fields[naam].choices[0][0]  # type: ignore[attr-defined]  # a field with choices


class Telkolom(Getalkolom):
    """A count in which nothing is quiet, so that the eye finds what is not nothing."""

    def render(self, value: Decimal | int | None, record: Any) -> str | SafeString:
        return super().render(value, record) if value else format_html('<span class="stil">{}</span>', 0)


class Telkolommen(Tabel):
    """The columns that every way of grouping shares; what asks for work comes first, also on a narrow screen."""

    te_laat = Telkolom(verbose_name="Te laat")
    teruggestuurd = Telkolom(verbose_name="Teruggestuurd")
    leeg = Telkolom(verbose_name="Nog leeg")
    niet_bekend = Telkolom(verbose_name="Nog niet bekend")
    concept = Telkolom(verbose_name="Concept")
    ingediend = Telkolom(verbose_name="Ingediend")
    vastgesteld = Telkolom(verbose_name="Vastgesteld")
    gevraagd = Telkolom(verbose_name="Gevraagd")


@dataclass(frozen=True, slots=True)
class _Indeling:
    """How the list is grouped, and who is to deliver each value."""

    naam: str
    per: Callable[[Werk, _Werkenden], str]
    wie: _Werkenden

    def groep(self, werk: Werk) -> str:
        return self.per(werk, self.wie)


@dataclass(frozen=True, slots=True)
class Werkregel:
    """One value that is to be delivered, with what is the matter with it and the place of its cell."""

    indicator: str
    onderdeel: str
    stand: str
    wat: str
    eigenaar: str
    adres: str


class WerkTabel(Tabel):
    """The values of one quarter that are to be delivered, each with the way to its own cell."""

    indicator = Tekstkolom(verbose_name="Indicator", rijkop=True)
    onderdeel = Tekstkolom(verbose_name="Onderdeel")
    stand = Tekstkolom(verbose_name="Stand")
    wat = Tekstkolom(verbose_name="Reden", default="")
    eigenaar = Tekstkolom(verbose_name="Eigenaar", attrs={"td": {"class": "heel stil"}})

    naam = "werklijst"
    per_bladzijde = 300

    def render_indicator(self, value: str, record: Werkregel) -> str | SafeString:
        return format_html('<a href="{}">{}</a>', record.adres, value) if record.adres else value

    def value_indicator(self, value: str) -> str:
        return value


@dataclass(slots=True, kw_only=True)
class Kwartaalrij(Werktelling):
    """One quarter with its counts and whether it is closed."""

    kwartaal: Kwartaal
    afsluiting: Afsluiting | None = None

    @property
    def stand(self) -> str:
        return stand_van(self.afsluiting)


def stand_van(afsluiting: Afsluiting | None) -> str:
    if afsluiting is None:
        return "open"
    return "heropening gevraagd" if afsluiting.gevraagd_op else "gesloten"


class KwartaalTabel(Telkolommen):
    """The latest quarters, each with a link to its own list."""

    naam_ = Tekstkolom(verbose_name="Kwartaal", accessor="naam", rijkop=True, order_by="kwartaal")
    stand = Tekstkolom(verbose_name="Stand", orderable=False)

    naam = "kwartalen"

    class Meta:
        sequence = ("naam_", "stand", "...")

    def render_naam_(self, record: Kwartaalrij) -> SafeString:
        return format_html('<a href="?kwartaal={}">{}</a>', record.kwartaal, record.naam)

    def value_naam_(self, value: str) -> str:
        return value


@require_safe
@vereist(Recht.METING_INVOEREN, Recht.METING_VASTSTELLEN, bekend_bij=Recht.CONCEPT_LEZEN)
def werklijst(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    vandaag, plan = timezone.localdate(), lees_plan()
    kwartalen = plan.kwartalen(vandaag)
    if not kwartalen:
        return render(request, "monitor/invoer/werklijst/werklijst.html", {"kruimels": _kruimels()})
    keuze = Werkkeuze(request.GET, kwartalen)
    kwartaal = Kwartaal.parse(keuze.gekozen("kwartaal"))
    getoond = list(dict.fromkeys([kwartaal, *te_volgen(kwartalen)]))
    eigenaars = Eigenaars.lees(vandaag, plan.onderdelen)

    def beurt(een: Werk) -> Beurt | None:
        return beurt_van(een.cel, eigenaars, vandaag)

    werk = _gekozen_werk(lees_werk(getoond, plan, vandaag, _reikwijdte(user)), user, keuze, beurt)
    van_kwartaal = werk[kwartaal]
    afsluitingen = lees_afsluitingen()
    terug = _teruggestuurd(user)
    redenen = _redenen(terug.get("terug", ()), kwartaal) | _wat_er_is(user, van_kwartaal, kwartaal)
    indeling = _Indeling(*PER[keuze.gekozen("per")], lambda een: str(beurt(een) or NIEMAND))
    tabel = _werktabel(request, van_kwartaal, indeling, kwartaal, redenen)
    overzicht = _kwartaaltabel(request, werk, kwartalen[:RECENTE_KWARTALEN], afsluitingen)
    bestand = exporteer(request, tabel) or exporteer(request, overzicht)
    context = {
        "kruimels": _kruimels(),
        "keuze": keuze,
        "kwartaal": kwartaal,
        "rooster": reverse("invoer_kwartaal", args=[kwartaal]),
        "alleen_mij": keuze.gekozen("wie") == "mij",
        "telling": Werktelling(kwartaal.leesbaar).tel(van_kwartaal),
        "termijn": _termijn(kwartaal, vandaag),
        "afsluiting": afsluitingen.get(kwartaal),
        "gevraagd": [a for a in afsluitingen.values() if a.gevraagd_op],
        "tabel": tabel,
        "overzicht": overzicht,
        "nagekomen": _nagekomen(werk, kwartalen[RECENTE_KWARTALEN:], afsluitingen),
        "ouder": [(k, stand_van(afsluitingen.get(k))) for k in kwartalen[RECENTE_KWARTALEN:]],
        "mag_sluiten": user.mag(Recht.KWARTAAL_SLUITEN),
        "mag_invoeren": user.mag(Recht.METING_INVOEREN),
        "wachtend": _wachtend(user),
        "adviezen": lees_adviezen(user, plan.indicatoren),
        "bezetting": 0 if kwartaal in afsluitingen else _bezetting(user, kwartaal, plan),
        "voorstellen_terug": nog_van(user, lees_teruggestuurd(_ANDERE, ingevoerd_door=user)),
        **terug,
    }
    return bestand or render(request, "monitor/invoer/werklijst/werklijst.html", context)


def _kruimels() -> list[tuple[str, str]]:
    return [("Overzicht", reverse("overzicht")), ("Invoer", "")]


def _reikwijdte(user: User) -> Reikwijdte | None:
    """An approver sees the whole quarter, who enters values sees what they may enter."""
    if user.mag_overal(Recht.METING_VASTSTELLEN):
        return None
    return lees_reikwijdte(user, Recht.METING_INVOEREN)


def _gekozen_werk(werk: Werklijst, user: User, keuze: Werkkeuze, beurt: Callable[[Werk], Beurt | None]) -> Werklijst:
    if keuze.gekozen("wie") != "mij":
        return werk
    reikwijdte = lees_reikwijdte(user, Recht.METING_INVOEREN)
    return {
        kwartaal: [een for een in lijst if reikwijdte.bevat(*een.plek) and is_aan_zet(user, beurt(een))]
        for kwartaal, lijst in werk.items()
    }


def _termijn(kwartaal: Kwartaal, vandaag: date) -> dict[str, Any]:
    """The last day and how far it is; in words, for the eye that only looks at the top."""
    uiterste = kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN)
    dagen = (uiterste - vandaag).days
    aantal = "1 dag" if abs(dagen) == 1 else f"{abs(dagen)} dagen"
    woorden = "vandaag" if dagen == 0 else f"over {aantal}" if dagen > 0 else f"{aantal} geleden"
    return {"dag": uiterste, "woorden": woorden, "te_laat": aantal if dagen < 0 else ""}


def _werktabel(
    request: HttpRequest,
    werk: Sequence[Werk],
    indeling: _Indeling,
    kwartaal: Kwartaal,
    redenen: Mapping[Meetplek, str],
) -> Tabel:
    """What was sent back first, then what is doubtful; the rest in groups, in the order of the agenda."""
    te_doen = [een for een in werk if een.staat in BIJ_DE_INVOERDER]
    volgorde = {naam: plek for plek, naam in enumerate(dict.fromkeys(map(indeling.groep, te_doen)))}
    te_doen.sort(key=lambda w: (w.staat != Celstaat.TERUGGESTUURD, w.plek not in redenen, volgorde[indeling.groep(w)]))
    bereik = lees_reikwijdte(_persoon(request), Recht.METING_INVOEREN)
    rijen = [_werkregel(w, redenen.get(w.plek, ""), indeling.wie(w), mag=bereik.bevat(*w.plek)) for w in te_doen]
    return richt_in(WerkTabel(rijen, titel=f"Te leveren over {kwartaal.leesbaar}, {indeling.naam.lower()}"), request)


def _werkregel(werk: Werk, wat: str, wie: str, *, mag: bool) -> Werkregel:
    """``mag``: whether this person may type it; who may not, finds no way to its cell."""
    stand = f"{werk.staat.value}, te laat" if werk.te_laat else werk.staat.value
    if wat and werk.staat == Celstaat.CONCEPT:
        stand = f"{stand}, vraagt aandacht"
    adres = celadres(werk.cel.kwartaal, *werk.plek) if mag else ""
    naam, onderdeel = werk.cel.indicator.naam, str(werk.cel.onderdeel)
    return Werkregel(naam, onderdeel, stand, wat, wie, adres)


def _wat_er_is(user: User, werk: Sequence[Werk], kwartaal: Kwartaal) -> dict[Meetplek, str]:
    """Of what was typed and not submitted what is wrong or doubtful; asked only where something was typed."""
    codes = {een.plek[0] for een in werk if een.staat == Celstaat.CONCEPT}
    regels = get_rooster(user, kwartaal, codes).regels if codes else []
    redenen = {regel.plek: " ".join(o.reden for o in regel.oordeel.opmerkingen) for regel in regels}
    return {plek: reden for plek, reden in redenen.items() if reden}


def _redenen(terug: Sequence[Mapping[str, Any]], kwartaal: Kwartaal) -> dict[Meetplek, str]:
    """Why the own values of this quarter came back."""
    metingen = [een["meting"] for een in terug if een["kwartaal"] == kwartaal]
    return {(m.indicator.code, m.onderdeel.code): m.afkeurreden for m in metingen}


def _persoon(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # the right was asked for by the page


def _kwartaaltabel(
    request: HttpRequest, werk: Werklijst, recent: Sequence[Kwartaal], afsluitingen: dict[Kwartaal, Afsluiting]
) -> Tabel:
    rijen = [Kwartaalrij(k.leesbaar, kwartaal=k, afsluiting=afsluitingen.get(k)) for k in recent]
    for rij in rijen:
        rij.tel(werk[rij.kwartaal])
    return richt_in(KwartaalTabel(rijen, titel="De laatste kwartalen", prefix="k-"), request)


def _nagekomen(
    werk: Werklijst, ouder: Sequence[Kwartaal], afsluitingen: dict[Kwartaal, Afsluiting]
) -> list[tuple[Kwartaal, list[str]]]:
    """Per older open quarter the indicators of which a measurement is still due, each once."""
    gevonden = [(k, nog_te_meten(werk.get(k, ()))) for k in ouder if k not in afsluitingen]
    return [(k, list(dict.fromkeys(een.cel.indicator.naam for een in lijst))) for k, lijst in gevonden if lijst]


def _wachtend(user: User) -> list[tuple[str, str]]:
    """How much this approver may decide on, per kind, with its page."""
    wacht = tel_per_invoerder([soort for soort in SOORTEN if user.mag(soort.besluit)])
    aantallen = ((soort, per_invoerder.total() - per_invoerder[user.pk]) for soort, per_invoerder in wacht.items())
    return [(soort.hoeveel(aantal), reverse(soort.pagina)) for soort, aantal in aantallen if aantal]


def _bezetting(user: User, kwartaal: Kwartaal, plan: Plan) -> int:
    """How many rows of bezetting of this quarter are not handed in, within reach."""
    if not user.mag(Recht.BEZETTING_INVOEREN):
        return 0
    [plekken] = lees_ontbrekend([kwartaal], plan.onderdelen).values()
    bereik = lees_reikwijdte(user, Recht.BEZETTING_INVOEREN)
    return sum(bereik.bevat("", onderdeel.code) for onderdeel, _ in plekken)


def _teruggestuurd(user: User) -> dict[str, Any]:
    """The own values that came back, with the reason; the latest first."""
    if not user.mag(Recht.METING_INVOEREN):
        return {}
    eigen = Meting.objects.filter(staat=Staat.AFGEKEURD, ingevoerd_door=user)
    gelezen = list(
        eigen.select_related("indicator", "onderdeel", "afgekeurd_door").order_by("-afgekeurd_op")[: MEESTE_TERUG + 1]
    )
    return {"terug": [_terug(m) for m in gelezen[:MEESTE_TERUG]], "meer_terug": len(gelezen) > MEESTE_TERUG}


def _terug(meting: Meting) -> dict[str, Any]:
    kwartaal = Kwartaal(meting.jaar, meting.kwartaal or 4)
    adres = celadres(kwartaal, meting.indicator.code, meting.onderdeel.code)
    return {"meting": meting, "kwartaal": kwartaal, "periode": periode(meting), "adres": adres}
