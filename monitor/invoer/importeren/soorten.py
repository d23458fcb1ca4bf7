"""What a file can hold: for each kind how a row is read, held against what is there, and handed in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.kader import lees_versies
from monitor.invoer.bezetting.services import BEZETTING_INDIENEN, dien_bezetting_in, mag_bezetting
from monitor.invoer.bezetting.validatie import (
    FTEVELDEN,
    Bezettingsleutel,
    Opgave,
    lees_opgave,
    lees_opgavesleutel,
    opgaveteksten,
)
from monitor.invoer.bezetting.vergelijken import vergelijk_bezetting
from monitor.invoer.importeren.bestand.rijen import BEZETTINGSREGELS, METINGEN, Bestandsvorm
from monitor.invoer.indienen import Invoersoort
from monitor.invoer.meting.services import METING_INDIENEN, dien_in
from monitor.invoer.meting.vergelijken import Metingvergelijking, lees_metingen, vergelijk_metingen
from monitor.invoer.regels.codes import herken
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CELKOLOMMEN, CIJFERKOLOMMEN, Kader, lees_rij, lees_sleutel
from monitor.invoer.regels.vergelijking import R, V, Vergelijking, huidige
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Invoerrij, Meetsleutel, Waarneming
from monitor.invoer.rooster.celtekst import teksten_van
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import BEZETTING, METING
from monitor.models import Meting
from monitor.reikwijdte import Reikwijdte
from monitor.selectors import get_metingen
from monitor.zicht import alleen_zichtbaar


@dataclass(frozen=True, slots=True)
class Verborgen:
    """The rows whose old value, and those whose earlier values, the reader may not see."""

    oud: Collection[int] = ()
    eerder: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Importsoort(Generic[R, V]):
    """``velden`` are those two persons answer for; ``recht`` reaches the places of which someone may hand in a file;
    ``is_buiten``: a row is of another place. ``celkolommen`` are the columns that need not be there, ``cijfers`` the
    figures among them, ``waarden`` those without which there is no value, in words ``wat``. ``sleutel`` says of what
    and when a row is, ``staand`` gives the texts of what is there; ``indienen`` says what asks for a reason.
    """

    vorm: Bestandsvorm
    velden: tuple[str, ...]
    recht: Recht
    buiten_bereik: str
    celkolommen: tuple[str, ...]
    cijfers: tuple[str, ...]
    waarden: tuple[str, ...]
    wat: str
    is_buiten: Callable[[Mapping[str, str], Kader, Reikwijdte], bool]
    sleutel: Callable[[Invoerrij, Kader], tuple[Any, ...] | None]
    staand: Callable[[Collection[Any]], Mapping[Any, Mapping[str, str]]]
    lees: Callable[[Invoerrij, Kader], R | list[Fout]]
    vergelijk: Callable[[Sequence[R]], Vergelijking[R, V]]
    verborgen: Callable[[Vergelijking[R, V], User], Verborgen]
    indienen: Invoersoort[R, V]
    dien_in: Callable[..., tuple[list[V], Vergelijking[R, V]]]
    stel_vast: Callable[..., list[V]]

    @property
    def opdracht(self) -> str:
        """The management command that reads such a file."""
        return f"importeer_{self.vorm.naam}"


def _is_andere_meting(cellen: Mapping[str, str], kader: Kader, bereik: Reikwijdte) -> bool:
    indicator = herken(cellen.get("indicator", ""), kader.indicatoren)
    onderdeel = herken(cellen.get("onderdeel", ""), kader.onderdelen)
    return indicator is not None and onderdeel is not None and not bereik.bevat(indicator.code, onderdeel.code)


def _is_andere_bezetting(cellen: Mapping[str, str], kader: Kader, bereik: Reikwijdte) -> bool:
    onderdeel = herken(cellen.get("onderdeel", ""), kader.onderdelen)
    return onderdeel is not None and not mag_bezetting(bereik, onderdeel.code)


def _staande_metingen(sleutels: Collection[Meetsleutel]) -> dict[Meetsleutel, dict[str, str]]:
    staand = {sleutel: huidige(versies) for sleutel, versies in lees_metingen(sleutels).items() if sleutel in sleutels}
    return {
        sleutel: teksten_van(meting.inhoud, verhouding=meting.indicator.aggregatie == "verhouding")
        for sleutel, meting in staand.items()
        if meting
    }


def _staande_bezetting(sleutels: Collection[Bezettingsleutel]) -> dict[Bezettingsleutel, dict[str, str]]:
    staand = {sleutel: huidige(versies) for sleutel, versies in lees_versies(sleutels).items()}
    return {sleutel: opgaveteksten(rij.inhoud) for sleutel, rij in staand.items() if rij}


def _verborgen_metingen(uitkomst: Metingvergelijking, lezer: User) -> Verborgen:
    gewijzigd = get_metingen(lezer).filter(pk__in=[meting.pk for _, meting in uitkomst.gewijzigd])
    leesbaar = set(gewijzigd.values_list("pk", flat=True))
    plekken = {w.rij: (w.indicator, w.onderdeel) for w in uitkomst.te_schrijven() if w.rij in uitkomst.twijfels}
    zichtbaar = _zichtbaar(set(plekken.values()), lezer)
    return Verborgen(
        oud={w.rij for w, meting in uitkomst.gewijzigd if meting.pk not in leesbaar},
        eerder={rij for rij, plek in plekken.items() if plek not in zichtbaar},
    )


def _zichtbaar(plekken: Collection[Meetplek], lezer: User) -> set[Meetplek]:
    eerder = Meting.objects.filter(
        staat=Staat.VASTGESTELD,
        indicator__code__in={indicator for indicator, _ in plekken},
        onderdeel__code__in={onderdeel for _, onderdeel in plekken},
    )
    return set(alleen_zichtbaar(eerder, lezer).order_by().values_list("indicator__code", "onderdeel__code").distinct())


VAN_METINGEN: Importsoort[Waarneming, Meting] = Importsoort(
    vorm=METINGEN,
    velden=Meting.INHOUD,
    recht=Recht.IMPORTEREN,
    buiten_bereik="Deze rij hoort niet bij uw district of thema.",
    celkolommen=CELKOLOMMEN,
    cijfers=CIJFERKOLOMMEN,
    waarden=("waarde", "teller", "noemer"),
    wat="de waarde, of nb als die niet bekend is,",
    is_buiten=_is_andere_meting,
    sleutel=lees_sleutel,
    staand=_staande_metingen,
    lees=lees_rij,
    vergelijk=vergelijk_metingen,
    verborgen=_verborgen_metingen,
    indienen=METING_INDIENEN,
    dien_in=partial(dien_in, recht=Recht.IMPORTEREN),
    stel_vast=partial(stel_vast, METING),
)
VAN_BEZETTING: Importsoort[Opgave, Bezetting] = Importsoort(
    vorm=BEZETTINGSREGELS,
    velden=Bezetting.INHOUD,
    recht=Recht.BEZETTING_INVOEREN,
    buiten_bereik="Deze rij hoort niet bij uw district.",
    celkolommen=(*FTEVELDEN, "status", "meetdatum", "toelichting"),
    cijfers=FTEVELDEN,
    waarden=FTEVELDEN,
    wat="de fte",
    is_buiten=_is_andere_bezetting,
    sleutel=lees_opgavesleutel,
    staand=_staande_bezetting,
    lees=lees_opgave,
    vergelijk=vergelijk_bezetting,
    verborgen=lambda _, __: Verborgen(),  # who may propose bezetting may read what is there
    indienen=BEZETTING_INDIENEN,
    dien_in=dien_bezetting_in,
    stel_vast=partial(stel_vast, BEZETTING),
)
IMPORTSOORTEN: tuple[Importsoort[Any, Any], ...] = (VAN_METINGEN, VAN_BEZETTING)


def soort_van(vorm: Bestandsvorm) -> Importsoort[Any, Any]:
    """Raises InvoerFout for a sheet of a plan, which has a page of its own."""
    if gevonden := next((soort for soort in IMPORTSOORTEN if soort.vorm is vorm), None):
        return gevonden
    raise InvoerFout([Fout(0, "", f"Dit is een blad met het {vorm.naam}. Lees het in bij {vorm.elders}.")])
