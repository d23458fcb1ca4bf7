from django.urls import path

from accounts.inloggen.views import Inloggen, Uitloggen, getypt
from accounts.kolommen.views import kolommen
from accounts.sessies.views import account, beeindig_sessies
from accounts.wachtwoord.views import wachtwoord

urlpatterns = [
    path("inloggen/", Inloggen.as_view(), name="inloggen"),
    path("uitloggen/", Uitloggen.as_view(), name="uitloggen"),
    path("getypt/", getypt, name="getypt"),
    path("account/", account, name="account"),
    path("account/sessies/", beeindig_sessies, name="sessies"),
    path("account/wachtwoord/", wachtwoord, name="wachtwoord"),
    path("kolommen/", kolommen, name="kolommen"),
]
