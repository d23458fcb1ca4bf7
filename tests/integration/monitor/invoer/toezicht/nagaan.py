"""What a test of the workflow asks of the trail; persons and whatever else it needs are made without one."""

from django.db import connection
from django.db.models import Model

from common.spoor.keten import vind_ketenfouten
from monitor.invoer.toezicht.waarden import vind_afwijkingen


def afwijkingen_van_werk(*soorten: type[Model]) -> list[str]:
    """Every fault in the chain, and every row of these kinds that does not follow from its trail."""
    connection.check_constraints()  # the end of a transaction
    rijen = [afwijking.in_woorden for afwijking in vind_afwijkingen() if afwijking.soort in soorten]
    return [*(fout.wat for fout in vind_ketenfouten()), *rijen]
