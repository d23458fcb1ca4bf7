"""Run as a process of its own: the web application, every page as who sees it first, or as all who do
(``--alle``), and the data of every chart on it."""

from __future__ import annotations

import json
import re
import sys
from urllib.parse import urljoin

from django.contrib.auth import get_user_model
from django.test import Client

from config.wsgi import application
from tests.rechten import ROLLEN, ROUTES

ZWAAR = ("plotly", "pandas")


def bezoek(*, alle: bool) -> dict[str, object]:
    assert application
    gezien, figuren = set(), set()
    for rol in ROLLEN[1:]:
        client = Client(SERVER_NAME="localhost")
        client.force_login(get_user_model().objects.get(username=f"proef-{rol}"))
        for naam, route in ROUTES.items():
            if naam in gezien and not alle:  # what a page loads is its code, whoever reads it
                continue
            antwoord = client.get(route.adres)
            gezien |= {naam} if antwoord.status_code == 200 else set()
            if "text/html" in antwoord.headers.get("Content-Type", "") and not antwoord.streaming:
                for adres in re.findall(r'data-(?:figuur|csv)="([^"]+)"', antwoord.content.decode()):
                    vol = urljoin(route.adres, adres.replace("&amp;", "&"))  # as a browser reads it
                    figuren.add(client.get(vol).status_code)
    zwaar = sorted(naam for naam in ZWAAR if naam in sys.modules)
    return {"zwaar": zwaar, "bezocht": len(gezien), "figuren": sorted(figuren)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bezoek(alle="--alle" in sys.argv)))
