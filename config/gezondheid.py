import http.client
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from config import omgeving


@login_not_required
def gezondheid(request: HttpRequest) -> HttpResponse:
    """For a load balancer: 200 when the database answers, otherwise 503. The queue and the worker may be gone without
    harm to who reads or enters, so those only change the line; which of them, /taken/ says to who may know."""
    from common.hartslag import lees_achtergrond  # here: the supervisor uses this module too, and has no Django

    try:
        stil = lees_achtergrond().stil
    except DatabaseError:
        return HttpResponse("database niet bereikbaar\n", status=503, content_type="text/plain")
    return HttpResponse("ok, achtergrondwerk staat stil\n" if stil else "ok\n", content_type="text/plain")


def antwoordt(poort: int, host: str) -> bool:
    """True when /gezondheid/ says 200. `host` is one of the names the site accepts; others are refused."""
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=2)
    try:
        verbinding.request("GET", "/gezondheid/", headers={"Host": host.lstrip(".")})
        return verbinding.getresponse().status == 200
    except OSError:
        return False
    finally:
        verbinding.close()


if __name__ == "__main__":
    sys.exit(0 if antwoordt(int(sys.argv[1]), omgeving.lees().allowed_hosts[0]) else 1)
