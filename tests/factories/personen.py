from __future__ import annotations

import factory

from accounts.models import Rolvervulling, User

WACHTWOORD = "een-lang-wachtwoord"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence("persoon-{}".format)
    password = factory.django.Password(WACHTWOORD)


def maak_persoon(rol: str, naam: str = "", onderdeel: str = "", thema: str = "", gemeente: str = "") -> User:
    """A person who fills one role; named after it unless told otherwise."""
    user = UserFactory(username=naam or rol)
    waar = {"onderdeel_code": onderdeel, "thema_slug": thema, "gemeente_slug": gemeente}
    Rolvervulling.objects.get_or_create(user=user, rol=rol, **waar)
    return user
