from django.urls import URLPattern, URLResolver, include, path

from config.gezondheid import gezondheid
from config.verkeer.meldpunt import security_txt
from monitor.api.api import api

handler400 = "config.fouten.onleesbaar"
handler404 = "config.fouten.niet_gevonden"
handler500 = "config.fouten.fout"

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezondheid/", gezondheid, name="gezondheid"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("api/v1/", api.urls),
    # Each app names its own pages, from the root of the site.
    *(path("", include(f"{app}.urls")) for app in ("accounts", "formatie", "monitor", "sturing")),
]
