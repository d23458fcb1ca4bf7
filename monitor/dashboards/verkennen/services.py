"""Keeping a question under a name, sharing it and throwing it away. Only its owner does; sharing leaves a trace."""

from django.db import transaction

from accounts.models import User
from common.tekst.tekens import zichtbaar
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, bewaakt
from monitor.models import Verkenning

_HERKOMST = "scherm"
MEESTE_WEERGAVEN = 50
LANGSTE_NAAM = Verkenning._meta.get_field("naam").max_length or 0
LANGSTE_VRAAG = Verkenning._meta.get_field("vraag").max_length or 0
_NIET_VAN_U = "Dit is de weergave van iemand anders. U kunt die bekijken, niet wijzigen."
ZONDER_NAAM = "Geef de weergave een naam."
NAAM_BESTAAT = "U heeft al een weergave met deze naam. Kies een andere naam."
NAAM_TE_LANG = f"Deze naam is te lang: hoogstens {LANGSTE_NAAM} tekens."
ONZICHTBAAR = "In deze naam staan tekens die niemand ziet. Typ de naam opnieuw."
TE_VEEL = f"U heeft al {MEESTE_WEERGAVEN} weergaven. Verwijder er eerst een."
VRAAG_TE_GROOT = "Deze keuze is te groot om te bewaren. Kies minder, of een hele groep tegelijk."


def bewaar_weergave(*, door: User, naam: str, vraag: str) -> Verkenning:
    """Keep a question under a name. Raises Geweigerd."""
    naam = _gekeurd(naam)
    if len(vraag) > LANGSTE_VRAAG:
        raise Geweigerd(VRAAG_TE_GROOT)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=door.pk)  # so that two at once are counted one after the other
        eigen = Verkenning.objects.filter(eigenaar=door)
        if eigen.count() >= MEESTE_WEERGAVEN:
            raise Geweigerd(TE_VEEL)
        if eigen.filter(naam=naam).exists():
            raise Geweigerd(NAAM_BESTAAT)
        return Verkenning.objects.create(eigenaar=door, naam=naam, vraag=vraag)


def hernoem(*, verkenning: Verkenning, door: User, naam: str) -> None:
    """Raises Geweigerd for a name that cannot be, or is taken."""
    naam = _gekeurd(naam)
    with bewaakt("weergave hernoemen", door=door, herkomst=_HERKOMST):
        van_nu = _van(verkenning, door)
        if Verkenning.objects.filter(eigenaar=door, naam=naam).exclude(pk=van_nu.pk).exists():
            raise Geweigerd(NAAM_BESTAAT)
        van, van_nu.naam = van_nu.naam, naam
        van_nu.save(update_fields=["naam", "gewijzigd_op"])
        if van_nu.gedeeld and van != naam:
            _schrijf("hernoemen", van_nu, door, {"naam": van}, {"naam": naam})


def deel(*, verkenning: Verkenning, door: User, gedeeld: bool) -> None:
    """Let everybody who reads figures open it, or no longer."""
    with bewaakt("weergave delen", door=door, herkomst=_HERKOMST):
        van_nu = _van(verkenning, door)
        if van_nu.gedeeld == gedeeld:
            return
        van, van_nu.gedeeld = van_nu.gedeeld, gedeeld
        van_nu.save(update_fields=["gedeeld", "gewijzigd_op"])
        _schrijf("delen" if gedeeld else "niet meer delen", van_nu, door, {"gedeeld": van}, {"gedeeld": gedeeld})


def verwijder(*, verkenning: Verkenning, door: User) -> None:
    with bewaakt("weergave verwijderen", door=door, herkomst=_HERKOMST):
        van_nu = _van(verkenning, door)
        if van_nu.gedeeld:
            _schrijf("verwijderen", van_nu, door, {"naam": van_nu.naam, "gedeeld": True}, None)
        van_nu.delete()


def _gekeurd(naam: str) -> str:
    """The name without spaces around it. Raises Geweigerd."""
    schoon = " ".join(naam.split())
    if not schoon:
        raise Geweigerd(ZONDER_NAAM)
    if len(schoon) > LANGSTE_NAAM:
        raise Geweigerd(NAAM_TE_LANG)
    if zichtbaar(schoon) != schoon:
        raise Geweigerd(ONZICHTBAAR)
    return schoon


def _van(verkenning: Verkenning, door: User) -> Verkenning:
    """Locked; raises NietToegestaan when it is not this person's."""
    gevonden = Verkenning.objects.select_for_update().filter(pk=verkenning.pk).first()
    if gevonden is None or gevonden.eigenaar_id != door.pk:
        raise NietToegestaan(_NIET_VAN_U)
    return gevonden


def _schrijf(handeling: str, verkenning: Verkenning, door: User, van: dict, naar: dict | None) -> None:
    leg_vast([gebeurtenis(handeling, verkenning, door=door, herkomst=_HERKOMST, van=van, naar=naar)])
