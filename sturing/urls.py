from django.urls import URLPattern, path

from sturing.overleg import views as overleg
from sturing.overleg.acties import views as acties
from sturing.overleg.vragen import views as vragen

urlpatterns: list[URLPattern] = [
    path("overleg/", overleg.overleggen, name="overleggen"),
    path("overleg/<int:pk>/", overleg.overleg, name="overleg"),
    path("vragen/nieuw/", vragen.vraag_stellen, name="vraag_stellen"),
    path("vragen/<int:pk>/", vragen.vraag, name="vraag"),
    path("acties/", acties.acties, name="acties"),
    path("acties/<int:pk>/", acties.actie, name="actie"),
]
