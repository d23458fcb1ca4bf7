"""Which files someone left while they were read, kept in the session: any page that follows says when one is done."""

from django.http import HttpRequest

from monitor.invoer.importeren.selectors import Gevolgd, get_gevolgd

_VOLGT = "imports"
_MEESTE = 20


def volg(request: HttpRequest, pk: int) -> None:
    request.session[_VOLGT] = [*request.session.get(_VOLGT, []), pk][-_MEESTE:]


def is_gezien(request: HttpRequest, pk: int) -> None:
    if pk in (volgt := request.session.get(_VOLGT, [])):
        request.session[_VOLGT] = [een for een in volgt if een != pk]


def lees_gevolgd(request: HttpRequest) -> Gevolgd:
    """Without a query for who follows nothing."""
    volgt = request.session.get(_VOLGT, []) if request.user.is_authenticated else []
    return get_gevolgd(request.user, volgt) if volgt else Gevolgd()  # type: ignore[arg-type]  # who is logged in
