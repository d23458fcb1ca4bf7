"""The admin site itself: only for who manages users; a stranger is told that it does not exist."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest

from accounts.rollen import Recht
from accounts.toegang import mag


class Beheersite(AdminSite):
    site_header = "Strategiemonitor: beheer"
    site_title = "Beheer"
    index_title = "Gebruikers en rollen"

    def has_permission(self, request: HttpRequest) -> bool:
        return mag(request, Recht.GEBRUIKERS_BEHEREN)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        bewaakt = super().admin_view(view, cacheable)

        def deur(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return bewaakt(request, *args, **kwargs)

        return deur
