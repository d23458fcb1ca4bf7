"""What someone reads who is logged in and may see nothing: whom to ask, or from which day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import BEHEERDER


def zonder_rol(request: HttpRequest) -> HttpResponse:
    vandaag = timezone.localdate()
    straks = Rolvervulling.objects.filter(user=request.user.pk, geldig_vanaf__gt=vandaag).order_by("geldig_vanaf")
    context = {"straks": straks.first(), "beheerders": _beheerders()}
    return render(request, "accounts/zonder_rol.html", context, status=403)


def _beheerders() -> list[User]:
    nu = Rolvervulling.objects.geldig_op(timezone.localdate()).filter(rol=BEHEERDER.code)
    return list(User.objects.filter(is_active=True, rolvervullingen__in=nu).distinct())
