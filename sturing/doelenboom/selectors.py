"""What the pages of the agenda show beside the tree: what its text names, who sits in the RVO, and who linked what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.vaststellen.model import Staat
from formatie.models.plan import geldig_op
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.models import Monitorregel
from monitor.reikwijdte import lees_reikwijdte
from strategie.models import Activiteit, Agenda, Agendafeit, Ambitie, Hoofdlijn, Zetel
from sturing.lezen.koppelingen import MET_UITEINDEN, get_koppelingen, is_ding_in_bereik, is_in_bereik
from sturing.models import Koppelbaar, Koppeling, noem

MEESTE_STAPPEN = 100


@dataclass(frozen=True)
class Feit:
    """One thing the text names, with where that stands as a link into the tree."""

    feit: Agendafeit
    plek: str
    anker: str


@dataclass(frozen=True)
class Feitengroep:
    """All facts of one kind, those of one name together."""

    soort: str
    naam: str
    per_naam: Sequence[tuple[str, Sequence[Feit]]]

    @property
    def aantal(self) -> int:
        return len(self.per_naam)


@dataclass(frozen=True)
class Zetelgroep:
    """The seats of one office that there are on a day."""

    ambt: str
    zetels: Sequence[Zetel]


KOPPEN = {
    Agendafeit.Soort.DWARSVERBAND: "Dwarsverbanden tussen thema's",
    Agendafeit.Soort.MOMENT: "Momenten die de agenda noemt",
    Agendafeit.Soort.PARTNER: "Partners",
    Agendafeit.Soort.KADER: "Kaders van buiten",
    Agendafeit.Soort.BESLUIT: "Wie besloot",
    Agendafeit.Soort.OVERLEG: "Overleg en verantwoording",
}


def get_feitengroepen(agenda: Agenda) -> list[Feitengroep]:
    """In the order of the page; one query."""
    verwant = ("trend", "thema", "hoofdlijn__thema", "naar")
    alle = list(agenda.feiten.select_related(*verwant).order_by("nummer"))
    groepen = []
    for soort, kop in KOPPEN.items():
        feiten = [_feit(feit) for feit in alle if feit.soort == soort]
        if soort == Agendafeit.Soort.MOMENT:
            feiten.sort(key=lambda een: een.feit.jaar or 0)
        per_naam = [(naam, list(rij)) for naam, rij in groupby(feiten, key=lambda een: een.feit.naam)]
        groepen += [Feitengroep(soort, kop, per_naam)] if per_naam else []
    return groepen


def _feit(feit: Agendafeit) -> Feit:
    if feit.hoofdlijn:
        lijn = feit.hoofdlijn
        kop = f"hoofdlijn {lijn.nummer}" if lijn.nummer else "programma"
        return Feit(feit, f"{lijn.thema}, {kop}", f"hoofdlijn-{lijn.thema.slug}-{lijn.nummer}")
    if feit.thema:
        return Feit(feit, str(feit.thema), f"thema-{feit.thema.slug}")
    return Feit(feit, f"Trend {feit.trend.nummer}", f"trend-{feit.trend.nummer}") if feit.trend else Feit(feit, "", "")


def get_zetelgroepen(dag: date) -> list[Zetelgroep]:
    """Who sits in the RVO on that day, by office; one query."""
    zetels = list(Zetel.objects.filter(geldig_op(dag)).order_by("gebied"))
    per_ambt = [(ambt.label, [zetel for zetel in zetels if zetel.ambt == ambt]) for ambt in Zetel.Ambt]
    return [Zetelgroep(naam, rijen) for naam, rijen in per_ambt if rijen]


def get_keuzes(agenda: Agenda, user: User) -> dict[str, Koppelbaar]:
    """Everything of this agenda that can be linked, by its name, in the order of the agenda but first what is of this
    person; four queries and those of the reach."""
    van_thema = {"thema__agenda": agenda}
    volgorde = ("thema__soort", "thema__nummer", "nummer")
    ambities = Ambitie.objects.filter(**van_thema).select_related("thema").order_by(*volgorde)
    lijnen = Hoofdlijn.objects.filter(**van_thema).select_related("thema").order_by(*volgorde)
    activiteiten = Activiteit.objects.filter(hoofdlijn__thema__agenda=agenda).select_related("hoofdlijn__thema")
    op_plek = activiteiten.order_by(*(f"hoofdlijn__{naam}" for naam in volgorde), "nummer")
    regels = Monitorregel.objects.filter(agenda=agenda).select_related("indicator").order_by("volgorde", "pk")
    alle: list[Koppelbaar] = [*ambities, *lijnen, *op_plek, *(regel.indicator for regel in regels)]
    bereik = lees_reikwijdte(user, Recht.KOPPELING_VOORSTELLEN)
    return {noem(ding): ding for ding in sorted(alle, key=lambda ding: not is_ding_in_bereik(bereik, ding))}


@dataclass(frozen=True)
class Koppelingenbeeld:
    """For one reader; ``met_namen``: they may see who proposed and approved."""

    geldend: Sequence[Koppeling]
    open: Sequence[Koppeling]
    met_namen: bool
    stappen: Sequence[Stap]


def get_koppelingenbeeld(user: User, moment: datetime | None = None) -> Koppelingenbeeld:
    """What counts for everybody; what is open and what happened as far as the rights reach; as known at ``moment``."""
    verwant = (*MET_UITEINDEN, "ingevoerd_door", "vastgesteld_door", "afgekeurd_door")
    open_ = sorted(Koppeling.objects.openstaand_op(moment), key=attrgetter("ingediend_op", "pk"))
    prefetch_related_objects(open_, *verwant)
    rechten = (Recht.KOPPELING_VOORSTELLEN, Recht.KOPPELING_VASTSTELLEN, Recht.CONCEPT_LEZEN)
    bereiken = [lees_reikwijdte(user, recht) for recht in rechten]
    met_namen = user.mag(Recht.SPOOR_LEZEN)
    return Koppelingenbeeld(
        geldend=list(get_koppelingen(moment).select_related(*verwant)),
        open=[rij for rij in open_ if any(is_in_bereik(bereik, rij) for bereik in bereiken)],
        met_namen=met_namen,
        stappen=_stappen(moment) if user.mag_overal(Recht.SPOOR_LEZEN) else (),
    )


def _stappen(moment: datetime | None) -> list[Stap]:
    """The latest first."""
    tot_dan = {"op__lte": moment} if moment else {}
    gebeurtenissen = AuditEvent.objects.filter(object_soort="koppeling", **tot_dan).order_by("-op", "-pk")
    return vertel(gebeurtenissen[:MEESTE_STAPPEN], _bewaard)


def _bewaard(bewaard: dict[str, Any] | None) -> str:
    if not bewaard:
        return ""
    wat = "hoort onder" if bewaard["geldt"] else "hoort niet meer onder"
    return f"“{bewaard['onder']}” {wat} “{bewaard['boven']}”"


def get_teruggestuurd(user: User, pk: int) -> Koppeling | None:
    """One's own proposal that came back, to put it right."""
    eigen = Koppeling.objects.filter(pk=pk, staat=Staat.AFGEKEURD, ingevoerd_door=user)
    return eigen.select_related(*MET_UITEINDEN).first()
