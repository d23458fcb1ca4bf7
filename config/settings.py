from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from config import omgeving
from config.diensten import plaats

try:
    OMGEVING = omgeving.lees()
except omgeving.Instelfout as fout:
    # SystemExit: every process that reads these settings stops with this one line, without a traceback.
    raise SystemExit(f"Instelling: {fout}") from None

BASE_DIR = omgeving.BASE_DIR
DATA_DIR: Path = OMGEVING.data_dir
FIXTURES_DIR: Path = BASE_DIR / "fixtures"
PROEF = OMGEVING.proef
DEBUG = OMGEVING.debug
SECRET_KEY = OMGEVING.secret_key
ALLOWED_HOSTS = list(OMGEVING.allowed_hosts)

# A quarter's figures are due this many days after the quarter ends.
INLEVERTERMIJN_DAGEN = 30
# A number of people smaller than this is shown only to who may see small numbers.
KLEINSTE_AANTAL = Decimal(5)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_htmx",
    "csp",
    "pgtrigger",
    "common",
    "accounts",
    "formatie",
    "strategie",
    "monitor",
    "sturing",
]

MIDDLEWARE = [
    # First what sets headers: then they are on everything that comes out of the rest.
    "config.verkeer.koppen.zet_koppen",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # A page is some 60 kB: compressed a fifth, with the bytes of no meaning that keep its length from telling secrets.
    "django.middleware.gzip.GZipMiddleware",
    "config.fouten.Schrijfspoor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.verkeer.heel.eis_heel",
    "config.verkeer.leesbaar.toon_onzichtbare",
    "monitor.api.vangnet.Vangnet",
    "config.fouten.Sessie",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessies.verlengen.Verlenging",
    "config.fouten.InlogPlicht",
    "config.verkeer.tempo.houd_tempo",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.pagina",
            ],
        },
    }
]

# Database. Connections are kept: a new one per request triples the time of a page.
_DATABASE: dict[str, Any] = (
    environ.Env.db_url_config(OMGEVING.database_url) if OMGEVING.database_url else plaats.database(DATA_DIR)
)
DATABASES = {
    "default": {
        **_DATABASE,
        "ENGINE": "config.web.database",  # Django's own, with an end to its waiting
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Over a network: a database that went without a word is given up after half a minute.
        "OPTIONS": {
            "connect_timeout": 2,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 4,
            "tcp_user_timeout": 30_000,
            **_DATABASE.get("OPTIONS", {}),
        },
    }
}
# Migrations and copies connect as the owner of the tables; every other process as the site. Empty: one role for both.
DATABASE_EIGENAAR: dict[str, Any] = {}
if OMGEVING.database_url_eigenaar:
    _EIGENAAR = environ.Env.db_url_config(OMGEVING.database_url_eigenaar)
    DATABASE_EIGENAAR = {naam: _EIGENAAR[naam] for naam in ("USER", "PASSWORD", "HOST", "PORT")}
elif not OMGEVING.database_url:
    DATABASE_EIGENAAR = {"USER": plaats.EIGENAAR}
SITEROL, LEZERROL = plaats.SITE, plaats.LEZER
# Where a program of PostgreSQL is, such as pg_dump; it searches only when asked.
ZOEK_POSTGRES = partial(plaats.zoek_postgres, OMGEVING.pg_bin)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Log-in
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/inloggen/"
PASSWORD_HASHERS = ["config.web.wachtwoord.OpBeurt"]
# One rule for every password. The names of these models are no secret here.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.wachtwoord.regels.Wachtwoordregels",
        "OPTIONS": {"modellen": ["formatie.Onderdeel", "formatie.Gemeente", "strategie.Thema"]},
    },
]
# What a role can be for: model, its key, and which of its rows.
ROLGEBIEDEN: dict[str, tuple[str, str, dict[str, str]]] = {
    "onderdeel_code": ("formatie.Onderdeel", "code", {"soort": "district"}),
    "thema_slug": ("strategie.Thema", "slug", {}),
    "gemeente_slug": ("formatie.Gemeente", "slug", {}),
}
# Only behind our own proxy is the last address of X-Forwarded-For the visitor's (accounts/inloggen/adres.py).
ACHTER_PROXY = OMGEVING.achter_proxy

# Language and time
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# Static files: our own, and third-party files that are installed and not in the repository
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATICFILES_DIRS = [folder for folder in (BASE_DIR / "static", BASE_DIR / "static_vendor") if folder.is_dir()]
STATICFILES_FINDERS = [
    "config.stijlblad.Stijlbladvinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "media"
# Names of installed files change with their content: the browser may keep them for a year.
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The grid of a quarter is one form: some five hundred values with up to six fields and a token each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not PROEF
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/$"]
SECURE_HSTS_SECONDS = 0 if PROEF else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PROEF
SECURE_HSTS_PRELOAD = not PROEF
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OMGEVING.achter_proxy else None
# The browser keeps a cookie with __Host- for this host alone, sent over https only.
_HOST = "" if PROEF else "__Host-"
SESSION_ENGINE = "accounts.sessies.opslag"
SESSION_COOKIE_NAME = f"{_HOST}sessionid"
SESSION_COOKIE_SECURE = not PROEF
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # seconds; the longest a session lasts, see the engine
APPARAAT_COOKIE_NAME = f"{_HOST}apparaat"
CSRF_FAILURE_VIEW = "config.verkeer.oud.oud_formulier"
CSRF_COOKIE_NAME = f"{_HOST}csrftoken"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not PROEF
CSRF_COOKIE_HTTPONLY = True

# How often a minute: the API and files per person or key, wrong keys per address.
TEMPO = {"api": 300, "bestand": 60, "sleutelfout": 20}

# Whom to tell about a weak spot (config/verkeer/meldpunt.py)
BEVEILIGING_CONTACT = OMGEVING.beveiliging_contact

# Background work. The queue only hurries: what must be recomputed is a row in the database.
REDIS_URL = OMGEVING.redis_url or plaats.redis_url(DATA_DIR)
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = REDIS_URL
CELERY_RESULT_EXPIRES = 3600
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
CELERY_TASK_TRACK_STARTED = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # a queue that only lets itself be read is one that comes back, too
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,  # seconds; well above the hard time limit
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 1,
}
CELERY_REDIS_SOCKET_TIMEOUT = 5.0
CELERY_REDIS_SOCKET_CONNECT_TIMEOUT = 2.0
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULER = "config.klok.Klok"
# Each by its interval in seconds. A message that waited longer than that is overtaken by the next one.
_SCHEMA = {
    # The sweeps: what must be recomputed or read is a row, and is found although its message or worker was lost.
    "monitor.rekenen.tasks.herbereken_wachtrij": 10.0,
    "monitor.invoer.tasks.lees_wachtende": 10.0,
    "monitor.invoer.tasks.sluit_onderbroken_taken": 60.0,
    "accounts.berichten.tasks.stuur_berichten": 10.0,
    # Of these the day itself is asked for: they see in the database whether today had its turn.
    "monitor.rekenen.tasks.herbereken_kalender": 300.0,
    "monitor.invoer.tasks.herinner": 300.0,
    # Writes down what stands on another step of the ladder than the last time.
    "sturing.duiding.tasks.houd_ladder_bij": 300.0,
    "sturing.volgen.tasks.vertel_volgers": 300.0,
    # Notes the head of the trail; the first time of a day it checks the whole trail.
    "monitor.invoer.tasks.bewaak_spoor": 3600.0,
    # Once a night, after the day's own recompute: every verdict by another road.
    "monitor.invoer.tasks.reken_cijfers_na": 600.0,
}
CELERY_BEAT_SCHEDULE = {
    taak: {"task": taak, "schedule": seconden, "options": {"expires": seconden}} for taak, seconden in _SCHEMA.items()
}

# E-mail: reminders, and what happens to an account. A server that does not answer may not hold up the worker.
SITE_URL = OMGEVING.site_url
_MAIL: dict[str, Any] = environ.Env.email_url_config(OMGEVING.email_url)
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS", False), _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_HOST = _MAIL["EMAIL_HOST"] or ""
EMAIL_PORT = _MAIL["EMAIL_PORT"] or (587 if EMAIL_USE_TLS else 465 if EMAIL_USE_SSL else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"] or "", _MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = OMGEVING.email_afzender

DJANGO_TABLES2_TABLE_ATTRS = {"class": "tabel"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "regel": {
            "()": "config.verkeer.logregel.Logregel",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"strategie.beveiliging": {"level": "INFO"}, "strategie.inzage": {"level": "INFO"}},
}
