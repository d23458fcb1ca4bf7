import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from common.database.rollen import weiger_te_veel_rechten  # noqa: E402  (needs the apps)

weiger_te_veel_rechten()
