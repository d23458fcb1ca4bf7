"""How what waits reads beside what counts now: one row per kind of thing, with the same parts for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.urls import reverse

from common.tekst.cijfers import doel_in_woorden
from formatie.models import Bezetting
from monitor.invoer.bezetting.vergelijken import als_opgave, twijfels_bij_bezetting
from monitor.invoer.bezetting.weergave import Naastelkaar, bezetting_in_woorden, naast_elkaar, plaatsnaam
from monitor.invoer.definitiebladen.blad import BLAD, Verschil, blad_van, gevolgen, verschillen
from monitor.invoer.doelen.gevolgen import gevolgen_van_doelen
from monitor.invoer.meting.vergelijken import twijfels_bij_voorstel
from monitor.invoer.regels.weergave import meting_in_woorden, periode
from monitor.invoer.vaststellen.voorstel import als_tekst
from monitor.models import Definitieversie, Doelstelling, Grensbesluit, Meting


@dataclass(frozen=True, slots=True, kw_only=True)
class Naast:
    """One row that waits, in words. It shows either ``nieuw`` and ``oud``, or ``cijfers``, or ``verschillen``."""

    naam: str
    adres: str
    waar: str = ""
    wanneer: str = ""
    nieuw: str = ""
    oud: str = ""
    cijfers: Sequence[Naastelkaar] = ()
    verschillen: Sequence[Verschil] = ()
    uitleg: Sequence[str] = ()
    twijfels: Sequence[str] = ()
    gevolgen: Sequence[str] = ()

    @property
    def omschrijving(self) -> str:
        plek = ", ".join(deel for deel in (self.naam, self.waar, self.wanneer) if deel)
        return f"{plek}: {self.nieuw}" if self.nieuw else plek


def naast_metingen(metingen: Sequence[Meting]) -> list[Naast]:
    """With the same doubts their authors got."""
    twijfels = twijfels_bij_voorstel(metingen)
    return [
        Naast(
            naam=m.indicator.naam,
            adres=reverse("geschiedenis", args=[m.pk]),
            waar=str(m.onderdeel),
            wanneer=periode(m),
            nieuw=meting_in_woorden(m),
            oud=meting_in_woorden(cast(Meting, m.vervangt)) if m.vervangt else "",
            uitleg=_uitleg(m),
            twijfels=[twijfel.reden for twijfel in twijfels.get(m.pk, [])],
        )
        for m in metingen
    ]


def naast_bezetting(rijen: Sequence[Bezetting]) -> list[Naast]:
    """With the same doubts their authors got, and each figure beside the one that counts now."""
    twijfels = twijfels_bij_bezetting([als_opgave(rij) for rij in rijen])
    return [
        Naast(
            naam=plaatsnaam(rij),
            adres=reverse("bezetting_geschiedenis", args=[rij.pk]),
            wanneer=f"Q{rij.kwartaal} {rij.jaar}",
            nieuw=bezetting_in_woorden(rij),
            cijfers=naast_elkaar(rij, cast("Bezetting | None", rij.vervangt)),
            uitleg=_uitleg(rij),
            twijfels=[twijfel.reden for twijfel in twijfels.get(rij.pk, [])],
        )
        for rij in rijen
    ]


def naast_doelen(doelen: Sequence[Doelstelling]) -> list[Naast]:
    """With what approving does to the quarters of its year that are judged already."""
    doen = gevolgen_van_doelen(doelen)
    return [
        Naast(
            naam=doel.indicator.naam,
            adres=reverse("indicator_doelen", args=[doel.indicator.code]),
            waar=str(doel.onderdeel),
            wanneer=str(doel.jaar),
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
            naam=nu[versie.indicator_id].naam,
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
            naam=rij.indicator.naam,
            adres=reverse("indicator_grenzen", args=[rij.indicator.code]),
            wanneer=rij.begin.leesbaar,
            nieuw=rij.in_woorden,
            oud=laatste[rij.indicator_id].in_woorden if rij.indicator_id in laatste else "",
            uitleg=[rij.reden, *_in_plaats_van(cast("Grensbesluit | None", rij.vervangt))],
        )
        for rij in voorstellen
    ]


def _in_plaats_van(vorige: Grensbesluit | None) -> list[str]:
    """The reason that was given before for the same quarter."""
    return [f"In plaats van: {vorige.reden}"] if vorige else []


def _uitleg(rij: Meting | Bezetting) -> list[str]:
    """Why it is corrected and what was remarked, each once."""
    correctie = f"Correctie: {rij.vervangreden}" if rij.vervangreden else ""
    toelichting = rij.toelichting if rij.toelichting != rij.vervangreden else ""
    voorlopig = "Voorlopig." if isinstance(rij, Bezetting) and rij.status == Bezetting.Zekerheid.VOORLOPIG else ""
    return [tekst for tekst in (voorlopig, correctie, toelichting) if tekst]
