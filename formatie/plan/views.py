"""The pages of the plan as a whole. A view asks, and hands over; it decides nothing and adds nothing up."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek.beeld import Beeld
from common.grafiek.tekening import maak
from common.grafiek.vel import Doek
from common.pagina.tonen import Scherm, toon_pagina
from formatie.bezetting.sommen import Mensen, Stand
from formatie.bezetting.voor_lezer import get_eenheid, get_teams
from formatie.bezetting.zicht import mag_teams_zien
from formatie.district.stand import inwonerzin, mensenzin, planzin
from formatie.district.zinnen import kopzin, ontbreekzin, uitersten
from formatie.keuze import Blik
from formatie.models import Controlesom, Formatieplan
from formatie.pagina import blik_van, eigen_districten, leeg, maak_scherm
from formatie.plan.controle import Bevinding
from formatie.plan.grafiek import (
    Opening,
    Standen,
    delen_van,
    districtenbeeld,
    open_plan,
    openingsbeeld,
    totalen_van,
)
from formatie.plan.omvang import Omvang, brugzin
from formatie.plan.rijen import (
    Dienst,
    Districtrij,
    Regelrij,
    Verschilrij,
    bronnen,
    diensten,
    districten,
    eindtotaal,
    plat,
    tel,
    verschilrijen,
)
from formatie.plan.selectors import (
    Planinhoud,
    get_formatieplan,
    get_inhoud,
    get_inwonertallen,
    get_plekken,
    get_totalen,
)
from formatie.plan.tables import BezettingTabel, DienstenTabel, DistrictenTabel, VerschillenTabel, WijzigingenTabel
from formatie.plan.versies import geldend, versies, vorige, wijzigingen
from formatie.plan.zoeken import Tak, takken, zoek_diensten, zoek_takken

LANGSTE_ZOEKTEKST = 80
ONDERWERP = "De districten en de Zeehavenpolitie"
RUIM = Doek(900, 160, per_naam=26, vast=True)


class Verschilkeuze(forms.Form):
    """The choices stand in the address; ``kies`` picks the rows."""

    bevinding = forms.ChoiceField(
        label="Soort verschil",
        required=False,
        choices=[
            ("", "Alle verschillen"),
            *((b.value, b.value.capitalize()) for b in (Bevinding.AFRONDING, Bevinding.GEEN_AFRONDING)),
        ],
    )
    vergelijking = forms.ChoiceField(
        label="Vergelijking", required=False, choices=[("", "Alle vergelijkingen"), *Controlesom.Soort.choices]
    )
    tabel = forms.ChoiceField(label="Dienst of tabel", required=False)

    def __init__(self, *args: Any, rijen: list[Verschilrij], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rijen = rijen
        tabellen = dict.fromkeys(rij.tabel for rij in rijen)
        self.fields["tabel"].choices = [("", "Alle tabellen"), *zip(tabellen, tabellen, strict=True)]  # type: ignore[attr-defined]  # a field with choices

    def kies(self) -> list[Verschilrij]:
        """The rows that were asked for; every row while the form holds a choice that does not exist."""
        keuze = self.cleaned_data if self.is_valid() else {}
        return [rij for rij in self.rijen if _past(rij, keuze)]


def _past(rij: Verschilrij, keuze: dict[str, str]) -> bool:
    eigen = {"bevinding": rij.uitkomst.bevinding.value, "vergelijking": rij.uitkomst.som.soort, "tabel": rij.tabel}
    return all(eigen[naam] == waarde for naam, waarde in keuze.items() if waarde)


class Zoekveld(forms.Form):
    """What is typed to find a service, row, district or team."""

    zoek = forms.CharField(
        label="Zoek een dienst, regel, district of basisteam",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LANGSTE_ZOEKTEKST}),
    )

    @property
    def tekst(self) -> str:
        return str(self.cleaned_data["zoek"])[:LANGSTE_ZOEKTEKST] if self.is_valid() else ""


STREEPJE = "Een streepje: in het plan niet gedrukt. Dat is geen nul. Tussen haakjes: gedrukt min berekend."
VERSCHIL = "Verschil is bezetting min formatie: negatief is onderbezetting. Een streepje is geen nul."


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def formatie(request: HttpRequest) -> HttpResponse:
    return toon_pagina(request, lambda: _formatie(request, blik_van(request)), kiesbaar=True)


def _formatie(request: HttpRequest, blik: Blik) -> Scherm:
    kruimels = [("Formatie", "")]
    if blik.plan is None:
        return leeg(request, kruimels, f"in {blik.kwartaal.leesbaar}", blik)
    inhoud, filter_, eerder = get_inhoud(blik.plan), Zoekveld(request.GET), blik.kwartaal.vorige()
    gevraagd = [k for k in (eerder, blik.kwartaal) if k >= blik.eerste]
    per_kwartaal = get_eenheid(request.user, gevraagd, blik.bekend)  # type: ignore[arg-type]  # logged in
    mensen, toen = (per_kwartaal.get(k, {}) for k in (blik.kwartaal, eerder))
    los, geheel = districten(inhoud, eigen_districten(request), mensen)
    alle_takken, alle_blokken = takken(inhoud, los), diensten(inhoud)
    blokken, gevonden = zoek_diensten(filter_.tekst, alle_blokken), zoek_takken(filter_.tekst, alle_takken)
    getoond = [rij for rij in los if rij.onderdeel in {tak.onderdeel for tak in gevonden}]
    totaal, zoekt = eindtotaal(alle_blokken), bool(filter_.tekst)
    omvang = _omvang(geheel, totaal).zin
    tabellen = _tabellen(request, blokken, getoond, geheel, blik, omvang=omvang, zoekt=zoekt)
    teams = get_teams(request.user, blik.kwartaal, blik.bekend)  # type: ignore[arg-type]  # logged in
    standen = Standen([*los, *geheel], _standen_toen(blik, inhoud, toen), teams)
    opening = open_plan(inhoud, totaal, request.GET.get("deel", ""), _openingen(blik, inhoud))
    beelden = _beelden(standen, alle_takken, opening, blik)
    gegevens = {
        "plan": inhoud.plan,
        "blik": blik,
        "filter": filter_,
        "zoekt": zoekt,
        "omvang": omvang,
        "brug": brugzin(inhoud, geheel[0].onderdeel.code) if geheel else "",
        **_antwoord(standen, blik, los, geheel),
        **{naam: maak(beeld, id=naam, doek=RUIM) for naam, beeld in beelden.items()},
        "opening": opening,
        "terug": blik.vraag or request.path,
        "gevonden": _gevonden(blokken, gevonden),
        "totaal": totaal,
        "takken": gevonden,
        "met_proeven": {tak.onderdeel.code for tak in gevonden if _ziet_teams(request, tak)},
        "telling": tel(inhoud),
        "bronnen": bronnen(inhoud),
        "versies": versies(blik.plannen, blik.kwartaal.einde()),
        "wijkzinnen": _wijkzinnen(geheel, mensen, blik),
    }
    return maak_scherm(request, "plan/_formatie", "Formatie", kruimels, gegevens, tabellen, figuren=lambda: beelden)


def _standen_toen(blik: Blik, inhoud: Planinhoud, mensen: Mapping[str, Mensen]) -> dict[str, Stand]:
    """The quarter before: places by the plan then in force, people as far as this reader may know them."""
    toen = geldend(blik.plannen, blik.kwartaal.vorige().einde())
    if toen is None or not mensen:
        return {}
    totalen = totalen_van(inhoud) if toen == inhoud.plan else get_totalen(toen)
    return {code: Stand(totalen.get(code), wie.fte) for code, wie in mensen.items()}


def _openingen(blik: Blik, inhoud: Planinhoud) -> dict[str, str]:
    """Key of a row with parts → where it opens, at the same quarter and day."""
    begin = f"{blik.vraag}&" if blik.vraag else "?"
    return {
        regel.sleutel: f"{begin}deel={regel.sleutel}#plaatsen" for regel in inhoud.regels if delen_van(inhoud, regel)
    }


def _antwoord(
    standen: Standen, blik: Blik, los: Sequence[Districtrij], geheel: Sequence[Districtrij]
) -> dict[str, Any]:
    """The sentences at the top: of the whole, of the reader's own district, and where the gap is."""
    eerder = blik.kwartaal.vorige()

    def zin(wie: str, rij: Districtrij, **hoe: bool) -> str:
        return kopzin(wie, rij.stand, standen.toen.get(rij.onderdeel.code), eerder, **hoe)

    per_district = [(f"{rij.onderdeel}", [rij.stand.verschil]) for rij in los]
    return {
        "kopzin": zin(ONDERWERP, geheel[0], meervoud=True) if geheel else "",
        "ontbreekt": [ontbreekzin(blik.kwartaal, rij.mensen.reden) for rij in geheel if rij.mensen.fte is None],
        "eigen": [(rij.onderdeel.code, zin(f"District {rij.onderdeel}", rij)) for rij in los if rij.eigen],
        "uitersten": [
            (voor, naam, naam.split(" ")[0], na) for voor, naam, na in uitersten(per_district, [blik.kwartaal])
        ],
    }


def _beelden(standen: Standen, takken_: Sequence[Tak], opening: Opening | None, blik: Blik) -> dict[str, Beeld]:
    adressen = {
        tak.onderdeel.code: reverse("formatie_district", args=[tak.onderdeel.code]) + blik.vraag for tak in takken_
    }
    bezet = districtenbeeld(standen, takken_, adressen, blik.kwartaal.vorige().leesbaar)
    gevonden = {"bezet": bezet} if bezet.woorden else {}  # the line of the plan is no answer by itself
    return gevonden | ({"plaatsen": openingsbeeld(opening)} if opening else {})


def _omvang(geheel: list[Districtrij], totaal: Regelrij | None) -> Omvang:
    gehouden = next((rij.stand.formatie for rij in geheel), None)
    return Omvang(gehouden, totaal.fte if totaal else None)


def _ziet_teams(request: HttpRequest, tak: Tak) -> bool:
    """Who sees the teams of a district may try out changes there."""
    return mag_teams_zien(request.user, tak.onderdeel.code)  # type: ignore[arg-type]  # logged in


def _gevonden(blokken: list[Dienst], gevonden: list[Any]) -> str:
    rijen, teams = len(plat(blokken)), sum(len(tak.teams) for tak in gevonden)
    regels = f"{rijen} regel{'' if rijen == 1 else 's'} van de tabel per dienst"
    district = f"{len(gevonden)} district{'' if len(gevonden) == 1 else 'en'}"
    return f"{regels}, {district} en {teams} basisteam{'' if teams == 1 else 's'}"


def _tabellen(
    request: HttpRequest,
    blokken: list[Dienst],
    los: list[Districtrij],
    geheel: list[Districtrij],
    blik: Blik,
    *,
    omvang: str,
    zoekt: bool,
) -> list[Any]:
    alles_open = zoekt or request.GET.get("waarvan") == "open"
    titel = f"Formatie en bezetting per district, {blik.bekend.wanneer(blik.kwartaal)}, in fte"
    samen: dict[str, Any] = {"totalen": geheel, "vraag": blik.vraag, "noten": blik.bekend.noten}
    bezetting = samen | {"onderschrift": VERSCHIL, "noten": [*samen["noten"], omvang]}
    dienst = "Formatie per dienst, in fte"
    return [
        DienstenTabel(blokken, open_=alles_open, titel=dienst, onderschrift=STREEPJE, noten=samen["noten"]),
        DistrictenTabel(los, titel="Formatie per district, in fte", onderschrift=STREEPJE, **samen),
        BezettingTabel(los, titel=titel, **bezetting),
    ]


def _wijkzinnen(geheel: list[Districtrij], mensen: Mapping[str, Mensen], blik: Blik) -> list[str]:
    """The norm of the law, for every unit of which the population is known."""
    bekend = get_inwonertallen([rij.onderdeel.code for rij in geheel], blik.kwartaal.einde())
    zinnen = []
    for rij in geheel:
        if inwoners := bekend.get(rij.onderdeel.code):
            wie = mensen.get(rij.onderdeel.code, Mensen())
            zinnen += [
                inwonerzin("de eenheid", inwoners),
                planzin(inwoners, rij.wijkstand.formatie),
                mensenzin(inwoners, wie.wijkagenten, blik.kwartaal),
            ]
    return [zin for zin in zinnen if zin]


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def controle(request: HttpRequest) -> HttpResponse:
    return toon_pagina(request, lambda: _controle(request), kiesbaar=True)


def _inhoud() -> Planinhoud | None:
    """The plan in force today."""
    plan = get_formatieplan(timezone.localdate())
    return get_inhoud(plan) if plan else None


def _controle(request: HttpRequest) -> Scherm:
    kruimels = [("Formatie", reverse("formatie")), ("Controle", "")]
    inhoud = _inhoud()
    if inhoud is None:
        return leeg(request, kruimels, "vandaag")
    filter_ = Verschilkeuze(request.GET, rijen=verschilrijen(inhoud))
    gekozen = filter_.kies()
    tabel = VerschillenTabel(
        gekozen,
        titel="Gedrukte getallen die afwijken van hun delen",
        empty_text="Geen verschil past bij deze keuze." if filter_.rijen else "Alle gedrukte getallen kloppen.",
    )
    gegevens = {"plan": inhoud.plan, "filter": filter_, "telling": tel(inhoud), "aantal": len(gekozen)}
    return maak_scherm(request, "plan/_controle", "Controle van het formatieplan", kruimels, gegevens, [tabel])


@require_safe
@vereist(Recht.FORMATIE_LEZEN)
def versie(request: HttpRequest, slug: str) -> HttpResponse:
    return toon_pagina(request, lambda: _versie(request, slug), kiesbaar=True)


def _versie(request: HttpRequest, slug: str) -> Scherm:
    """A version of the plan beside the one before it."""
    plan = get_object_or_404(Formatieplan, slug=slug)
    eerder = vorige(list(Formatieplan.objects.all()), plan)
    anders = wijzigingen(get_plekken(eerder), get_plekken(plan)) if eerder else []
    tabel = WijzigingenTabel(
        anders,
        titel=f"{plan.naam} vergeleken met {eerder.naam if eerder else 'de vorige versie'}",
        empty_text="Er is niets gewijzigd." if eerder else "Er is geen eerdere versie.",
    )
    kruimels = [("Formatie", reverse("formatie")), (plan.naam, "")]
    gegevens = {"plan": plan, "eerder": eerder, "aantal": len(anders)}
    return maak_scherm(request, "plan/_versie", f"Wijzigingen in {plan.naam}", kruimels, gegevens, [tabel])
