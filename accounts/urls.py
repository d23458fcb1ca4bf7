from django.urls import include, path

from accounts.inloggen.views import Inloggen, Uitloggen, getypt
from accounts.kolommen.views import kolommen
from accounts.sessies.views import account, eindig, herinnering, kalenderadres
from accounts.sleutels.views import mijn_sleutels
from accounts.wachtwoord.views import wachtwoord

urlpatterns = [
    path("inloggen/", Inloggen.as_view(), name="inloggen"),
    path("uitloggen/", Uitloggen.as_view(), name="uitloggen"),
    path("getypt/", getypt, name="getypt"),
    path("account/", account, name="account"),
    path("account/sessies/", eindig, name="sessies"),
    path("account/herinnering/", herinnering, name="herinnering"),
    path("account/kalender/", kalenderadres, name="kalenderadres"),
    path("account/wachtwoord/", wachtwoord, name="wachtwoord"),
    path("kolommen/", kolommen, name="kolommen"),
    path("sleutels/", mijn_sleutels, name="sleutels"),
    *(path("", include(f"accounts.{deel}.urls")) for deel in ("beheer", "toegangslink")),
]
