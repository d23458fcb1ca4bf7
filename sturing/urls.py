from django.urls import URLPattern, path

from sturing.ambities import views as ambitiepagina
from sturing.doelenboom import views as agendapaginas
from sturing.duiding import views as duidingpagina
from sturing.gebeurtenissen import views as gebeurtenispagina
from sturing.jaarplan import views as jaarplanpaginas
from sturing.jaarplan.blad import views as planbladpagina
from sturing.overleg import views as overleg
from sturing.overleg.acties import views as acties
from sturing.overleg.vragen import views as vragen
from sturing.volgen.views import sinds, volgen

urlpatterns: list[URLPattern] = [
    path("indicatoren/<slug:code>/duiding/", duidingpagina.duiding, name="indicator_duiding"),
    path("ladder/", duidingpagina.ladder, name="ladder"),
    path("themas/<slug:slug>/ambities/<int:nummer>/", ambitiepagina.ambitie, name="ambitie"),
    path("gebeurtenissen/", gebeurtenispagina.gebeurtenissen, name="gebeurtenissen"),
    path("agenda/", agendapaginas.doelenboom, name="doelenboom"),
    path("agenda/koppelingen/", agendapaginas.koppelingen, name="koppelingen"),
    path("jaarplan/", jaarplanpaginas.jaarplan, name="jaarplan"),
    path("jaarplan/<int:jaar>/", jaarplanpaginas.jaarplan_jaar, name="jaarplan_jaar"),
    path("jaarplan/<int:jaar>/nieuw/", jaarplanpaginas.planactiviteit_nieuw, name="planactiviteit_nieuw"),
    path("jaarplan/<int:jaar>/importeren/", planbladpagina.jaarplan_importeren, name="jaarplan_importeren"),
    path("jaarplan/activiteiten/<int:pk>/", jaarplanpaginas.planactiviteit, name="planactiviteit"),
    path("overleg/", overleg.overleggen, name="overleggen"),
    path("overleg/<int:pk>/", overleg.overleg, name="overleg"),
    path("vragen/nieuw/", vragen.vraag_stellen, name="vraag_stellen"),
    path("vragen/<int:pk>/", vragen.vraag, name="vraag"),
    path("acties/", acties.acties, name="acties"),
    path("acties/<int:pk>/", acties.actie, name="actie"),
    path("sinds/", sinds, name="sinds"),
    path("volgen/", volgen, name="volgen"),
]
