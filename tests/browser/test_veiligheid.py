from __future__ import annotations

import pytest


@pytest.mark.django_db(transaction=True)
def test_de_inlogpagina_houdt_zich_aan_het_strenge_beleid(live_server, page):
    fouten: list[str] = []
    page.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
    antwoord = page.goto(f"{live_server.url}/inloggen/")
    beleid = antwoord.headers["content-security-policy"]
    assert "default-src 'none'" in beleid
    assert "unsafe" not in beleid
    assert page.locator("form").count() >= 1
    assert not [fout for fout in fouten if "Content Security Policy" in fout]
