"""Asks the web server on this computer how it is. Used by the supervisor and by the health check of the container."""

from __future__ import annotations

import http.client
import sys

from config import omgeving


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
