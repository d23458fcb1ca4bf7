"""What the persons of the demo follow; their mails begin where the demo ends."""

from datetime import timedelta

from monitor.demo.verhaal import HERKOMST, Verhaal
from sturing.lezen.volgingen import vind_volgbaar
from sturing.models import Volging, Volgstand
from sturing.volgen.services import volg


def laat_volgen(verhaal: Verhaal) -> None:
    if Volging.objects.exists():
        return
    gisteren = (verhaal.nu - timedelta(days=1)).date()
    for geval in verhaal.lees("volgen")["volging"]:
        persoon = verhaal.personen.get(geval["wie"])
        if persoon and vind_volgbaar(geval["soort"], geval["sleutel"]):
            op = verhaal.op(verhaal.opdracht.tot, geval["dag"])
            volg(geval["soort"], geval["sleutel"], door=persoon, herkomst=HERKOMST, op=op, demo=True)
            Volgstand.objects.filter(user=persoon).update(verteld_tot=gisteren)
