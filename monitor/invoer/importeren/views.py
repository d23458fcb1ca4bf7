"""The pages of an import: hand in a file, follow how it is read, put right what is wrong, submit or withdraw."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.inzage import meld_inzage
from common.pagina.tabellen import richt_in
from common.pagina.tonen import lever_bestand
from common.pagina.uitvoer import FORMATEN
from common.vaststellen.bewaking import Geweigerd, Verouderd
from monitor.invoer.importeren.bestand.lezen import MAX_BYTES, TE_GROOT
from monitor.invoer.importeren.bestand.rijen import (
    BESTANDSVORMEN,
    BEZETTINGSREGELS,
    METINGEN,
    NIET_GELEZEN,
    Bestandsvorm,
    kopvorm,
)
from monitor.invoer.importeren.forms import (
    Bestandformulier,
    Indienformulier,
    is_rij,
    lees_cellen,
    lees_keuzes,
    lees_rijnummers,
)
from monitor.invoer.importeren.herstellen import (
    KOPPELBAAR,
    Celherstel,
    herstel,
    in_bestandsvorm,
    koppel,
    laat_achter,
    stel_voor,
    vergeet_koppeling,
    vorm_van,
)
from monitor.invoer.importeren.selectors import WACHTEND, Namen, lees_koppelingen, lees_namen
from monitor.invoer.importeren.services import OPEN, dien_in_als_getoond, ontvang, trek_in
from monitor.invoer.importeren.tables import Herstelrij, ImportTabel, RegelTabel, build_herstelrij
from monitor.invoer.importeren.uitvoer import get_rijen
from monitor.invoer.importeren.volgen import is_gezien, lees_gevolgd, volg
from monitor.invoer.opmerkingen.selectors import get_opmerkingen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Import, Importregel, Opmerking

MEESTE_FOUTEN = 100
PER_KEER = 25  # rows to put right on one page; every cell is two fields of its form
RUIMTE = 64 * 1024  # what a form adds around its file
EIGEN = {"bekend_bij": Recht.METING_VASTSTELLEN}
GEWIJZIGD = (
    "Iemand heeft een waarde gewijzigd nadat u dit voorstel zag. Er is niets ingediend; "
    "het voorstel wordt opnieuw gemaakt."
)
BOTST = (
    "Dit bestand is intussen in een ander venster gewijzigd, of wordt nu gelezen. Wat u typte is niet bewaard en staat "
    "hieronder nog in de cellen. Kijk wat er nu staat en controleer opnieuw."
)
EERST_GECONTROLEERD = "Er is niets ingediend: u wijzigde nog iets. Het is gecontroleerd; kijk het na en dien dan in."


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
    volg(request, ontvangen.pk)
    return redirect("importbestand", ontvangen.pk)


@require_safe
@vereist(Recht.IMPORTEREN, **EIGEN)
def melding(request: HttpRequest) -> HttpResponse:
    """What a page that stays open asks for, until nothing is read any more."""
    return render(request, "monitor/invoer/importeren/_melding.html", {"imports": lees_gevolgd(request)})


@require_POST
@vereist(Recht.IMPORTEREN, **EIGEN)
def vergeet_kop(request: HttpRequest) -> HttpResponse:
    """Read a heading no longer as the column it was matched with."""
    kop = request.POST.get("kop", "")
    if vergeet_koppeling(kop, door=_persoon(request)):
        messages.success(request, f"De kop ‘{kop}’ is vergeten. Bij een volgend bestand kiest u zelf weer een kolom.")
    else:
        messages.info(request, "Die kop was al vergeten.")
    return redirect("importeren")


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
        "af_te_maken": _eigen(request).filter(staat=Import.Staat.FOUTEN, geweigerd__gt=0).order_by("op"),
        "formaten": list(FORMATEN),
        "tabel": richt_in(tabel, request),
        "grens": MAX_BYTES // 1024**2,
        "koppelingen": lees_koppelingen(_persoon(request)),
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
    gevonden = _zoek(request, pk)
    return _verwerk(request, gevonden) if request.method == "POST" else _toon(request, gevonden)


def _zoek(request: HttpRequest, pk: int) -> Import:
    gevonden = Import.objects.filter(door=_persoon(request), pk=pk).select_related("rest_van").defer("inhoud").first()
    if gevonden is None:
        raise Http404
    return gevonden


def _verwerk(request: HttpRequest, gevonden: Import) -> HttpResponse:
    """Keep what was typed in the cells first, then do what the pressed button asks."""
    # A check in place decides nothing: the script that asks for it sends along the button that has the focus.
    gedrukt = QueryDict() if _is_ter_plekke(request) else request.POST
    besluit, cellen = gedrukt.get("besluit", ""), lees_cellen(request.POST)
    if besluit != "intrekken":
        try:
            uit = herstel(
                gevonden.pk,
                cellen,
                door=_persoon(request),
                weg=lees_rijnummers(gedrukt, "weg"),
                terug=lees_rijnummers(gedrukt, "terug"),
            )
        except (InvoerFout, Geweigerd) as fout:
            return _toon(request, gevonden, melding=str(fout), cellen=cellen, status=409)
        gevonden = _zoek(request, gevonden.pk)
        if uit.botst or uit.weg:
            melding = " ".join([*([BOTST] if uit.botst else []), *map(_rij_weg, uit.weg)])
            return _toon(request, gevonden, melding=melding, cellen=uit.botst, status=409)
        if besluit == "indienen" and uit.gewijzigd:
            return _toon(request, gevonden, melding=EERST_GECONTROLEERD, status=409)
    return _besluit(request, gevonden, besluit)


def _rij_weg(cel: Celherstel) -> str:
    """There is no field any more in which it could stay."""
    return (
        f"Rij {cel.rij} staat niet meer in dit bestand. Wat u typte bij {cel.kolom} is niet bewaard: “{cel.wordt}”. "
        "Staat de rij in een apart gehouden bestand, typ het dan daar."
    )


def _besluit(request: HttpRequest, gevonden: Import, besluit: str) -> HttpResponse:
    """Carry out what the form asks and say what was done; asked twice, it is done once."""
    formulier = Indienformulier(gevonden, request.POST)
    if besluit == "indienen" and gevonden.staat == Import.Staat.VOORSTEL and not formulier.is_valid():
        return _toon(request, gevonden, formulier=formulier, status=400)
    try:
        adres = _doe(request, gevonden, besluit)
    except (InvoerFout, Geweigerd) as fout:
        zin = GEWIJZIGD if isinstance(fout, Verouderd) else str(fout)
        return _toon(request, _zoek(request, gevonden.pk), melding=zin, bewaard=False, status=409)
    # Words for a decision that was not taken yet are on this page alone.
    if _is_ter_plekke(request) or (not adres and (request.POST.get("toelichting") or request.POST.get("reden"))):
        return _toon(request, gevonden)
    return redirect(adres or request.get_full_path())


def _is_ter_plekke(request: HttpRequest) -> bool:
    """Asked by the page itself, to be put in its place."""
    return "HX-Request" in request.headers


def _is_ingediend(gevonden: Import) -> bool:
    """Asked twice, as by two clicks: the browser drops the first answer, so the second says the same."""
    return Import.objects.filter(pk=gevonden.pk, staat=Import.Staat.DOORGEVOERD).exists()


def _doe(request: HttpRequest, gevonden: Import, besluit: str) -> str:
    """Raises what refuses it; gives the address to go on at, empty for the page itself."""
    persoon, pk, post = _persoon(request), gevonden.pk, request.POST
    eigen = reverse("importbestand", args=[pk])
    if besluit == "intrekken" and trek_in(pk, door=persoon):
        messages.success(request, "De import is ingetrokken. Er is niets gewijzigd.")
    elif besluit == "indienen":
        woorden = {"toelichting": post.get("toelichting", ""), "reden": post.get("reden", "")}
        if dien_in_als_getoond(pk, door=persoon, **woorden) or _is_ingediend(gevonden):
            messages.success(request, "De waarden zijn ingediend. Iemand anders moet ze nog vaststellen.")
    elif besluit == "koppelen" and koppel(pk, lees_keuzes(post, gevonden.koppen), door=persoon):
        volg(request, pk)
    elif besluit == "achterlaten" and (rest := laat_achter(pk, door=persoon)):
        aantal = "1 rij staat" if rest.gelezen == 1 else f"{rest.gelezen} rijen staan"
        zin = f"{aantal} nu in ‘{rest.naam}’, om later af te maken. Kijk de goede rijen hier na en dien ze in."
        messages.success(request, zin)
    else:
        return ""
    return eigen


def _toon(
    request: HttpRequest,
    gevonden: Import,
    *,
    formulier: Indienformulier | None = None,
    melding: str = "",
    cellen: Sequence[Celherstel] = (),
    bewaard: bool = True,
    status: int = 200,
) -> HttpResponse:
    """``cellen``: what was typed and could not be kept stays in its fields; ``bewaard`` False: so does a remark."""
    if request.method == "POST" and formulier is None:
        formulier = Indienformulier(
            gevonden, initial={naam: request.POST.get(naam, "") for naam in ("toelichting", "reden")}
        )
    if gevonden.staat not in WACHTEND:
        is_gezien(request, gevonden.pk)
    getypt = {(cel.rij, cel.kolom): cel.wordt for cel in cellen}
    context = _context(request, gevonden, getypt) | {
        "formulier": formulier or Indienformulier(gevonden, initial=request.POST.dict()),
        "melding": melding,
        "niet_opgeslagen": "" if bewaard else request.POST.get("toelichting", ""),
    }
    # What is swapped in place has no status of its own: the message in it says what is wrong.
    status = 200 if _is_ter_plekke(request) else status
    return render(request, "monitor/invoer/importeren/importbestand.html", context, status=status)


def _context(request: HttpRequest, gevonden: Import, getypt: dict[tuple[int, str], str]) -> dict[str, Any]:
    soort = request.GET.get("soort", "")
    soort = soort if soort in Importregel.Soort.values else ""
    open_, wacht = gevonden.staat in OPEN, gevonden.staat in WACHTEND
    namen = Namen({}, {}) if wacht else lees_namen()
    koppelbaar = _koppelbaar(gevonden) if open_ and gevonden.koppen else []
    return {
        "import": gevonden,
        "wacht": wacht,
        "open": open_,
        "gezegd": [] if wacht else list(get_opmerkingen(Opmerking(bestand=gevonden))),
        "eerste_keer": request.method != "POST",
        "te_dienen": gevonden.nieuw + gevonden.gewijzigd + gevonden.twijfel,
        "goed": gevonden.nieuw + gevonden.gewijzigd + gevonden.twijfel + gevonden.gelijk,
        "fouten_van_bestand": _fouten_van_bestand(gevonden),
        "herstelrijen": _herstelrijen(request, gevonden, namen, getypt) if open_ else [],
        "meer_fout": gevonden.geweigerd - PER_KEER,
        "koppen": _koppen(gevonden, namen, koppelbaar) if open_ else [],
        "koppelbaar": koppelbaar,
        "namen": namen,
        "formaten": list(FORMATEN),
        "resten": list(gevonden.resten.only("naam")) if open_ or gevonden.afgerond_op else [],
        "eerder": _eigen(request).filter(sha256=gevonden.sha256, pk__lt=gevonden.pk).first(),
        "soort": soort,
        "soorten": [(kind.value, kind.label, getattr(gevonden, kind.value)) for kind in Importregel.Soort],
        "tabel": _regeltabel(request, gevonden, soort, namen, open_=open_),
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


def _herstelrijen(
    request: HttpRequest, gevonden: Import, namen: Namen, getypt: dict[tuple[int, str], str]
) -> list[Herstelrij]:
    """The first rows with a fault, and the row that was asked for or in which something could not be kept."""
    gevraagd = {int(rij) for rij in request.GET.getlist("rij") if is_rij(rij)} | {rij for rij, _ in getypt}
    fout = list(gevonden.regels.filter(soort=Importregel.Soort.GEWEIGERD).order_by("rij")[:PER_KEER])
    anders = gevonden.regels.filter(rij__in=gevraagd).exclude(pk__in=[regel.pk for regel in fout]) if gevraagd else []
    kolommen = vorm_van(gevonden.regels.all()[:1]).kolommen
    return [build_herstelrij(regel, kolommen, namen, getypt) for regel in [*anders, *fout]]


def _koppen(gevonden: Import, namen: Namen, koppelbaar: Sequence[str]) -> list[tuple[int, str, str, str]]:
    """Each heading that is not ours with its place, what stands below it, and the column to begin with."""
    bekend = lees_koppelingen(gevonden.door) if gevonden.koppen else {}
    return [
        (plek, kop, cel, kolom if kolom in koppelbaar else NIET_GELEZEN)
        for plek, (kop, cel) in enumerate(gevonden.koppen)
        for kolom in [bekend.get(kopvorm(kop)) or stel_voor(kop, cel, namen)]
    ]


def _koppelbaar(gevonden: Import) -> list[str]:
    """The columns of what the file is; of both where its header does not tell."""
    if gevonden.gelezen:
        vormen = [vorm_van(gevonden.regels.all()[:1])]
    else:
        kolommen, redenen = {fout[1] for fout in gevonden.fouten}, {fout[2] for fout in gevonden.fouten}
        vormen = [vorm for vorm in BESTANDSVORMEN if vorm.verwachting in redenen and vorm.eigen not in kolommen]
    eigen = {kolom for vorm in vormen or BESTANDSVORMEN for kolom in vorm.kolommen}
    return [kolom for kolom in KOPPELBAAR if kolom in eigen or kolom == NIET_GELEZEN]


def _regeltabel(request: HttpRequest, gevonden: Import, soort: str, namen: Namen, *, open_: bool) -> RegelTabel:
    regels = gevonden.regels.filter(soort=soort) if soort else gevonden.regels.all()
    titel = f"Rijen: {Importregel.Soort(soort).label.lower()}" if soort else "Alle rijen"
    eerst_fout = Case(When(soort=Importregel.Soort.GEWEIGERD, then=0), default=1)
    tabel = RegelTabel(regels.order_by(eerst_fout, "rij"), namen, open_=open_, titel=titel)
    return richt_in(tabel, request)


@require_safe
@vereist(Recht.IMPORTEREN, **EIGEN)
def rijen(request: HttpRequest, pk: int, formaat: str) -> HttpResponse:
    """The rows with a fault as a file to finish: the columns of the file, and why each row was refused."""
    gevonden = _zoek(request, pk)
    fout = gevonden.regels.filter(soort=Importregel.Soort.GEWEIGERD).order_by("rij")
    if formaat not in FORMATEN or not gevonden.geweigerd:
        raise Http404
    naam = f"{slugify(PurePath(gevonden.naam).stem)[:40] or 'import'}-fouten"
    return lever_bestand(request, formaat, naam=naam, titel="Rijen met een fout", rijen=in_bestandsvorm(fout))


@require_safe
@vereist(Recht.IMPORTEREN, bekend_bij=Recht.METING_VASTSTELLEN)
def uitvoer(request: HttpRequest, formaat: str) -> HttpResponse:
    """All quarters."""
    if formaat not in FORMATEN:
        raise Http404
    rijen = list(get_rijen(_persoon(request)))
    meld_inzage(request, bereik=_persoon(request).waar(Recht.CIJFERS_ONDER_DREMPEL), rijen=len(rijen) - 1)
    return lever_bestand(request, formaat, naam="metingen", titel="Metingen", rijen=rijen)
