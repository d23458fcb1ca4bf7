"""What every branch of a verdict says of itself is said once, above them."""

from __future__ import annotations

from monitor.dashboards.oordeel.boom import VERBORGEN, Tak, _een_keer

VERBORGEN_TEAMS = VERBORGEN.format("teams")
SAMEN = "5 waarden vastgesteld door een vaststeller, op 23-10-2026."
DEEL = "2 waarden vastgesteld door een vaststeller, op 23-10-2026."
ANDERS = "3 waarden vastgesteld door een vaststeller, op 24-10-2026."


def test_wat_elke_tak_zegt_staat_er_een_keer() -> None:
    noten, takken = _een_keer([SAMEN], [Tak("A", noten=[VERBORGEN_TEAMS, DEEL]), Tak("B", noten=[VERBORGEN_TEAMS])])
    assert noten == [SAMEN, VERBORGEN_TEAMS]
    assert [tak.noten for tak in takken] == [[], []]


def test_wat_niet_elke_tak_zegt_blijft_bij_de_tak() -> None:
    takken = [Tak("A", noten=[VERBORGEN_TEAMS, ANDERS]), Tak("B", noten=["Versie 1, definitief, geldt."])]
    assert _een_keer([SAMEN], takken) == ([SAMEN], takken)


def test_zonder_takken_verandert_er_niets() -> None:
    assert _een_keer([SAMEN], []) == ([SAMEN], [])
