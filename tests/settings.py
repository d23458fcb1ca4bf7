"""Settings of the tests: the real ones, on servers of this test session's own."""

from __future__ import annotations

import os

from config.diensten import plaats
from tests import proefserver

# Before the real settings are read: nothing from the developer's own environment may reach a test.
os.environ.update(proefserver.omgeving())

from config.settings import *  # noqa: F403
from config.settings import DATABASES, REDIS_URL

# The test database is made, and emptied after a test with transactions, by the superuser; a test itself is the site.
DATABASES["default"]["USER"] = plaats.DATABASE

# A worker process that a test starts is told the name of the test database.
if os.environ.get(proefserver.DATABASENAAM):
    DATABASES["default"]["NAME"] = os.environ[proefserver.DATABASENAAM]
    DATABASES["default"]["USER"] = plaats.SITE

# Every test process has its own numbered database in Valkey.
REDIS_URL = f"{REDIS_URL}?virtual_host={proefserver.nummer()}"
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = REDIS_URL

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

# Every page as every role within a minute is what tests do, not people; the test of the limit sets its own.
TEMPO = dict.fromkeys(TEMPO, 1_000_000)  # noqa: F405
