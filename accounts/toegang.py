"""The door of every page: a view names the right it asks for, and nothing is open by accident."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.inloggen.zonder_rol import zonder_rol
from accounts.rollen import Recht

View = Callable[..., HttpResponseBase]


def vereist(*rechten: Recht, bekend_bij: Recht | None = None) -> Callable[[View], View]:
    """Ask for a right, or for one of several. Without it the page does not exist (404).

    Who holds ``bekend_bij`` knows that the page exists and is told that it is not for them (403). Who has no role at
    all is told on every page whom to ask.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def bewaakt(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if any(mag(request, recht) for recht in rechten):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated and not request.user.vervullingen:
                return zonder_rol(request)
            raise PermissionDenied if bekend_bij and mag(request, bekend_bij) else Http404

        return bewaakt

    return decorator


def mag(request: HttpRequest, recht: Recht) -> bool:
    """Whether who asks is logged in and has the right anywhere at all."""
    return request.user.is_authenticated and request.user.mag(recht)


_ZOUT = "formulier"


def merk_van(request: HttpRequest) -> str:
    """Whose page this is, so that what is typed on it is given back to nobody else."""
    return signing.Signer(salt=_ZOUT).sign(str(request.user.pk))


def van_wie(merk: str) -> str:
    """The id in such a mark. Raises BadSignature."""
    return signing.Signer(salt=_ZOUT).unsign(merk)
