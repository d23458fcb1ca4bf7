"""The page of owners: what nobody owns first, and many at once to one person. What is shown stands in the address."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.vaststellen.bewaking import Geweigerd
from monitor.invoer.eigenaren.forms import Eigenaarformulier
from monitor.invoer.eigenaren.selectors import Eigenaarregel, Eigenarenbeeld, lees_beeld
from monitor.invoer.eigenaren.services import Aanwijzing, beeindig, wijs_aan
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.voorleggen import meld_fouten

_HERKOMST = "scherm eigenaren"
IN_WOORDEN = {"indicator": "Indicatoren", "thema": "Thema's", "onderdeel": "Onderdelen"}
_Test = Callable[[Eigenaarregel], bool]
TOON: dict[str, tuple[str, _Test]] = {
    "zonder": ("Zonder eigenaar", lambda regel: regel.is_zonder),
    "alle": ("Alles", lambda regel: True),
    "telt-niet": ("Eigenaar telt niet mee", lambda regel: bool(regel.bezwaren)),
}


@dataclass(frozen=True)
class Toonlink:
    naam: str
    aantal: int
    vraag: str
    is_gekozen: bool


@dataclass(frozen=True)
class Eigenaargroep:
    """Lines under one heading; ``id`` names it in the form."""

    naam: str
    id: str
    regels: list[Eigenaarregel] = field(default_factory=list)

    @property
    def keuzes(self) -> list[str]:
        return [regel.sleutel for regel in self.regels]


class _Keuze:
    """What the address asks to see; what does not exist falls back on the first that holds anything."""

    def __init__(self, vraag: QueryDict, beeld: Eigenarenbeeld) -> None:
        self.indicator = vraag.get("indicator", "")
        self.per_soort = {soort: [r for r in beeld.regels.values() if r.voorwerp[0] == soort] for soort in IN_WOORDEN}
        soort, toon = vraag.get("soort", ""), vraag.get("toon", "")
        self.soort = soort if self.per_soort.get(soort) else "indicator"
        self.alle = self.per_soort[self.soort]
        self.mogelijk = dict(self._mogelijk())
        met_iets = (code for code, (_, aantal, _test) in self.mogelijk.items() if aantal)
        self.toon = toon if toon in self.mogelijk else next(met_iets, "alle")

    def _mogelijk(self) -> Iterator[tuple[str, tuple[str, int, _Test]]]:
        """Name, count and test of each choice: by state, then by person."""
        for code, (naam, test) in TOON.items():
            if (aantal := sum(map(test, self.alle))) or code != "telt-niet":
                yield code, (naam, aantal, test)
        for persoon, aantal in sorted(Counter(p for r in self.alle for p in _wie(r)).items(), key=lambda p: str(p[0])):
            yield str(persoon.pk), (str(persoon), aantal, partial(_is_van, persoon))

    @property
    def regels(self) -> list[Eigenaarregel]:
        if self.indicator:
            return [regel for regel in self.alle if regel.naam == ("indicator", self.indicator)]
        return [regel for regel in self.alle if self.mogelijk[self.toon][2](regel)]

    @property
    def groepen(self) -> list[Eigenaargroep]:
        gevonden: dict[str, Eigenaargroep] = {}
        for regel in self.regels:
            gevonden.setdefault(regel.groep, Eigenaargroep(regel.groep, f"groep-{len(gevonden)}")).regels.append(regel)
        return list(gevonden.values())

    @property
    def soorten(self) -> list[Toonlink]:
        hier = "" if self.indicator else self.soort
        met = [(soort, regels) for soort, regels in self.per_soort.items() if regels]
        return [Toonlink(IN_WOORDEN[s], len(regels), _vraag(soort=s), s == hier) for s, regels in met]

    @property
    def tonen(self) -> list[Toonlink]:
        hier = "" if self.indicator else self.toon
        alle = self.mogelijk.items()
        return [Toonlink(naam, n, _vraag(soort=self.soort, toon=code), code == hier) for code, (naam, n, _) in alle]


def _wie(regel: Eigenaarregel) -> set[User]:
    rijen = [*([regel.nu] if regel.nu else ()), *regel.straks]
    return {persoon for rij in rijen for persoon in (rij.persoon, rij.vervanger) if persoon}


def _is_van(persoon: User, regel: Eigenaarregel) -> bool:
    return persoon in _wie(regel)


def _vraag(**keuzes: str) -> str:
    return f"?{urlencode(keuzes)}"


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.EIGENAREN_TOEWIJZEN)
def eigenaren(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    vandaag = timezone.localdate()
    beeld = lees_beeld(user, vandaag)
    getypt = request.POST if request.method == "POST" else None
    formulier = Eigenaarformulier(getypt, kandidaten=beeld.kandidaten, vandaag=vandaag)
    if request.method == "POST" and "kies" not in request.POST:
        if _handel_af(request, user, formulier):
            return redirect(request.get_full_path())
        beeld = lees_beeld(user, vandaag)
    return _toon(request, user, beeld, formulier)


def _handel_af(request: HttpRequest, user: User, formulier: Eigenaarformulier) -> bool:
    """Assign or end what is ticked, and say what was done; False when the page must show what is wrong."""
    gekozen = {sleutel: request.POST.get(f"gezien-{sleutel}", "") for sleutel in request.POST.getlist("keuze")}
    wie: dict[str, Any] = {"door": user, "herkomst": _HERKOMST}
    eindigt = request.POST.get("actie") == "beeindig"
    if not formulier.is_valid() and not eindigt:
        return False
    velden = formulier.cleaned_data
    try:
        if eindigt:
            zin = f"Beëindigd: {_hoeveel(beeindig(gekozen, velden.get('vanaf'), **wie))}."
        else:
            zin = f"{velden['persoon']} is aangewezen: {_hoeveel(wijs_aan(gekozen, Aanwijzing(**velden), **wie))}."
    except (InvoerFout, Geweigerd) as fout:
        meld_fouten(formulier, fout)
        return False
    messages.success(request, zin)
    return True


def _hoeveel(aantal: int) -> str:
    return {0: "dat was al zo", 1: "1 regel gewijzigd"}.get(aantal, f"{aantal} regels gewijzigd")


def _toon(request: HttpRequest, user: User, beeld: Eigenarenbeeld, formulier: Eigenaarformulier) -> HttpResponse:
    keuze = _Keuze(request.GET, beeld)
    groepen, met_kies = keuze.groepen, "kies" in request.POST
    context = {
        "kruimels": _kruimels(user),
        "keuze": keuze,
        "groepen": groepen,
        "gekozen": _gekozen(request, keuze, groepen),
        "kiesbaar": sum(len(groep.regels) for groep in groepen),
        "formulier": formulier,
        "fouten": [] if met_kies else list(_fouten(formulier)),
    }
    status = 400 if context["fouten"] else 200
    return render(request, "monitor/invoer/eigenaren/eigenaren.html", context, status=status)


def _fouten(formulier: Eigenaarformulier) -> Iterator[tuple[str, str]]:
    """What is wrong, each with the field that it is of."""
    for naam, zinnen in formulier.errors.items() if formulier.is_bound else ():
        veld = formulier[naam].id_for_label if naam in formulier.fields else ""
        yield from ((veld, str(zin)) for zin in zinnen)


def _gekozen(request: HttpRequest, keuze: _Keuze, groepen: Sequence[Eigenaargroep]) -> set[str]:
    """What is ticked: as it was sent, the one that a link asks for, and a group more, or less when it was ticked."""
    if request.method != "POST":
        return {regel.sleutel for regel in keuze.regels} if keuze.indicator else set()
    gekozen, kies = set(request.POST.getlist("keuze")), request.POST.get("kies")
    doel = {sleutel for groep in groepen if kies in ("alles", groep.id) for sleutel in groep.keuzes}
    return gekozen - doel if doel <= gekozen else gekozen | doel


def _kruimels(user: User) -> list[tuple[str, str]]:
    beheer = [("Beheer", reverse("beheer"))] if user.mag(Recht.GEBRUIKERS_BEHEREN) else []
    return [("Overzicht", reverse("overzicht")), *beheer, ("Eigenaren", "")]
