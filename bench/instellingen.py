"""The settings of the site, on the scratch database and with one page more: the bare one it is compared with."""

from __future__ import annotations

import os
from pathlib import Path

from config.settings import *  # noqa: F403  # every setting of the site, but for those below
from config.settings import BASE_DIR, DATABASES, REDIS_URL, TEMPLATES

DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
# A queue of its own: no worker of a running site may take its tasks.
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = f"{REDIS_URL}?virtual_host=9"
ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates", BASE_DIR / "bench" / "sjablonen"]
if "BENCH_STATIC_ROOT" in os.environ:  # the files as a reader gets them, gathered for this run
    STATIC_ROOT = Path(os.environ["BENCH_STATIC_ROOT"])
else:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
