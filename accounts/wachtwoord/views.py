"""The page on which everybody changes their own password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.wachtwoord.forms import Wachtwoordformulier
from accounts.wachtwoord.services import wijzig_wachtwoord


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def wachtwoord(request: HttpRequest) -> HttpResponse:
    formulier = Wachtwoordformulier(request.user, request.POST if request.method == "POST" else None)  # type: ignore[arg-type]  # logged in
    if formulier.is_valid():
        wijzig_wachtwoord(request, request.user, formulier.cleaned_data["nieuw_wachtwoord"])  # type: ignore[arg-type]  # logged in
        messages.success(request, "Uw wachtwoord is gewijzigd. Uw andere sessies zijn beëindigd.")
        return redirect("account")
    status = 400 if formulier.is_bound else 200
    return render(request, "accounts/wachtwoord.html", {"form": formulier}, status=status)
