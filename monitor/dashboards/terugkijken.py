"""The rows a page shows when it looks back: computed on request, read once for everything on the page, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from accounts.models import User
from common.pagina.peildatum import einde_van
from formatie.models import Onderdeel
from monitor.models import Doelbereik, Indicator, Meting
from monitor.rekenen.peildatum import doelbereik_op
from monitor.zicht import alleen_destijds_zichtbaar, bovenin_zoals_leesbaar, leest_bovenin

Rijen = dict[int, list[Doelbereik]]
ONDER = (Onderdeel.Soort.DISTRICT, Onderdeel.Soort.BASISTEAM)


class Toen:
    """What was known at the end of ``peildatum``, from ``vanaf_jaar`` on, as far as this user may read it now."""

    def __init__(self, user: User, peildatum: date, vanaf_jaar: int) -> None:
        self.user, self.peildatum, self.vanaf_jaar = user, peildatum, vanaf_jaar
        self._gelezen: Rijen = {}
        self._onder: Rijen = {}

    @cached_property
    def nog_niets(self) -> bool:
        """Whether no value at all had been approved by then."""
        return not Meting.objects.filter(vastgesteld_op__lte=einde_van(self.peildatum)).exists()

    def van_eenheid(self, eenheid: Onderdeel, indicatoren: Sequence[Indicator]) -> Rijen:
        """Per indicator the rows of the unit, in order of time."""
        nieuw = {i.pk: i for i in indicatoren if i.pk not in self._gelezen}
        if nieuw and leest_bovenin(self.user, eenheid):
            self._gelezen |= {pk: [] for pk in nieuw}
            rijen = bovenin_zoals_leesbaar(self.user, self._lees(nieuw, {eenheid.pk}), nieuw)
            self._gelezen |= _per_indicator(rijen)
        return {i.pk: self._gelezen.get(i.pk, []) for i in indicatoren}

    def onder(self, eenheid: Onderdeel, indicatoren: Sequence[Indicator]) -> Rijen:
        """Per indicator the rows of the districts and teams of the unit, each with its onderdeel and the one above."""
        nieuw = [i.pk for i in indicatoren if i.pk not in self._onder]
        if nieuw:
            self._onder |= {pk: [] for pk in nieuw} | _per_indicator(self._lees_onder(eenheid, nieuw))
        return {i.pk: self._onder[i.pk] for i in indicatoren}

    def _lees_onder(self, eenheid: Onderdeel, indicatoren: Sequence[int]) -> list[Doelbereik]:
        stukken = Onderdeel.objects.filter(soort__in=ONDER).select_related("ouder")
        plekken = {o.pk: o for o in stukken if eenheid.pk in (o.ouder_id, o.ouder and o.ouder.ouder_id)}
        zichtbaar = alleen_destijds_zichtbaar(Doelbereik.objects.filter(indicator__in=indicatoren), self.user)
        gezien = set(zichtbaar.filter(onderdeel__in=plekken).values_list("indicator_id", "onderdeel_id").distinct())
        alle = self._lees({indicator for indicator, _ in gezien}, {onderdeel for _, onderdeel in gezien})
        rijen = [rij for rij in alle if (rij.indicator_id, rij.onderdeel_id) in gezien]
        for rij in rijen:
            rij.onderdeel = plekken[rij.onderdeel_id]
        return rijen

    def _lees(self, indicatoren: Iterable[int], onderdelen: set[int]) -> list[Doelbereik]:
        gevraagd = sorted(indicatoren) if onderdelen else []
        return doelbereik_op(self.peildatum, gevraagd, onderdelen, vanaf_jaar=self.vanaf_jaar)


def _per_indicator(rijen: Iterable[Doelbereik]) -> Rijen:
    gevonden: Rijen = defaultdict(list)
    for rij in rijen:
        gevonden[rij.indicator_id].append(rij)
    return gevonden
