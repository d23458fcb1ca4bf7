from django.urls import path

from accounts.views import Inloggen, Uitloggen, kolommen

urlpatterns = [
    path("inloggen/", Inloggen.as_view(), name="inloggen"),
    path("uitloggen/", Uitloggen.as_view(), name="uitloggen"),
    path("kolommen/", kolommen, name="kolommen"),
]
