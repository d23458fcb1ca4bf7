from django.urls import path

from formatie.district import views as districtpagina
from formatie.plan import views
from formatie.scenario import views as scenario
from sturing.lezen.gebeurtenissen import lees_tijdlijn

urlpatterns = [
    path("formatie/", views.formatie, name="formatie"),
    path("formatie/controle/", views.controle, name="formatie_controle"),
    path("formatie/versies/<slug:slug>/", views.versie, name="formatie_versie"),
    path(
        "formatie/districten/<slug:code>/",
        districtpagina.district,
        {"lees_tijdlijn": lees_tijdlijn},
        name="formatie_district",
    ),
    path("formatie/districten/<slug:code>/scenarios/", scenario.scenarios, name="formatie_scenarios"),
    path("formatie/districten/<slug:code>/scenarios/<int:nummer>/", scenario.scenario, name="formatie_scenario"),
]
