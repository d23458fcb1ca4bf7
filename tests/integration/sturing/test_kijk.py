from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import maak_persoon

pytestmark = pytest.mark.django_db


def test_kijk():
    call_command("laad_agenda", stdout=StringIO())
    c = Client()
    c.force_login(maak_persoon("rvo-lid"))
    import time

    for a in ("/agenda/", "/agenda/?vorm=tabel", "/agenda/?open=alles", "/agenda/?_export=csv", "/agenda/koppelingen/"):
        t = time.time()
        r = c.get(a)
        print(a, r.status_code, len(r.content), time.time() - t)
        __import__("pathlib").Path("/tmp/dl/" + a.strip("/").replace("/", "_").replace("?", "_") + ".html").write_bytes(
            r.content
        )
    c = Client()
    c.force_login(maak_persoon("portefeuillehouder", thema="zorg-en-veiligheid"))
    r = c.get("/agenda/koppelingen/")
    print(r.status_code, len(r.content))
    __import__("pathlib").Path("/tmp/dl/pf.html").write_bytes(r.content)
