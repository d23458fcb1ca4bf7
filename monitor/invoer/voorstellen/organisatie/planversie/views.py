"""The page of the versions of the plan, and a version as a sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tonen import lever_bestand
from formatie.bijhouden.formatieplan import FORMATIEPLAN, namen_en_soorten, planrijen_van
from formatie.bijhouden.planblad import als_blad
from formatie.models import Formatieplan
from formatie.plan.versies import versies
from monitor.invoer.voorstellen.organisatie.planversie.forms import Planformulier
from monitor.invoer.voorstellen.organisatie.views import bijhouden

formatieplan = bijhouden(
    FORMATIEPLAN,
    "Formatieplan",
    lambda gevraagd: Planformulier,
    lambda dag: {"versies": versies(list(Formatieplan.objects.all()), dag)},
)


@require_safe
@vereist(Recht.ORGANISATIE_BIJHOUDEN, Recht.ORGANISATIE_VASTSTELLEN)
def planblad(request: HttpRequest, slug: str, formaat: str) -> HttpResponse:
    """A version of the plan as the sheet that can be read back."""
    plan = get_object_or_404(Formatieplan, slug=slug)
    blad = als_blad(planrijen_van(plan), *namen_en_soorten())
    return lever_bestand(request, formaat, naam=f"formatieplan-{plan.slug}", titel=plan.naam, rijen=blad)
