from django.urls import include, path

from accounts.sleutels.views import mijn_sleutels
from accounts.views import Inloggen, Uitloggen, kolommen

urlpatterns = [
    path("inloggen/", Inloggen.as_view(), name="inloggen"),
    path("uitloggen/", Uitloggen.as_view(), name="uitloggen"),
    path("kolommen/", kolommen, name="kolommen"),
    path("sleutels/", mijn_sleutels, name="sleutels"),
    *(path("", include(f"accounts.{deel}.urls")) for deel in ("beheer", "toegangslink")),
]
