"""A cell that was emptied again keeps a row, without text: nobody waits for it."""

from __future__ import annotations

import pytest

from common.tekst.periode import Kwartaal
from monitor.invoer.kwartaal.services import wat_in_de_weg_staat
from monitor.invoer.rooster.services import Celtekst, bewaar_concepten
from monitor.invoer.werklijst.selectors import Celstaat, lees_plan, lees_werk
from monitor.models import Concept
from tests.factories import IndicatorFactory, MonitorregelFactory, OnderdeelFactory, maak_persoon

pytestmark = pytest.mark.django_db
EERSTE = Kwartaal(2025, 1)


@pytest.mark.parametrize(("tekst", "staat", "aantal"), [("9", Celstaat.CONCEPT, 1), ("", Celstaat.TE_LEVEREN, 0)])
def test_een_leeg_concept_is_geen_werk_en_houdt_het_sluiten_niet_tegen(tekst: str, staat: str, aantal: int) -> None:
    OnderdeelFactory(code="RE07")
    MonitorregelFactory(indicator=IndicatorFactory(code="verdachten"))
    analist = maak_persoon("analist")
    for gezien, getypt in enumerate(("8", tekst)):
        cel = Celtekst("verdachten", "RE07", EERSTE, {"waarde": getypt}, gezien)
        bewaar_concepten([cel], door=analist, herkomst="proef")
    assert Concept.objects.get().versie == 2
    assert len(wat_in_de_weg_staat(EERSTE)) == aantal
    assert [werk.staat for werk in lees_werk([EERSTE], lees_plan(), EERSTE.einde())[EERSTE]] == [staat]
