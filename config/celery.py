import os
import signal
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init, worker_process_init

from config.diensten.proces import sterf_met_ouder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("strategie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["accounts.berichten", "monitor.rekenen", "monitor.dashboards.grafiek", "monitor.invoer"])
app.autodiscover_tasks(["monitor.dashboards.verkennen", "sturing.duiding", "sturing.volgen"])


@worker_process_init.connect
def _sterf_mee(**_: Any) -> None:
    """A pool process ends with its worker, also when that is killed with -9."""
    sterf_met_ouder(signal.SIGKILL)


@worker_init.connect
@beat_init.connect
def _weiger_te_veel_rechten(**_: Any) -> None:
    from common.database.rollen import weiger_te_veel_rechten

    weiger_te_veel_rechten()


@worker_init.connect
def _laad_vooraf(**_: Any) -> None:
    """Once, before the pool is made: its processes share it, and no task waits for it."""
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401
