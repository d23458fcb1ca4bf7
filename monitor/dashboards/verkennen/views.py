"""The page to look further: a choice in the address, its pictures, its rows, and what was kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek.beeld import Beeld
from common.grafiek.svg import GROOT, HOOG, KLEIN
from common.grafiek.tekening import Tekening, maak
from common.grafiek.tijdlijn import Voorval
from common.pagina.tonen import Context, Kruimels, Scherm
from common.tekst.tekens import en
from common.vaststellen.bewaking import Geweigerd, NietToegestaan
from monitor.dashboards.pagina import blik_van, maak_scherm, toon
from monitor.dashboards.verkennen import services
from monitor.dashboards.verkennen.antwoord import build_opdracht, vraag_uitkomst
from monitor.dashboards.verkennen.getoond import rijen_van_beeld
from monitor.dashboards.verkennen.reeksen import Reeksrij, Weggelaten, get_reeksen, get_weggelaten
from monitor.dashboards.verkennen.selectors import Aanbod, get_aanbod, get_verkenning, get_verkenningen
from monitor.dashboards.verkennen.tables import Reeksregel, ReeksTabel
from monitor.dashboards.verkennen.uitkomst import Uitkomst
from monitor.dashboards.verkennen.vraag import Opzet, Verkenvraag, lees_vraag
from monitor.models import Verkenning
from sturing.lezen.gebeurtenissen import plek_van

_MEESTE_POGINGEN = 10
"""How often a page that waits for its picture asks again."""
ALLEEN_GETOOND = "Hier staan de rijen van de grafiek. Kies “Als tabel” voor alle kwartalen."
_DOEKEN = {"groot": GROOT, "hoog": HOOG, "klein": KLEIN}


@dataclass(frozen=True)
class Bezoek:
    """One request: what it asks, of what there is, and what it typed as a name."""

    request: HttpRequest
    aanbod: Aanbod
    vraag: Verkenvraag
    weg: Sequence[str] = ()
    verkenning: Verkenning | None = None
    naam: str = ""
    fout: str = ""

    @cached_property
    def bezwaar(self) -> str:
        return self.aanbod.bezwaar(self.vraag)

    @cached_property
    def rijen(self) -> list[Reeksrij]:
        """As this reader may see them."""
        if self.bezwaar:
            return []
        blik = self.aanbod.blik
        return get_reeksen(blik.user, self.aanbod.reekskeuze(self.vraag), blik.bekend.dag)

    @cached_property
    def getoond(self) -> list[Reeksrij]:
        """What the table holds: the rows of the picture above it."""
        return rijen_van_beeld(self.vraag, self.rijen)

    @property
    def is_een_moment(self) -> bool:
        return len(self.getoond) < len(self.rijen)

    @cached_property
    def weggelaten(self) -> list[Weggelaten]:
        """Asked only where something can be left out: about people, or of the unit alone."""
        gekozen = [self.aanbod.indicatoren[code] for code in self.vraag.indicatoren]
        if self.bezwaar or not any(i.personeel or i.gevoelig for i in gekozen):
            return []
        blik = self.aanbod.blik
        return get_weggelaten(blik.user, self.aanbod.reekskeuze(self.vraag), blik.bekend.dag)

    @cached_property
    def uitkomst(self) -> Uitkomst | None:
        """What the worker makes of it; None when there is nothing to make, or it is not there yet."""
        if not self.rijen:
            return None
        indicatoren = [self.aanbod.indicatoren[code] for code in self.vraag.indicatoren]
        opdracht = build_opdracht(self.vraag, self.rijen, indicatoren, self.namen, self._gebeurd)
        return vraag_uitkomst(opdracht, opnieuw=bool(self.poging))

    @property
    def _gebeurd(self) -> dict[str, dict[str, tuple[Voorval, ...]]]:
        """Per indicator and onderdeel what happened, where they are laid along the time."""
        blik, vraag = self.aanbod.blik, self.vraag
        if vraag.opzet is not Opzet.TIJD:
            return {}
        plekken = {self.namen[o.code]: plek_van(o, blik.eenheid) for o in self.aanbod.gekozen(vraag)}
        return {
            code: {naam: blik.bekend.tijdlijn.van(code, plek) for naam, plek in plekken.items()}
            for code in vraag.indicatoren
        }

    @property
    def beelden(self) -> dict[str, Beeld]:
        """By the name under which the browser asks for it."""
        beelden = self.uitkomst.beelden if self.uitkomst else ()
        return {f"beeld-{n}": beeld for n, (_, beeld) in enumerate(beelden)}

    @property
    def maten(self) -> list[str]:
        return [maat for maat, _ in self.uitkomst.beelden] if self.uitkomst else []

    @cached_property
    def namen(self) -> dict[str, str]:
        """The chosen onderdelen as people call them: a team by its code too."""
        eenheid = self.aanbod.blik.eenheid
        return {o.code: o.naam if o == eenheid else str(o) for o in self.aanbod.gekozen(self.vraag)}

    @property
    def poging(self) -> int:
        tekst = self.request.GET.get("poging", "")
        return min(int(tekst), _MEESTE_POGINGEN) if tekst.isascii() and tekst.isdigit() and len(tekst) < 4 else 0

    def adres(self, **erbij: str) -> str:
        """The address of this question, as short as it can be."""
        delen = {**self.aanbod.blik.bekend.in_adres, **erbij}
        staart = f"&{urlencode(delen)}" if delen else ""
        return f"{reverse('verkennen')}?{self.vraag.adres}{staart}"

    @property
    def kleine_aantallen(self) -> str:
        over_personeel = any(self.aanbod.indicatoren[code].personeel for code in self.vraag.indicatoren)
        return self.aanbod.blik.user.waar(Recht.CIJFERS_ONDER_DREMPEL) if over_personeel else ""


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def verkennen(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _bewaar(request)
    antwoord = toon(request, lambda: _scherm(_bezoek(request)), kiesbaar=True, bewaren=False)
    if "HX-Request" in request.headers and "poging" not in request.GET:
        antwoord["HX-Push-Url"] = _kort_adres(request)
    return antwoord


def _kort_adres(request: HttpRequest) -> str:
    vraag = lees_vraag(request.GET)
    dag = request.GET.get("peildatum", "")
    delen = [vraag.adres if vraag else "", urlencode({"peildatum": dag}) if dag else ""]
    return "?".join([request.path, *filter(None, ["&".join(filter(None, delen))])])


def _bezoek(request: HttpRequest, gevraagd: Verkenvraag | None = None, *, naam: str = "", fout: str = "") -> Bezoek:
    """Raises Uitgelegd for a question about what does not exist."""
    aanbod = get_aanbod(blik_van(request))
    vraag = gevraagd or lees_vraag(request.GET) or _opening(aanbod)
    aanbod.keur(vraag)
    return Bezoek(request, aanbod, vraag, naam=naam, fout=fout)


def _opening(aanbod: Aanbod) -> Verkenvraag:
    """The first of what many ask; else the first indicator of the agenda."""
    begin = next((vraag for _, vraag in aanbod.begin_met()), "")
    return lees_vraag(QueryDict(begin)) or Verkenvraag(tuple(aanbod.indicatoren)[:1])


def _bewaard(request: HttpRequest, verkenning: Verkenning, *, naam: str = "", fout: str = "") -> Bezoek:
    """What was kept, without what is not there any more."""
    aanbod = get_aanbod(blik_van(request))
    vraag = lees_vraag(QueryDict(verkenning.vraag)) or _opening(aanbod)
    over, weg = vraag.binnen(set(aanbod.indicatoren), set(aanbod.plekken))
    return Bezoek(request, aanbod, over, weg, verkenning, naam, fout)


def _scherm(bezoek: Bezoek) -> Scherm:
    blik, titel = bezoek.aanbod.blik, str(bezoek.verkenning or "Verkennen")
    tabellen = [_tabel(bezoek)] if bezoek.rijen else []
    scherm = maak_scherm(
        blik,
        "verkennen/_verkennen",
        titel,
        _kruimels(bezoek),
        lambda: _inhoud(bezoek),
        tabellen=tabellen,
        met_htmx=True,
        figuren=lambda: bezoek.beelden,
    )
    return replace(scherm, kader=lambda: _kader(scherm), kleine_aantallen=bezoek.kleine_aantallen)


def _kader(scherm: Scherm) -> Context:
    """The day is chosen in the form of the page, that keeps the rest of the question."""
    kader = scherm.kader()
    stand = {naam: waarde for naam, waarde in kader["stand"].items() if naam != "vandaag"}
    return kader | {"stand": stand, "stijlblad": "monitor/dashboards/verkennen.css"}


def _kruimels(bezoek: Bezoek) -> Kruimels:
    overzicht = ("Overzicht", reverse("overzicht") + bezoek.aanbod.blik.vraag)
    if bezoek.verkenning is None:
        return [overzicht, ("Verkennen", "")]
    return [overzicht, ("Verkennen", reverse("verkennen")), (bezoek.verkenning.naam, "")]


def _tabel(bezoek: Bezoek) -> ReeksTabel:
    blik, namen = bezoek.aanbod.blik, bezoek.namen
    rijen = [Reeksregel(rij, namen[rij.onderdeel]) for rij in bezoek.getoond]
    bron = f"Bron: Strategiemonitor, {blik.eenheid.naam}, zoals bekend op {blik.bekend_op:%d-%m-%Y}."
    noten = [bron, *([ALLEEN_GETOOND] if bezoek.is_een_moment else []), *blik.bekend.noten, *_weglaatzinnen(bezoek)]
    tabel = ReeksTabel(rijen, titel=f"De cijfers zelf: {_telling(bezoek)}", noten=noten)
    tabel.onderwerp = f"{_telling(bezoek)}; zoals bekend op {blik.bekend_op:%d-%m-%Y}"
    return tabel


def _inhoud(bezoek: Bezoek) -> Context:
    aanbod, vraag = bezoek.aanbod, bezoek.vraag
    uitkomst, volgende = bezoek.uitkomst, bezoek.poging + 1
    figuren = _tekeningen(bezoek)
    weergaven = list(get_verkenningen(aanbod.blik.user))
    return {
        "bezoek": bezoek,
        "opzetten": list(Opzet),
        "vanaf": aanbod.vanaf(replace(vraag, vanaf=None)),
        "tot": aanbod.tot(replace(vraag, tot=None)),
        "begin_met": [(naam, f"{reverse('verkennen')}?{van}") for naam, van in aanbod.begin_met()],
        "weergaven": weergaven,
        "weergavelijsten": _per_eigenaar(weergaven, aanbod),
        "groepen": aanbod.groepnamen,
        "boom": aanbod.boom,
        "is_eigen": bezoek.verkenning is not None and bezoek.verkenning.eigenaar_id == aanbod.blik.user.pk,
        "telling": bezoek.bezwaar or _telling(bezoek),
        "som": _som(bezoek),
        "uitkomst": uitkomst,
        "figuren": figuren,
        "grote": [figuur for maat, figuur in figuren if maat != "klein"],
        "kleine": [figuur for maat, figuur in figuren if maat == "klein"],
        "wegzin": f"Weggelaten, want dit is er niet meer: {en(list(bezoek.weg) or [''])}.",
        "weglaatzinnen": _weglaatzinnen(bezoek),
        "wacht": bezoek.adres(poging=str(volgende)) if volgende <= _MEESTE_POGINGEN else "",
        "adres": bezoek.adres(),
    }


def _per_eigenaar(weergaven: Sequence[Verkenning], aanbod: Aanbod) -> list[tuple[str, list[Verkenning]]]:
    eigen = [een for een in weergaven if een.eigenaar_id == aanbod.blik.user.pk]
    return [("Mijn weergaven", eigen), ("Gedeeld door anderen", [een for een in weergaven if een not in eigen])]


def _tekeningen(bezoek: Bezoek) -> list[tuple[str, Tekening]]:
    return [
        (maat, maak(beeld, id=naam, doek=_DOEKEN[maat]))
        for (naam, beeld), maat in zip(bezoek.beelden.items(), bezoek.maten, strict=True)
    ]


def _som(bezoek: Bezoek) -> dict[str, str]:
    """What is chosen, beside the names of the lists it was chosen from."""
    indicatoren = [bezoek.aanbod.indicatoren[code].naam for code in bezoek.vraag.indicatoren]
    onderdelen = list(bezoek.namen.values())
    return {"indicator": _kort(indicatoren, "geen"), "onderdeel": _kort(onderdelen, "geen")}


def _kort(namen: Sequence[str], geen: str) -> str:
    return (en(list(namen)) if len(namen) < 3 else f"{len(namen)} gekozen") or geen


def _telling(bezoek: Bezoek) -> str:
    """What the page shows, in a line that is read out when it changes."""
    vraag, aanbod, aantal = bezoek.vraag, bezoek.aanbod, len(bezoek.getoond)
    wat = en([aanbod.indicatoren[code].naam for code in vraag.indicatoren])
    waar = next(iter(bezoek.namen.values())) if len(bezoek.namen) == 1 else f"{len(bezoek.namen)} onderdelen"
    return f"{wat}; {waar}; {_periode(bezoek)}; {aantal} {'rij' if aantal == 1 else 'rijen'}"


def _periode(bezoek: Bezoek) -> str:
    if bezoek.is_een_moment:
        return en([k.leesbaar for k in sorted({rij.kwartaal for rij in bezoek.getoond})])
    vraag, aanbod = bezoek.vraag, bezoek.aanbod
    return f"{aanbod.vanaf(vraag).leesbaar} tot en met {aanbod.tot(vraag).leesbaar}"


def _weglaatzinnen(bezoek: Bezoek) -> list[str]:
    """Per indicator and reason one sentence with the onderdelen that are not shown."""
    per: dict[tuple[str, str], list[str]] = {}
    for weg in bezoek.weggelaten:
        per.setdefault((weg.indicator, weg.reden), []).append(bezoek.namen[weg.onderdeel])
    return [
        f"{bezoek.aanbod.indicatoren[code].naam}: {en(namen)} {'staat' if len(namen) == 1 else 'staan'} hier niet "
        f"({reden})."
        for (code, reden), namen in per.items()
    ]


def _bewaar(request: HttpRequest) -> HttpResponse:
    naam = request.POST.get("naam", "")
    vraag = lees_vraag(QueryDict(request.POST.get("vraag", "")))
    if vraag is None:
        raise BadRequest("Er is niets gekozen om te bewaren.")
    get_aanbod(blik_van(request)).keur(vraag)
    try:
        nieuw = services.bewaar_weergave(door=request.user, naam=naam, vraag=vraag.adres)  # type: ignore[arg-type]  # logged in
    except Geweigerd as fout:
        zin = str(fout)
        antwoord = toon(
            request, lambda: _scherm(_bezoek(request, vraag, naam=naam, fout=zin)), kiesbaar=True, bewaren=False
        )
        antwoord.status_code = 400
        return antwoord
    messages.success(request, f"Bewaard als “{nieuw.naam}”. Alleen u ziet deze weergave, tenzij u die deelt.")
    return redirect("verkenning", nieuw.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.CIJFERS_LEZEN)
def verkenning(request: HttpRequest, nummer: int) -> HttpResponse:
    """What somebody kept; only its owner changes it."""
    gevonden = get_verkenning(request.user, nummer)  # type: ignore[arg-type]  # logged in
    if request.method != "POST":
        return toon(request, lambda: _scherm(_bewaard(request, gevonden)), kiesbaar=True, bewaren=False)
    try:
        return _doe(request, gevonden)
    except NietToegestaan as fout:
        raise PermissionDenied(str(fout)) from fout


def _doe(request: HttpRequest, gevonden: Verkenning) -> HttpResponse:
    """What the pressed button asks."""
    actie, door = request.POST.get("actie", ""), request.user
    if actie == "hernoem":
        return _hernoem(request, gevonden)
    if actie in ("deel", "deel-niet"):
        services.deel(verkenning=gevonden, door=door, gedeeld=actie == "deel")  # type: ignore[arg-type]  # logged in
        zin = "Gedeeld: wie cijfers mag lezen, kan deze weergave openen." if actie == "deel" else "Niet meer gedeeld."
        messages.success(request, zin)
        return redirect("verkenning", gevonden.pk)
    if actie == "verwijder":
        services.verwijder(verkenning=gevonden, door=door)  # type: ignore[arg-type]  # logged in
        messages.success(request, f"De weergave “{gevonden.naam}” is verwijderd.")
        return redirect("verkennen")
    raise BadRequest("Deze knop is er niet.")


def _hernoem(request: HttpRequest, gevonden: Verkenning) -> HttpResponse:
    naam = request.POST.get("naam", "")
    try:
        services.hernoem(verkenning=gevonden, door=request.user, naam=naam)  # type: ignore[arg-type]  # logged in
    except NietToegestaan:
        raise
    except Geweigerd as fout:
        zin = str(fout)
        antwoord = toon(
            request, lambda: _scherm(_bewaard(request, gevonden, naam=naam, fout=zin)), kiesbaar=True, bewaren=False
        )
        antwoord.status_code = 400
        return antwoord
    messages.success(request, "De naam is gewijzigd.")
    return redirect("verkenning", gevonden.pk)
