from django.urls import path

from sturing.duiding import views as duidingpagina

urlpatterns = [
    path("indicatoren/<slug:code>/duiding/", duidingpagina.duiding, name="indicator_duiding"),
    path("ladder/", duidingpagina.ladder, name="ladder"),
]
