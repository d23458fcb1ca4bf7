"""A mould gives what its template gives, whatever is filled in."""

from __future__ import annotations

from html import escape

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from monitor.invoer.rooster import mal
from monitor.invoer.rooster.mal import Mallen

SJABLOON = '<p class="{{ naam }}" style="width: 5%">{% if soort %}{{ soort }}: {% endif %}100% {{ naam }}</p>'


@pytest.fixture
def mallen(monkeypatch: pytest.MonkeyPatch) -> Mallen:
    monkeypatch.setattr(mal, "get_template", lambda _: engines["django"].from_string(SJABLOON))
    return Mallen("proef.html", "naam")


@given(namen=st.lists(st.tuples(st.text(max_size=12), st.booleans()), max_size=4))
def test_elke_rij_is_wat_het_sjabloon_ervan_maakt(namen: list[tuple[str, bool]]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        sjabloon = engines["django"].from_string(SJABLOON)
        monkeypatch.setattr(mal, "get_template", lambda _: sjabloon)
        mallen = Mallen("proef.html", "naam")
    for naam, heeft in namen:
        context = {"soort": "Soort" if heeft else ""}
        gegoten = mallen.vul(heeft, lambda context=context: context, {"naam": escape(naam)})
        assert gegoten == sjabloon.render({**context, "naam": naam})


def test_een_vorm_wordt_een_keer_gemaakt(mallen: Mallen) -> None:
    gemaakt: list[str] = []
    for naam in ("%s", "%(naam)s", "{{ naam }}"):
        html = mallen.vul("vorm", lambda: gemaakt.append("vorm") or {}, {"naam": naam})  # type: ignore[func-returns-value]
        assert html == f'<p class="{naam}" style="width: 5%">100% {naam}</p>'
    assert gemaakt == ["vorm"]
