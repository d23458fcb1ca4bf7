"""Where a request comes from, as far as it can be known."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

ONBEKEND = "onbekend"


def adres_van(request: HttpRequest) -> str:
    """The address of who asks.

    Behind our own proxy that is the last address of ``X-Forwarded-For``: the one the proxy saw itself. What stands
    before it was sent along by the visitor and says nothing. Without a proxy the whole header is a visitor's.
    """
    verbonden = request.META.get("REMOTE_ADDR", "")
    gezien = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.ACHTER_PROXY else ""
    adres = _lees(gezien) or _lees(verbonden)
    return str(adres) if adres else ONBEKEND


def netwerk_van(adres: str) -> str:
    """What one visitor holds: an IPv4 address, or the 64 bits of IPv6 that a provider hands to one connection."""
    gelezen = _lees(adres)
    return str(ip_network((gelezen, 64), strict=False)) if isinstance(gelezen, IPv6Address) else adres


def ruw_adres(adres: str) -> str:
    """Enough of an address to know one's own network by."""
    gelezen = _lees(adres)
    if gelezen is None:
        return ONBEKEND
    if isinstance(gelezen, IPv4Address):
        return ".".join(adres.split(".")[:3]) + ".…"
    return f"{ip_network((gelezen, 48), strict=False).network_address}…"


def _lees(tekst: str) -> IPv4Address | IPv6Address | None:
    try:
        adres = ip_address(tekst)
    except ValueError:
        return None
    if isinstance(adres, IPv6Address):
        return adres.ipv4_mapped or IPv6Address(int(adres))  # without the zone of a link-local address
    return adres
