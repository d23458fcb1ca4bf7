"""The duidingen of the demo: several quarters of promises and what became of them, in every state."""

from datetime import timedelta

from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.demo.levering import Beschrijving
from monitor.demo.verhaal import Verhaal
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.vaststellen.services import stel_vast, stuur_terug
from monitor.invoer.vaststellen.soorten import DUIDING
from monitor.models import Indicator
from sturing.duiding.services import dien_duiding_in
from sturing.lezen.duidingen import Duidingsplek
from sturing.models import Duiding

_TEKSTEN = ("wat", "waardoor", "doen")


def vertel_duidingen(verhaal: Verhaal) -> None:
    """In order of time; nothing at a place where there is one, nor in a closed quarter."""
    gevallen = verhaal.lees("duidingen")["duiding"]
    gesloten = lees_gesloten()
    for geval in sorted(gevallen, key=lambda een: -een["eerder"]):
        kwartaal = Kwartaal.van_index(verhaal.opdracht.tot.index - geval["eerder"])
        plek = _plek(geval, kwartaal)
        if plek and (kwartaal.jaar, kwartaal.nummer) not in gesloten:
            _vertel(verhaal, geval, plek)


def _plek(geval: Beschrijving, kwartaal: Kwartaal) -> Duidingsplek | None:
    """Where an agenda prints it in that year, and nobody said anything yet."""
    van_jaar = Indicator.objects.filter(
        code=geval["indicator"],
        monitorregels__agenda__begin_jaar__lte=kwartaal.jaar,
        monitorregels__agenda__eind_jaar__gte=kwartaal.jaar,
    )
    indicator, onderdeel = van_jaar.first(), Onderdeel.objects.filter(code=geval["onderdeel"]).first()
    if indicator is None or onderdeel is None:
        return None
    plek = {"indicator": indicator, "onderdeel": onderdeel, "jaar": kwartaal.jaar, "kwartaal": kwartaal.nummer}
    is_er = Duiding.objects.filter(**plek).exists()
    return None if is_er else Duidingsplek(indicator, onderdeel, kwartaal)


def _vertel(verhaal: Verhaal, geval: Beschrijving, plek: Duidingsplek) -> None:
    cellen = {naam: geval[naam] for naam in _TEKSTEN}
    cellen |= {"afloop": geval.get("geworden", "loopt-nog")}
    cellen |= {"afloop_toelichting": geval.get("waarom", "" if "geworden" in geval else "Fictief: het loopt nog.")}
    gereed = plek.kwartaal.einde() + timedelta(days=geval["gereed"])
    cellen |= {"persoon": str(verhaal.personen[geval["wie"]].pk), "wanneer": gereed.isoformat()}
    op = verhaal.op(plek.kwartaal.volgende(), geval["dag"])
    rij = dien_duiding_in(plek, cellen, **verhaal.wie(geval["door"], op), demo=True)
    besluit = verhaal.wie("vaststeller", verhaal.op(plek.kwartaal.volgende(), geval["dag"] + geval.get("na_dagen", 0)))
    if geval["afloop"] == "vastgesteld":
        stel_vast(DUIDING, [rij], **besluit)
    elif geval["afloop"] == "teruggestuurd":
        stuur_terug(DUIDING, [rij], reden=geval["antwoord"], **besluit)
