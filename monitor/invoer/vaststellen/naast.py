"""How what waits reads beside what counts now: one row per kind of thing, with the same parts for all."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone

from common.tekst.cijfers import doel_in_woorden
from common.tekst.periode import Kwartaal
from common.tekst.tekens import kleine_letter
from formatie.models import Bezetting, Organisatiebesluit
from monitor.invoer.bezetting.indicatorwaarden import voorspel_waarden
from monitor.invoer.bezetting.vergelijken import als_opgave, twijfels_bij_bezetting
from monitor.invoer.bezetting.weergave import Naastelkaar, bezetting_in_woorden, naast_elkaar, plaatsnaam
from monitor.invoer.meting.gevolgen import gevolgen_van_metingen
from monitor.invoer.meting.vergelijken import twijfels_bij_voorstel
from monitor.invoer.regels.weergave import meting_in_woorden, periode
from monitor.invoer.vaststellen.voorstel import als_tekst
from monitor.invoer.voorstellen.definitiebladen.blad import (
    BLAD,
    Verschil,
    blad_van,
    gevolgen,
    verschil,
    verschillen,
)
from monitor.invoer.voorstellen.doelen.gevolgen import gevolgen_van_doelen
from monitor.invoer.voorstellen.organisatie import inhouden
from monitor.models import Definitieversie, Doelstelling, Grensbesluit, Meting
from sturing.lezen import duidingen
from sturing.lezen.ambities import bewijs_van, stand_in_woorden
from sturing.models import Ambitiestand, Duiding, Koppeling, noem_kort

GRENSGEVOLG = (
    "De grenzen in de grafiek, waarbuiten een waarde opvalt als meer dan toeval, worden vanaf {0} opnieuw berekend uit "
    "de waarden vanaf {0}. Waarden, doelen en oordelen blijven zoals ze zijn."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naast:
    """One row that waits, in words. It shows either ``nieuw`` and ``oud``, or ``cijfers``, or ``verschillen``.

    ``groep`` is what it is decided on together with, ``naam`` what it is in there. ``gevolgen`` is what approving it
    does; ``elders`` what that does beyond the rows of its group.
    """

    groep: str
    naam: str
    adres: str
    nieuw: str = ""
    oud: str = ""
    cijfers: Sequence[Naastelkaar] = ()
    verschillen: Sequence[Verschil] = ()
    uitleg: Sequence[str] = ()
    twijfels: Sequence[str] = ()
    gevolgen: Sequence[str] = ()
    verandert: bool = True
    elders: Sequence[str] = ()
    vragen: Sequence[tuple[str, str]] = ()
    """Question and answer of what is there for the first time, instead of what differs."""
    lijst: Sequence[str] = ()
    """Everything that changes one by one, where ``nieuw`` only counts it."""

    @property
    def plek(self) -> str:
        return f"{self.groep}, {self.naam}" if self.naam else self.groep

    @property
    def omschrijving(self) -> str:
        return f"{self.plek}: {self.nieuw}" if self.nieuw else self.plek


def naast_metingen(metingen: Sequence[Meting]) -> list[Naast]:
    """With the same doubts their authors got, and what approving all of these does to the verdicts."""
    twijfels, gevolgen = twijfels_bij_voorstel(metingen), gevolgen_van_metingen(metingen)
    return [
        Naast(
            groep=f"{m.indicator.naam}, {periode(m)}",
            naam=str(m.onderdeel),
            adres=reverse("geschiedenis", args=[m.pk]),
            nieuw=meting_in_woorden(m),
            oud=meting_in_woorden(cast(Meting, m.vervangt)) if m.vervangt else "",
            uitleg=_uitleg(m),
            twijfels=[twijfel.reden for twijfel in twijfels.get(m.pk, [])],
            gevolgen=[gevolg.hier] if gevolg.hier else (),
            verandert=gevolg.verandert,
            elders=gevolg.elders,
        )
        for m, gevolg in zip(metingen, gevolgen, strict=True)
    ]


def naast_bezetting(rijen: Sequence[Bezetting]) -> list[Naast]:
    """With the same doubts their authors got, and each figure beside the one that counts now."""
    twijfels = twijfels_bij_bezetting([als_opgave(rij) for rij in rijen])
    elders = _oordelen_na(rijen)
    return [
        Naast(
            groep=f"{_district(rij)}, {_kwartaal(rij).leesbaar}",
            naam=plaatsnaam(rij),
            adres=reverse("bezetting_geschiedenis", args=[rij.pk]),
            nieuw=bezetting_in_woorden(rij),
            cijfers=naast_elkaar(rij, cast("Bezetting | None", rij.vervangt)),
            uitleg=_uitleg(rij),
            twijfels=[twijfel.reden for twijfel in twijfels.get(rij.pk, [])],
            elders=elders.pop(_kwartaal(rij), ()),  # once, with the first row of its quarter
        )
        for rij in rijen
    ]


def _oordelen_na(rijen: Sequence[Bezetting]) -> dict[Kwartaal, list[str]]:
    """Per quarter the verdicts that change when all of these are approved, by what follows from them."""
    volgt, zinnen = voorspel_waarden(rijen, timezone.now()), defaultdict[Kwartaal, list[str]](list)
    for waarde, gevolg in zip(volgt, gevolgen_van_metingen(volgt), strict=True):
        wat = f"{waarde.indicator.naam}, {waarde.onderdeel}"
        hier = [f"{wat}: {kleine_letter(gevolg.hier)}"] if gevolg.verandert else []
        zinnen[_kwartaal(waarde)] += [*hier, *(f"{waarde.indicator.naam}, {zin}" for zin in gevolg.elders)]
    return zinnen


def _kwartaal(rij: Bezetting | Meting) -> Kwartaal:
    return Kwartaal(rij.jaar, rij.kwartaal or 4)


def _district(rij: Bezetting) -> str:
    """Of a team the district it is in."""
    is_team = rij.soort == Bezetting.Soort.BASISTEAM
    return str(rij.onderdeel.ouder if is_team and rij.onderdeel.ouder else rij.onderdeel)


def naast_doelen(doelen: Sequence[Doelstelling]) -> list[Naast]:
    """With what approving does to the quarters of its year that are judged already."""
    doen = gevolgen_van_doelen(doelen)
    return [
        Naast(
            groep=f"{doel.indicator.naam}, {doel.jaar}",
            naam=str(doel.onderdeel),
            adres=reverse("indicator_doelen", args=[doel.indicator.code]),
            nieuw=doel_in_woorden(doel, doel.indicator),
            oud=doel_in_woorden(cast(Doelstelling, doel.vervangt), doel.indicator) if doel.vervangt else "",
            uitleg=[
                f"{doel.besluit} ({doel.orgaan}), geldig vanaf {doel.geldig_vanaf:%d-%m-%Y}",
                doel.vervangreden or "Eerste doel van dit jaar",
            ],
            gevolgen=doen[doel.pk],
        )
        for doel in doelen
    ]


def naast_bladen(versies: Sequence[Definitieversie]) -> list[Naast]:
    """Every field that changes, and what another frequency or level does."""
    nu = {versie.indicator_id: versie.zoals_nu for versie in versies}
    doen = gevolgen({v.indicator_id: (nu[v.indicator_id], blad_van(v)) for v in versies})
    return [
        Naast(
            groep=nu[versie.indicator_id].naam,
            naam="",
            adres=reverse("indicator_definitie", args=[versie.indicator.code]),
            verschillen=verschillen(als_tekst(nu[versie.indicator_id], BLAD), als_tekst(versie, BLAD)),
            uitleg=[versie.reden],
            gevolgen=doen.get(versie.indicator_id, ()),
        )
        for versie in versies
    ]


def naast_grenzen(voorstellen: Sequence[Grensbesluit]) -> list[Naast]:
    """Beside the last start that was decided on; no other is decided on for this indicator while one waits."""
    besloten = Grensbesluit.objects.geldend().filter(indicator__in=[rij.indicator_id for rij in voorstellen])
    laatste = {rij.indicator_id: rij for rij in besloten.order_by("jaar", "kwartaal")}
    return [
        Naast(
            groep=rij.indicator.naam,
            naam=f"vanaf {rij.begin.leesbaar}",
            adres=reverse("indicator_grenzen", args=[rij.indicator.code]),
            nieuw=rij.in_woorden,
            oud=laatste[rij.indicator_id].in_woorden if rij.indicator_id in laatste else "",
            uitleg=[rij.reden, *_in_plaats_van(cast("Grensbesluit | None", rij.vervangt))],
            gevolgen=[GRENSGEVOLG.format(rij.begin.leesbaar)],
        )
        for rij in voorstellen
    ]


def naast_duidingen(rijen: Sequence[Duiding]) -> list[Naast]:
    """Question by question beside what counts now, with the earlier promise and what became of it."""
    return [
        Naast(
            groep=str(rij),
            naam="",
            adres=duidingen.adres_van_duiding(rij),
            verschillen=_antwoorden(rij, dict(cast(Duiding, rij.vervangt).antwoorden) if rij.vervangt else {}),
            vragen=() if rij.vervangt else rij.antwoorden,
            uitleg=[correctie_in_woorden(rij.vervangreden)] if rij.vervangreden else (),
        )
        for rij in rijen
    ]


def _antwoorden(rij: Duiding, oud: Mapping[str, str]) -> list[Verschil]:
    """Every answer, also one that stays as it is: who approves answers for all of it."""
    return [verschil(naam, oud.get(naam, ""), tekst) for naam, tekst in rij.antwoorden]


def naast_organisatie(besluiten: Sequence[Organisatiebesluit]) -> list[Naast]:
    """Per kind of what it is about, with the doubts its author got."""
    return [
        Naast(
            groep=rij.get_soort_display(),
            naam=rij.naam,
            adres=inhouden.voorsteladres(rij),
            nieuw=inhouden.in_woorden(rij),
            oud=inhouden.geldt_nu(rij),
            uitleg=[f"Bron: {rij.bron}", *filter(None, [rij.reden]), *inhouden.besluitinhoud(rij).gevolgen(rij.rijen)],
            twijfels=inhouden.besluitinhoud(rij).twijfels(rij.rijen),
            lijst=inhouden.besluitinhoud(rij).lijst(rij.rijen),
        )
        for rij in besluiten
    ]


def naast_ambities(standen: Sequence[Ambitiestand]) -> list[Naast]:
    """Per theme and half year, beside what was said of that half year before; with the evidence that is named."""
    return [
        Naast(
            groep=f"{stand.ambitie.thema}, {stand.halfjaar.leesbaar}",
            naam=f"ambitie {stand.ambitie.nummer}",
            adres=reverse("ambitie", args=[stand.ambitie.thema.slug, stand.ambitie.nummer]),
            nieuw=stand_in_woorden(stand),
            oud=stand_in_woorden(cast(Ambitiestand, stand.vervangt)) if stand.vervangt else "",
            uitleg=[
                f"Ambitie: {stand.ambitie.tekst}",
                *([correctie_in_woorden(stand.vervangreden)] if stand.vervangreden else []),
                *(f"Bewijs: {een.in_woorden}" for een in bewijs_van(stand)),
            ],
        )
        for stand in standen
    ]


def naast_koppelingen(voorstellen: Sequence[Koppeling]) -> list[Naast]:
    """Per part of the agenda what is to belong under it, or no longer; each row says itself under what."""
    return [
        Naast(
            groep=f"Boven: {rij.boven}",
            naam=str(rij.onder),
            adres=reverse("koppelingen"),
            nieuw=f"Hoort {'' if rij.geldt else 'niet meer '}onder “{noem_kort(rij.boven.ding)}”",
            oud=_gold(cast("Koppeling | None", rij.vervangt)),
            uitleg=[rij.reden],
        )
        for rij in voorstellen
    ]


def _gold(vorige: Koppeling | None) -> str:
    if vorige is None:
        return ""
    return "Hoort eronder" if vorige.geldt else "Is vervallen"


def _in_plaats_van(vorige: Grensbesluit | None) -> list[str]:
    """The reason that was given before for the same quarter."""
    return [f"In plaats van: {vorige.reden}"] if vorige else []


def _uitleg(rij: Meting | Bezetting) -> list[str]:
    """Why it is corrected and what was remarked, each once."""
    gelijk = _gelijk(rij)  # then there is nothing that its reason corrects
    correctie = correctie_in_woorden(rij.vervangreden) if rij.vervangreden and not gelijk else ""
    toelichting = rij.toelichting if rij.toelichting != rij.vervangreden else ""
    voorlopig = "Voorlopig." if isinstance(rij, Bezetting) and rij.status == Bezetting.Zekerheid.VOORLOPIG else ""
    return [tekst for tekst in (gelijk, voorlopig, correctie, toelichting) if tekst]


def correctie_in_woorden(reden: str) -> str:
    """Why its author corrects what counts."""
    return f"Correctie: {reden}"


def _gelijk(rij: Meting | Bezetting) -> str:
    """What is handed in again as it counts already needs another look: nothing changes by it."""
    if not rij.vervangt:
        return ""
    zeg: Callable[[Any], str] = meting_in_woorden if isinstance(rij, Meting) else bezetting_in_woorden
    return "Gelijk aan wat geldt." if zeg(rij) == zeg(rij.vervangt) else ""
