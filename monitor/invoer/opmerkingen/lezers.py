"""Who may read the comments about one thing, and who may add one."""

from accounts.models import User
from accounts.rollen import Recht
from monitor.models import Opmerking
from monitor.zicht import get_te_klein, waarom_niet


def mag_lezen(user: User, plek: Opmerking) -> bool:
    """As far as the concept of it may be read; of an import its owner and who reads every concept."""
    if not _reikt(user, Recht.CONCEPT_LEZEN, plek):
        return False
    return plek.bestand is not None or (_ziet_waarde if plek.indicator else _ziet_bezetting)(user, plek)


def mag_schrijven(user: User, plek: Opmerking) -> bool:
    return _reikt(user, Recht.OPMERKING_PLAATSEN, plek) and mag_lezen(user, plek)


def _reikt(user: User, recht: Recht, plek: Opmerking) -> bool:
    """Everywhere, in the own district, of the own theme, or to the own file."""
    if user.mag_overal(recht):
        return True
    if plek.bestand:
        return plek.bestand.door_id == user.pk and user.mag(recht)
    return bool(districten_van(plek) & user.districten_met(recht) or _themas(plek) & user.themas_met(recht))


def districten_van(plek: Opmerking) -> set[str]:
    """Whose own it may be: codes of the onderdeel and of what it is part of."""
    onderdeel = plek.onderdeel
    return {een.code for een in (onderdeel, onderdeel and onderdeel.ouder) if een}


def _themas(plek: Opmerking) -> set[str]:
    return {regel.thema.slug for regel in plek.indicator.monitorregels.all()} if plek.indicator else set()


def _ziet_waarde(user: User, plek: Opmerking) -> bool:
    """What is sensitive, about staff or of few people stays as hidden as its value is."""
    indicator, onderdeel = plek.indicator, plek.onderdeel
    if indicator is None or onderdeel is None or plek.jaar is None:
        return False
    te_klein = get_te_klein(user, van=indicator).get((indicator.pk, plek.jaar), set())
    return not waarom_niet(user, indicator, onderdeel, te_klein)


def _ziet_bezetting(user: User, plek: Opmerking) -> bool:
    return _reikt(user, Recht.PERSONEEL_TEAM, plek)
