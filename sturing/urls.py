from django.urls import URLPattern, path

from sturing.ambities import views as ambitiepagina
from sturing.doelenboom import views as agendapaginas
from sturing.duiding import views as duidingpagina
from sturing.gebeurtenissen import views as gebeurtenispagina
from sturing.jaarplan import views as jaarplanpaginas

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
    path("jaarplan/<int:jaar>/importeren/", jaarplanpaginas.jaarplan_importeren, name="jaarplan_importeren"),
    path("jaarplan/activiteiten/<int:pk>/", jaarplanpaginas.planactiviteit, name="planactiviteit"),
]
