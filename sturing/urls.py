from django.urls import URLPattern, path

from sturing.ambities import views as ambitiepagina
from sturing.gebeurtenissen import views as gebeurtenispagina

urlpatterns: list[URLPattern] = [
    path("themas/<slug:slug>/ambities/<int:nummer>/", ambitiepagina.ambitie, name="ambitie"),
    path("gebeurtenissen/", gebeurtenispagina.gebeurtenissen, name="gebeurtenissen"),
]
