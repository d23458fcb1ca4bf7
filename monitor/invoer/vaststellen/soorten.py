"""What two persons decide on: one constant per kind. What reads, decides, closes or reminds walks over ``SOORTEN``."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.tekst.cijfers import doel_in_woorden
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Organisatiebesluit
from monitor.invoer.bezetting.indicatorwaarden import leid_af
from monitor.invoer.bezetting.vergelijken import inhoud_van
from monitor.invoer.bezetting.weergave import bezetting_in_woorden, plaatsnaam
from monitor.invoer.meting.vergelijken import AFGELEID, cijfers_van
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.regels.weergave import celadres, meting_in_woorden, periode
from monitor.invoer.vaststellen.eisen import Kwartalen
from monitor.invoer.vaststellen.in_de_weg import (
    open_bezetting,
    open_definities,
    open_doelen,
    open_grenzen,
    open_waarden,
)
from monitor.invoer.vaststellen.naast import (
    naast_ambities,
    naast_bezetting,
    naast_bladen,
    naast_doelen,
    naast_duidingen,
    naast_grenzen,
    naast_koppelingen,
    naast_metingen,
    naast_organisatie,
)
from monitor.invoer.vaststellen.soort import Rijen, Soort
from monitor.invoer.vaststellen.voorstel import als_tekst, houd_indicatoren, in_spoor
from monitor.invoer.voorstellen.definitiebladen import blad
from monitor.invoer.voorstellen.doelen import selectors as doelen
from monitor.invoer.voorstellen.organisatie import inhouden
from monitor.models import Definitieversie, Doelstelling, Grensbesluit, Indicator, Meting
from monitor.rekenen.wachtrij import vraag_herberekeningen
from monitor.zicht import alleen_zichtbaar
from sturing.lezen import duidingen, koppelingen
from sturing.lezen.ambities import houd_ambities, naam_van_stand, stand_in_woorden
from sturing.models import Ambitiestand, Duiding, Koppeling


def _eigen_kwartalen(rijen: Rijen) -> Kwartalen:
    """A value of a whole year is of its last quarter."""
    return {(rij.jaar, rij.kwartaal or 4) for rij in rijen}


def _eigen_indicatoren(rijen: Rijen) -> set[int]:
    return {rij.indicator_id for rij in rijen}


def _afgeleide_indicatoren(rijen: Rijen) -> set[int]:
    return set(Indicator.objects.filter(code__in=AFGELEID).values_list("pk", flat=True))


def _houd_indicatoren_van(rijen: Rijen) -> None:
    houd_indicatoren(rij.indicator_id for rij in rijen)


def _herbereken_indicatoren(rijen: Rijen, door: User, op: datetime) -> None:
    vraag_herberekeningen((indicator, None, None) for indicator in sorted({rij.indicator_id for rij in rijen}))


def _van_vorige(inhoud: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any] | None]:
    return lambda rij: inhoud(rij.vervangt) if rij.vervangt_id else None


def _herbereken_waarden(rijen: Rijen, door: User, op: datetime) -> None:
    vraag_herberekeningen({(m.indicator_id, m.onderdeel_id, m.jaar) for m in rijen})


METING = Soort(
    enkel="waarde",
    meer="waarden",
    tab="Waarden",
    inleiding="Wat u vaststelt, telt meteen mee in de oordelen.",
    komt_van="Nieuwe waarden staan hier zodra een analist ze indient.",
    pagina="vaststellen_waarden",
    model=Meting,
    invoer=Recht.METING_INVOEREN,
    besluit=Recht.METING_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=False,
    met_opmerkingen=True,
    verwant=("indicator", "onderdeel", "ingevoerd_door", "vervangt", "vervangt__indicator"),
    volgorde=("indicator__volgorde", "indicator__code", "jaar", "kwartaal", "onderdeel__volgorde"),
    in_bereik=lambda reikwijdte, m: reikwijdte.bevat(m.indicator.code, m.onderdeel.code),
    kwartalen=_eigen_kwartalen,
    raakt=_eigen_indicatoren,
    houd=lambda rijen: None,
    gevolg=_herbereken_waarden,
    zichtbaar=alleen_zichtbaar,
    naast=naast_metingen,
    inhoud=cijfers_van,
    nu=_van_vorige(cijfers_van),
    in_de_weg=open_waarden,
    naam=lambda m: f"{m.indicator.naam}, {m.onderdeel}, {periode(m)}",
    in_woorden=meting_in_woorden,
    adres=lambda m: celadres(Kwartaal(m.jaar, m.kwartaal or 4), m.indicator.code, m.onderdeel.code),
)


def _leid_af(rijen: Rijen, door: User, op: datetime) -> None:
    for rij in rijen:
        rij.staat, rij.vastgesteld_door, rij.vastgesteld_op = Staat.VASTGESTELD, door, op
    leid_af(rijen, door=door, op=op)


def _adres_van_bezetting(rij: Bezetting) -> str:
    ouder = rij.onderdeel.ouder
    district = ouder if ouder and rij.soort == Bezetting.Soort.BASISTEAM else rij.onderdeel
    adres = reverse("invoer_bezetting", args=[Kwartaal(rij.jaar, rij.kwartaal)])
    return f"{adres}?district={district.code}#{rij.onderdeel.code}.{rij.soort}"


BEZETTING = Soort(
    enkel="regel bezetting",
    meer="regels bezetting",
    tab="Bezetting",
    inleiding="Uit wat u vaststelt volgen meteen de bezetting van wijkagenten en het verschil met de formatie.",
    komt_van="Nieuwe regels staan hier zodra een districtschef of analist ze indient.",
    pagina="vaststellen_bezetting",
    model=Bezetting,
    invoer=Recht.BEZETTING_INVOEREN,
    besluit=Recht.BEZETTING_VASTSTELLEN,
    kent=Recht.PERSONEEL_TEAM,
    is_voorstel=False,
    met_opmerkingen=True,
    verwant=("onderdeel", "onderdeel__ouder", "ingevoerd_door", "vervangt"),
    volgorde=("jaar", "kwartaal", "onderdeel__volgorde", "onderdeel__code", "soort"),
    in_bereik=lambda reikwijdte, rij: reikwijdte.bevat("", rij.onderdeel.code),
    kwartalen=_eigen_kwartalen,
    raakt=_afgeleide_indicatoren,
    houd=lambda rijen: houd_slot(Slot.METING),
    gevolg=_leid_af,
    gevolgzin="De indicatoren die eruit volgen worden nu bijgewerkt.",
    naast=naast_bezetting,
    inhoud=inhoud_van,
    nu=_van_vorige(inhoud_van),
    in_de_weg=open_bezetting,
    naam=lambda rij: f"Bezetting van {plaatsnaam(rij)}, {Kwartaal(rij.jaar, rij.kwartaal).leesbaar}",
    in_woorden=bezetting_in_woorden,
    adres=_adres_van_bezetting,
)


DOEL = Soort(
    enkel="gewijzigd doel",
    meer="gewijzigde doelen",
    tab="Doelen",
    inleiding="Wat u vaststelt, geldt meteen; het oude doel blijft bewaard.",
    komt_van="Voorstellen staan hier zodra iemand ze doet op de pagina Doelen van een indicator.",
    pagina="vaststellen_doelen",
    model=Doelstelling,
    invoer=Recht.DOEL_VOORSTELLEN,
    besluit=Recht.DOEL_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=True,
    verwant=("indicator", "onderdeel", "ingevoerd_door", "vervangt", "vervangt__indicator", "vervangt__onderdeel"),
    volgorde=("indicator__volgorde", "indicator__code", "jaar", "onderdeel__volgorde"),
    in_bereik=lambda reikwijdte, doel: reikwijdte.bevat(doel.indicator.code, doel.onderdeel.code),
    kwartalen=doelen.kwartalen_van_doelen,
    raakt=_eigen_indicatoren,
    houd=_houd_indicatoren_van,
    toets=doelen.toets_voorganger,
    gevolg=_herbereken_indicatoren,
    naast=naast_doelen,
    ernaast=lambda doel: (doel.vervangt_id,),
    inhoud=in_spoor,
    nu=_van_vorige(in_spoor),
    in_de_weg=open_doelen,
    naam=lambda doel: f"Doel van {doel.indicator.naam}, {doel.jaar}, {doel.onderdeel}",
    in_woorden=lambda doel: doel_in_woorden(doel, doel.indicator),
    adres=lambda doel: reverse("indicator_doelen", args=[doel.indicator.code]),
)


def _neem_blad_over(versies: Rijen, door: User, op: datetime) -> None:
    blad.schrijf_bladen(versies)
    _herbereken_indicatoren(versies, door, op)


DEFINITIE = Soort(
    enkel="gewijzigde definitie",
    meer="gewijzigde definities",
    tab="Definities",
    inleiding="Wat u vaststelt, staat meteen bij de indicator.",
    komt_van="Voorstellen staan hier zodra iemand ze doet op de pagina Definitie van een indicator.",
    pagina="vaststellen_definities",
    model=Definitieversie,
    invoer=Recht.DEFINITIE_VOORSTELLEN,
    besluit=Recht.DEFINITIE_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=True,
    verwant=("indicator", "agenda", "ingevoerd_door"),
    volgorde=("indicator__volgorde", "indicator__code"),
    in_bereik=lambda reikwijdte, versie: reikwijdte.bevat(versie.indicator.code, ""),
    kwartalen=blad.kwartalen_van_bladen,
    raakt=_eigen_indicatoren,
    houd=_houd_indicatoren_van,
    toets=blad.toets_bladen,
    gevolg=_neem_blad_over,
    naast=naast_bladen,
    ernaast=lambda versie: tuple(blad.blad_van(versie.zoals_nu).values()),
    inhoud=in_spoor,
    nu=lambda versie: als_tekst(versie.zoals_nu, blad.BLAD),
    in_de_weg=open_definities,
    naam=lambda versie: f"Definitie van {versie.indicator.naam}",
    in_woorden=lambda versie: versie.reden,
    adres=lambda versie: reverse("indicator_definitie", args=[versie.indicator.code]),
)


GRENS = Soort(
    enkel="voorstel voor grenzen",
    meer="voorstellen voor grenzen",
    tab="Grenzen",
    inleiding="Wat u vaststelt, geldt meteen: de grenzen in de grafiek beginnen dan opnieuw.",
    komt_van="Voorstellen staan hier zodra iemand ze doet op de pagina Grenzen van een indicator.",
    pagina="vaststellen_grenzen",
    model=Grensbesluit,
    invoer=Recht.DEFINITIE_VOORSTELLEN,
    besluit=Recht.DEFINITIE_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=True,
    verwant=("indicator", "ingevoerd_door", "vervangt", "vervangt__indicator"),
    volgorde=("indicator__volgorde", "indicator__code"),
    in_bereik=lambda reikwijdte, rij: reikwijdte.bevat(rij.indicator.code, ""),
    kwartalen=_eigen_kwartalen,
    raakt=lambda rijen: set(),
    houd=_houd_indicatoren_van,
    gevolg=lambda rijen, door, op: None,
    gevolgzin="De grafiek rekent ermee.",
    naast=naast_grenzen,
    inhoud=in_spoor,
    nu=_van_vorige(in_spoor),
    in_de_weg=open_grenzen,
    naam=lambda rij: f"Grenzen van {rij.indicator.naam}, vanaf {rij.begin.leesbaar}",
    in_woorden=lambda rij: rij.reden,
    adres=lambda rij: reverse("indicator_grenzen", args=[rij.indicator.code]),
)

ORGANISATIE = Soort(
    enkel="wijziging van de organisatie",
    meer="wijzigingen van de organisatie",
    tab="Organisatie",
    inleiding="Wat u vaststelt, staat meteen op de site, en geldt vanaf de dag die erbij staat.",
    komt_van="Voorstellen staan hier zodra een analist of beheerder ze doet op de pagina's onder Beheer.",
    pagina="vaststellen_organisatie",
    model=Organisatiebesluit,
    invoer=Recht.ORGANISATIE_BIJHOUDEN,
    besluit=Recht.ORGANISATIE_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=True,
    verwant=("ingevoerd_door",),
    volgorde=("soort", "naam"),
    in_bereik=lambda reikwijdte, rij: reikwijdte.alles,
    kwartalen=lambda rijen: set(),
    raakt=inhouden.geraakte_indicatoren,
    houd=lambda rijen: houd_slot(Slot.ORGANISATIE),
    gevolg=inhouden.voer_besluiten_door,
    gevolgzin="De pagina's tonen het.",
    naast=naast_organisatie,
    ernaast=lambda rij: (inhouden.geldt_nu(rij),),
    inhoud=in_spoor,
    nu=lambda rij: {"geldt": inhouden.geldt_nu(rij)},
    in_de_weg=lambda kwartaal: (),
    gaat_in=lambda rij: None if rij.soort == Organisatiebesluit.Soort.AGENDA else rij.vanaf,
    naam=str,
    in_woorden=inhouden.in_woorden,
    adres=inhouden.voorsteladres,
)

DUIDING = Soort(
    enkel="duiding",
    meer="duidingen",
    tab="Duidingen",
    inleiding="Wat u vaststelt, staat meteen naast het cijfer; de belofte erin komt een volgend kwartaal terug.",
    komt_van="Duidingen staan hier zodra iemand ze indient op de pagina Duiding van een indicator.",
    pagina="vaststellen_duidingen",
    model=Duiding,
    invoer=Recht.DUIDING_SCHRIJVEN,
    besluit=Recht.DUIDING_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=False,
    verwant=(
        "indicator",
        "onderdeel",
        "ingevoerd_door",
        "wie",
        "vorige__wie",
        "vervangt__wie",
        "vervangt__vorige__wie",
    ),
    volgorde=("indicator__volgorde", "indicator__code", "jaar", "kwartaal", "onderdeel__volgorde"),
    in_bereik=lambda reikwijdte, rij: reikwijdte.bevat(rij.indicator.code, rij.onderdeel.code),
    kwartalen=_eigen_kwartalen,
    raakt=lambda rijen: set(),
    houd=lambda rijen: houd_slot(Slot.METING),
    gevolg=lambda rijen, door, op: None,
    gevolgzin="De pagina's tonen het.",
    zichtbaar=alleen_zichtbaar,
    naast=naast_duidingen,
    inhoud=duidingen.bewaard_in_spoor,
    nu=_van_vorige(duidingen.bewaard_in_spoor),
    in_de_weg=duidingen.lees_open_duidingen,
    naam=str,
    in_woorden=lambda rij: rij.belofte,
    adres=duidingen.adres_van_duiding,
)

AMBITIESTAND = Soort(
    enkel="stand van een ambitie",
    meer="standen van ambities",
    tab="Ambities",
    inleiding="Wat u vaststelt, staat meteen bij de ambitie.",
    komt_van="Elk halfjaar zegt de portefeuillehouder op de pagina van een ambitie hoe ver die is.",
    pagina="vaststellen_ambities",
    model=Ambitiestand,
    invoer=Recht.AMBITIE_SCHRIJVEN,
    besluit=Recht.AMBITIE_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=True,
    verwant=("ambitie__thema__agenda", "ingevoerd_door", "vervangt__ambitie__thema__agenda"),
    volgorde=("ambitie__thema__soort", "ambitie__thema__nummer", "ambitie__nummer", "jaar", "helft"),
    in_bereik=lambda reikwijdte, rij: reikwijdte.bevat_thema(rij.ambitie.thema.slug),
    kwartalen=lambda rijen: set(),
    raakt=lambda rijen: set(),
    houd=houd_ambities,
    gevolg=lambda rijen, door, op: None,
    gevolgzin="De pagina van het thema toont het.",
    naast=naast_ambities,
    inhoud=in_spoor,
    nu=_van_vorige(in_spoor),
    in_de_weg=lambda kwartaal: (),
    naam=naam_van_stand,
    in_woorden=stand_in_woorden,
    adres=lambda rij: reverse("ambitie", args=[rij.ambitie.thema.slug, rij.ambitie.nummer]),
)


def _weiger_kringen(gezien: Rijen, open_: Rijen) -> None:
    """Two proposals that are each good may go round together. Raises InvoerFout."""
    if bezwaren := koppelingen.bezwaren_tegen_kringen(open_):
        raise InvoerFout([Fout(0, "", bezwaar) for bezwaar in bezwaren])


KOPPELING = Soort(
    enkel="koppeling",
    meer="koppelingen",
    tab="Koppelingen",
    inleiding="Wat u vaststelt, staat meteen in de doelenboom.",
    komt_van="Voorstellen staan hier zodra een portefeuillehouder of programmadirecteur ze doet bij de agenda.",
    pagina="vaststellen_koppelingen",
    model=Koppeling,
    invoer=Recht.KOPPELING_VOORSTELLEN,
    besluit=Recht.KOPPELING_VASTSTELLEN,
    kent=Recht.CONCEPT_LEZEN,
    is_voorstel=True,
    verwant=(*koppelingen.MET_UITEINDEN, "ingevoerd_door", "vervangt"),
    volgorde=("boven", "onder"),
    in_bereik=koppelingen.is_in_bereik,
    kwartalen=lambda rijen: set(),
    raakt=lambda rijen: set(),
    houd=lambda rijen: houd_slot(Slot.KOPPELING),
    toets=_weiger_kringen,
    gevolg=lambda rijen, door, op: None,
    gevolgzin="De doelenboom toont het.",
    naast=naast_koppelingen,
    inhoud=in_spoor,
    nu=lambda rij: in_spoor(rij) | {n: getattr(rij.vervangt, n) for n in Koppeling.INHOUD} if rij.vervangt else None,
    in_de_weg=lambda kwartaal: (),
    naam=lambda rij: f"Koppeling {rij.richting}",
    in_woorden=lambda rij: f"{rij.in_woorden}: {rij.reden}",
    adres=lambda rij: reverse("koppelingen", query={"voorstel": str(rij.pk)}, fragment="voorstel"),
)

SOORTEN = (METING, BEZETTING, DOEL, DEFINITIE, GRENS, ORGANISATIE, DUIDING, AMBITIESTAND, KOPPELING)
PER_CODE = {soort.code: soort for soort in SOORTEN}
