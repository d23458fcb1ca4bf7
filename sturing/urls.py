from django.urls import path

from sturing.jaarplan import views as jaarplanpaginas
from sturing.jaarplan.blad import views as planbladpagina

urlpatterns = [
    path("jaarplan/", jaarplanpaginas.jaarplan, name="jaarplan"),
    path("jaarplan/<int:jaar>/", jaarplanpaginas.jaarplan_jaar, name="jaarplan_jaar"),
    path("jaarplan/<int:jaar>/nieuw/", jaarplanpaginas.planactiviteit_nieuw, name="planactiviteit_nieuw"),
    path("jaarplan/<int:jaar>/importeren/", planbladpagina.jaarplan_importeren, name="jaarplan_importeren"),
    path("jaarplan/activiteiten/<int:pk>/", jaarplanpaginas.planactiviteit, name="planactiviteit"),
]
