"""The pages of an import: hand in a file, follow how it is read, see what it would do, submit or withdraw."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import A

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.inzage import meld_inzage
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom, richt_in
from common.pagina.tonen import lever_bestand
from common.pagina.uitvoer import FORMATEN
from common.tekst.tekens import zichtbaar
from common.vaststellen.bewaking import Geweigerd, Verouderd
from monitor.invoer.importeren.bestand.lezen import MAX_BYTES, TE_GROOT
from monitor.invoer.importeren.bestand.rijen import BEZETTINGSREGELS, METINGEN, Bestandsvorm
from monitor.invoer.importeren.services import WACHTEND, dien_in_als_getoond, ontvang, trek_in
from monitor.invoer.importeren.uitvoer import get_rijen
from monitor.invoer.regels.validatie import MAX_TOELICHTING
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Import, Importregel

MEESTE_FOUTEN = 100
RUIMTE = 64 * 1024  # what a form adds around its file
EIGEN = {"bekend_bij": Recht.METING_VASTSTELLEN}
TWIJFEL = SafeString('<span class="twijfel">Klopt dit?</span> ')
GEWIJZIGD = (
    "Iemand heeft een waarde gewijzigd nadat u dit voorstel zag. Er is niets ingediend; "
    "het voorstel wordt opnieuw gemaakt."
)


class Bestandformulier(forms.Form):
    """One file; what is in it is judged later."""

    bestand = forms.FileField(
        label="Bestand",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods", "aria-describedby": "uitleg-bestand"}),
        error_messages={"required": "Kies eerst een bestand.", "invalid": "Kies eerst een bestand."},
    )


class Toelichtingformulier(forms.Form):
    """One remark for every doubtful value of the file."""

    toelichting = forms.CharField(
        label="Toelichting bij de twijfelachtige waarden",
        max_length=MAX_TOELICHTING,
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "uitleg-toelichting"}),
        error_messages={"required": "Schrijf waarom deze waarden toch kloppen."},
    )


class ImportTabel(Tabel):
    """A person's own imports, newest first."""

    naam = "imports"
    per_bladzijde = 50
    exporteerbaar = False

    naam_ = Tekstkolom(verbose_name="Bestand", accessor="naam", rijkop=True, linkify=("importbestand", [A("pk")]))
    op = Tekstkolom(verbose_name="Ontvangen")
    staat = Tekstkolom(verbose_name="Stand")
    nieuw = Getalkolom(verbose_name="Nieuw")
    gewijzigd = Getalkolom(verbose_name="Gewijzigd")
    gelijk = Getalkolom(verbose_name="Gelijk")
    twijfel = Getalkolom(verbose_name="Twijfel")
    geweigerd = Getalkolom(verbose_name="Geweigerd")

    def render_op(self, record: Import) -> str:
        return f"{timezone.localtime(record.op):%d-%m-%Y %H:%M}"

    def render_staat(self, record: Import) -> str:
        return record.get_staat_display()


class RegelTabel(Tabel):
    """The rows of one file with, cell by cell, what they would do."""

    naam = "regels"
    per_bladzijde = 50
    exporteerbaar = False

    rij = Getalkolom(verbose_name="Rij")
    soort = Tekstkolom(verbose_name="Uitkomst")
    wat_ = Tekstkolom(verbose_name="Indicator of soort", accessor="cellen", orderable=False, rijkop=True)
    onderdeel = Tekstkolom(verbose_name="Onderdeel", accessor="cellen__onderdeel", orderable=False)
    jaar = Tekstkolom(verbose_name="Jaar", accessor="cellen__jaar", orderable=False)
    kwartaal = Tekstkolom(verbose_name="Kwartaal", accessor="cellen__kwartaal", orderable=False)
    wat = Tekstkolom(verbose_name="Per cel", accessor="pk", orderable=False)

    def render_soort(self, record: Importregel) -> str:
        return record.get_soort_display()

    def render_wat_(self, record: Importregel) -> str:
        return zichtbaar(record.cellen.get("indicator") or record.cellen.get("soort") or "niet ingevuld")

    def render_wat(self, record: Importregel) -> SafeString:
        delen: list[tuple[SafeString, str]] = [(_kolom(k), _van_naar(*w)) for k, *w in record.verschillen]
        teken = SafeString("") if record.soort == Importregel.Soort.GEWEIGERD else TWIJFEL
        delen += [(teken + _kolom(kolom), zichtbaar(reden)) for kolom, reden in record.fouten]
        regels = format_html_join("", "<li>{}{}</li>", delen)
        return format_html('<ul class="kaal">{}</ul>', regels) if regels else format_html("{}", "geen verschil")


def _kolom(kolom: str) -> SafeString:
    return format_html("<b>{}:</b> ", kolom) if kolom else SafeString("")


def _van_naar(oud: str, nieuw: str) -> SafeString:
    """A cell that was empty shows its new text only; for the ear the arrow is a word."""
    if not oud:
        return format_html("{}", zichtbaar(nieuw))
    pijl = SafeString('<span aria-hidden="true">→</span><span class="voor-schermlezer">wordt</span>')
    return format_html("{} {} {}", zichtbaar(oud), pijl, zichtbaar(nieuw) or "leeg")


# The form is judged for its origin only after its size is known: to judge it is to read it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.IMPORTEREN, **EIGEN)
def importeren(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + RUIMTE:
        return _lijst(request, Bestandformulier(), fout=TE_GROOT, status=413)
    return _importeren(request)


@csrf_protect
def _importeren(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _lijst(request, Bestandformulier())
    formulier = Bestandformulier(request.POST, request.FILES)
    if not formulier.is_valid():
        return _lijst(request, formulier, status=400)
    gekozen = formulier.cleaned_data["bestand"]
    try:
        ontvangen = ontvang(gekozen.name, gekozen.read(MAX_BYTES + 1), door=_persoon(request))
    except InvoerFout as fout:
        formulier.add_error("bestand", fout.fouten[0].reden)
        return _lijst(request, formulier, status=400)
    return redirect("importbestand", ontvangen.pk)


def _persoon(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # the right was asked for by every page here


def _eigen(request: HttpRequest) -> QuerySet[Import]:
    return Import.objects.filter(door=_persoon(request)).defer("inhoud", "fouten")


def _lijst(request: HttpRequest, formulier: Bestandformulier, *, fout: str = "", status: int = 200) -> HttpResponse:
    tabel = ImportTabel(_eigen(request), titel="Uw imports", empty_text="U heeft nog geen bestand aangeleverd.")
    context = {
        "formulier": formulier,
        "fout": fout,
        "bereik": _bereik(_persoon(request)),
        "formaten": list(FORMATEN),
        "tabel": richt_in(tabel, request),
        "grens": MAX_BYTES // 1024**2,
        "kruimels": [("Overzicht", reverse("overzicht")), ("Importeren", "")],
    }
    return render(request, "monitor/invoer/importeren/importeren.html", context, status=status)


def _bereik(persoon: User) -> str:
    """For what a person hands in, when that is not everything."""
    if persoon.mag_overal(Recht.IMPORTEREN):
        return ""
    delen = [f"district {code}" for code in sorted(persoon.districten_met(Recht.IMPORTEREN))]
    delen += [f"het thema {slug}" for slug in sorted(persoon.themas_met(Recht.IMPORTEREN))]
    return " en ".join(delen)


@require_safe
@vereist(Recht.IMPORTEREN, **EIGEN)
def sjabloon(request: HttpRequest, formaat: str) -> HttpResponse:
    """An empty file with the header of metingen."""
    return _sjabloon(METINGEN, formaat)


@require_safe
@vereist(Recht.BEZETTING_INVOEREN, **EIGEN)
def bezettingsjabloon(request: HttpRequest, formaat: str) -> HttpResponse:
    return _sjabloon(BEZETTINGSREGELS, formaat)


def _sjabloon(vorm: Bestandsvorm, formaat: str) -> HttpResponse:
    if formaat not in FORMATEN:
        raise Http404
    soort, schrijf = FORMATEN[formaat]
    antwoord = HttpResponse(schrijf(vorm.naam.capitalize(), [vorm.kolommen]), content_type=soort)
    antwoord["Content-Disposition"] = f'attachment; filename="{vorm.naam}-sjabloon.{formaat}"'
    return antwoord


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.IMPORTEREN, **EIGEN)
def bestand(request: HttpRequest, pk: int) -> HttpResponse:
    """One own import; of someone else's it does not even say that it exists."""
    gevonden = Import.objects.filter(door=_persoon(request), pk=pk).defer("inhoud").first()
    if gevonden is None:
        raise Http404
    toelichting = Toelichtingformulier(request.POST if request.POST.get("besluit") == "indienen" else None)
    if request.method == "POST" and not (toelichting.is_bound and gevonden.twijfel and not toelichting.is_valid()):
        if _besluit(request, pk):
            return redirect("importbestand", pk)
        gevonden.refresh_from_db(fields=["staat"])
    status = 400 if toelichting.errors else 409 if request.method == "POST" else 200
    over = request.POST.get("toelichting", "") if status == 409 else ""
    context = _context(request, gevonden, toelichting) | {"niet_opgeslagen": over}
    return render(request, "monitor/invoer/importeren/importbestand.html", context, status=status)


def _besluit(request: HttpRequest, pk: int) -> bool:
    """Carry out what the form asks and say what was done; asked twice, it is done once. False where it was refused."""
    persoon, besluit = _persoon(request), request.POST.get("besluit")
    try:
        if besluit == "intrekken" and trek_in(pk, door=persoon):
            messages.success(request, "De import is ingetrokken. Er is niets gewijzigd.")
        toelichting = request.POST.get("toelichting", "")
        if besluit == "indienen" and dien_in_als_getoond(pk, door=persoon, toelichting=toelichting):
            messages.success(request, "De waarden zijn ingediend. Iemand anders moet ze nog vaststellen.")
    except Verouderd:
        messages.error(request, GEWIJZIGD)
        return False
    except (InvoerFout, Geweigerd) as fout:
        messages.error(request, str(fout))
        return False
    return True


def _context(request: HttpRequest, gevonden: Import, toelichting: Toelichtingformulier) -> dict[str, Any]:
    soort = request.GET.get("soort", "")
    soort = soort if soort in Importregel.Soort.values else ""
    return {
        "import": gevonden,
        "toelichting": toelichting,
        "wacht": gevonden.staat in WACHTEND,
        "te_dienen": gevonden.nieuw + gevonden.gewijzigd + gevonden.twijfel,
        "fouten_van_bestand": _fouten_van_bestand(gevonden),
        "formaten": list(FORMATEN),
        "eerder": _eigen(request).filter(sha256=gevonden.sha256, pk__lt=gevonden.pk).first(),
        "soort": soort,
        "soorten": [(kind.value, kind.label, getattr(gevonden, kind.value)) for kind in Importregel.Soort],
        "tabel": _regeltabel(request, gevonden, soort),
        "kruimels": [
            ("Overzicht", reverse("overzicht")),
            ("Importeren", reverse("importeren")),
            (gevonden.naam, ""),
        ],
    }


def _fouten_van_bestand(gevonden: Import) -> list[str]:
    """The faults that no row below shows: of the file as a whole, or all of them when no row was kept."""
    fouten = [Fout(*fout) for fout in gevonden.fouten]
    return [str(fout) for fout in fouten if not fout.rij or not gevonden.geweigerd][:MEESTE_FOUTEN]


def _regeltabel(request: HttpRequest, gevonden: Import, soort: str) -> RegelTabel:
    regels = gevonden.regels.filter(soort=soort) if soort else gevonden.regels.all()
    titel = f"Rijen: {Importregel.Soort(soort).label.lower()}" if soort else "Alle rijen"
    return richt_in(RegelTabel(regels.order_by("rij"), titel=titel), request)


@require_safe
@vereist(Recht.IMPORTEREN, bekend_bij=Recht.METING_VASTSTELLEN)
def uitvoer(request: HttpRequest, formaat: str) -> HttpResponse:
    """All quarters."""
    if formaat not in FORMATEN:
        raise Http404
    rijen = list(get_rijen(_persoon(request)))
    meld_inzage(request, bereik=_persoon(request).waar(Recht.CIJFERS_ONDER_DREMPEL), rijen=len(rijen) - 1)
    return lever_bestand(request, formaat, naam="metingen", titel="Metingen", rijen=rijen)
