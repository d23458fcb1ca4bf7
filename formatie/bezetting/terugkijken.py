"""What is known of plan and bezetting: now, or as of an earlier day, of which nobody may read more than of now.

Of districts an earlier day is only for who reads small numbers there, and of the unit others read it only where every
part had reported by then. Two days side by side then give no team.
"""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.peildatum import Nu, Toen
from formatie.bezetting.sommen import Lezerszicht, destijds
from formatie.models import Bezetting, Formatieplan
from formatie.plan.versies import besloten_op


class FormatieNu(Nu):
    """``rechten`` are what one needs to read the parts of a district; ``niet_voor_u`` says that one does not."""

    rechten = (Recht.PERSONEEL_TEAM,)
    niet_voor_u = "u mag de bezetting van dit district niet zien"

    def plannen(self) -> list[Formatieplan]:
        """The versions of the plan, in the order in which they came into force. One query."""
        return list(Formatieplan.objects.order_by("geldig_vanaf"))

    def blik(self, blik: Lezerszicht) -> Lezerszicht:
        """What of this somebody sees."""
        return blik

    def besloten(self, versies: QuerySet[Bezetting]) -> QuerySet[Bezetting]:
        """Of versions that hold or held those that were approved by then."""
        return versies

    def ziet_eenheid_half(self, user: User) -> bool:
        """Whether this user may read sums of the unit that not every part is in."""
        return True


class FormatieToen(Toen):
    rechten = (Recht.PERSONEEL_TEAM, Recht.CIJFERS_ONDER_DREMPEL)
    niet_voor_u = "van een eerdere dag mag u de bezetting van dit district niet zien"

    def plannen(self) -> list[Formatieplan]:
        """Those decided by then, as they stood."""
        return besloten_op(list(Formatieplan.objects.order_by("geldig_vanaf")), self.dag)

    def blik(self, blik: Lezerszicht) -> Lezerszicht:
        return destijds(blik)

    def besloten(self, versies: QuerySet[Bezetting]) -> QuerySet[Bezetting]:
        return versies.filter(vastgesteld_op__lte=self.moment)

    def ziet_eenheid_half(self, user: User) -> bool:
        return leest_destijds(user)


Bekend = FormatieNu | FormatieToen
NU = FormatieNu()
DESTIJDS = (*FormatieToen.rechten, Recht.PERSONEEL_DISTRICT)


def bekend_van(dag: date | None) -> Bekend:
    """What was known at the end of an earlier day; without a day, what is known now."""
    return FormatieToen(dag) if dag else NU


def leest_destijds(user: User, district: str = "") -> bool:
    """Whether this user reads the bezetting of an earlier day in full: of this district, or else of every one."""
    if not user.is_authenticated or not user.mag(Recht.CIJFERS_LEZEN):
        return False
    return all(user.mag_overal(recht) or district in user.districten_met(recht) for recht in DESTIJDS)
