"""Of which ambitions a person is asked to say how far they are: each half year, once it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from monitor.invoer.werklijst.punten import Bezigheid, TeDoen, Wachtgroep
from sturing.regels.omvang import Halfjaar

if TYPE_CHECKING:
    from monitor.invoer.werklijst.takenlijst import Stapel

TERMIJN = timedelta(days=45)


def ambities_te_zeggen(persoon: User, stapel: Stapel) -> Iterator[TeDoen]:
    """Of the own theme; who reaches every theme is asked for those of which nobody works as portefeuillehouder."""
    if not persoon.mag(Recht.AMBITIE_SCHRIJVEN):
        return
    eigen, alles = persoon.themas_met(Recht.AMBITIE_SCHRIJVEN), persoon.mag_overal(Recht.AMBITIE_SCHRIJVEN)
    halfjaar = Halfjaar.van(stapel.vandaag).vorige
    groep = Wachtgroep(Bezigheid.AMBITIES, "ambitie", "ambities", f"te beschrijven over de {halfjaar.leesbaar}")
    begin = halfjaar.volgende.begin
    te_laat, sinds = stapel.vandaag > begin + TERMIJN, timezone.make_aware(datetime.combine(begin, time()))
    for ambitie in stapel.ambities:
        slug = ambitie.thema.slug
        if slug in eigen or (alles and slug not in stapel.met_portefeuillehouder):
            adres = f"{reverse('ambitie', args=[slug, ambitie.nummer])}#zeg"
            kenmerk, naam = f"ambitie {ambitie.pk} {halfjaar}", f"Ambitie {ambitie.nummer}: {ambitie.tekst.rstrip('.')}"
            yield TeDoen(groep, naam, adres, kenmerk, sinds, str(ambitie.thema), "nog niets gezegd", te_laat)
