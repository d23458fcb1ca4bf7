# Imported here so that @shared_task finds this app in every process, also in the web server.
from config.celery import app as celery_app

__all__ = ["celery_app"]
