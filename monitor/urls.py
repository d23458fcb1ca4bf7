from django.contrib.auth.decorators import login_not_required
from django.urls import path, register_converter
from django.views.generic import TemplateView

from common.pagina.peildatum import Kwartaalpad
from monitor.dashboards import taken, zoeken
from monitor.dashboards.gemeente import views as gemeenteviews
from monitor.dashboards.indicator import views as indicatorpagina
from monitor.dashboards.naslag import views as naslag
from monitor.dashboards.overzicht import views
from monitor.dashboards.team import views as teamviews
from monitor.dashboards.verkennen import views as verkenpaginas
from monitor.invoer.bezetting import views as bezetting
from monitor.invoer.eigenaren import views as eigenaarpagina
from monitor.invoer.importeren import views as importpaginas
from monitor.invoer.importeren import views as uitvoerpaginas
from monitor.invoer.kwartaal import views as afsluitpaginas
from monitor.invoer.opmerkingen import views as opmerkpaginas
from monitor.invoer.rooster import views as roosterpaginas
from monitor.invoer.toezicht import views as spoorpagina
from monitor.invoer.vaststellen import views as besluitpagina
from monitor.invoer.vaststellen.geschiedenis import van_bezetting, van_meting
from monitor.invoer.vaststellen.soorten import (
    AMBITIESTAND,
    BEZETTING,
    DEFINITIE,
    DOEL,
    DUIDING,
    GRENS,
    KOPPELING,
    METING,
    ORGANISATIE,
)
from monitor.invoer.voorstellen.definitiebladen import views as definitiepaginas
from monitor.invoer.voorstellen.doelen import views as doelpaginas
from monitor.invoer.voorstellen.grenzen import views as grenspaginas
from monitor.invoer.voorstellen.organisatie import views as organisatiepaginas
from monitor.invoer.voorstellen.organisatie.planversie import views as planversiepaginas
from monitor.invoer.voorstellen.organisatie.teams import views as teampaginas
from monitor.invoer.werklijst import views as werklijstpagina
from monitor.invoer.werklijst.voor_mij import views as eigen_lijst

toegankelijkheid = login_not_required(TemplateView.as_view(template_name="toegankelijkheid.html"))

register_converter(Kwartaalpad, "kwartaal")

urlpatterns = [
    path("", views.overzicht, name="overzicht"),
    path("themas/", views.themas, name="themas"),
    path("themas/<slug:slug>/", views.thema, name="thema"),
    path("indicatoren/", views.indicatorenlijst, name="indicatoren"),
    path("indicatoren/<slug:code>/", indicatorpagina.indicator, name="indicator"),
    path("indicatoren/<slug:code>/oordeel/", indicatorpagina.oordeelpagina, name="indicator_oordeel"),
    path("gemeenten/", gemeenteviews.gemeenten, name="gemeenten"),
    path("gemeenten/<slug:slug>/", gemeenteviews.gemeente, name="gemeente"),
    path("onderdelen/<slug:code>/", teamviews.onderdeel, name="onderdeel"),
    path("verkennen/", verkenpaginas.verkennen, name="verkennen"),
    path("verkennen/weergaven/<int:nummer>/", verkenpaginas.verkenning, name="verkenning"),
    path("voor-mij/", eigen_lijst.voor_mij, name="voor_mij"),
    path("kalender/<int:nummer>/<slug:geheim>.ics", eigen_lijst.kalender, name="kalender"),
    path("invoer/", werklijstpagina.werklijst, name="invoer"),
    path("invoer/<kwartaal:kwartaal>/sluiten/", afsluitpaginas.sluiten, name="kwartaal_sluiten"),
    path("invoer/<kwartaal:kwartaal>/heropening/", afsluitpaginas.heropening, name="kwartaal_heropening"),
    path("indicatoren/<slug:code>/doelen/", doelpaginas.doelen, name="indicator_doelen"),
    path("indicatoren/<slug:code>/definitie/", definitiepaginas.definitie, name="indicator_definitie"),
    path("indicatoren/<slug:code>/grenzen/", grenspaginas.grensbesluiten, name="indicator_grenzen"),
    path("invoer/importeren/", importpaginas.importeren, name="importeren"),
    path("invoer/importeren/sjabloon.<slug:formaat>", importpaginas.sjabloon, name="importsjabloon"),
    path("invoer/importeren/bezetting.<slug:formaat>", importpaginas.bezettingsjabloon, name="bezettingsjabloon"),
    path("invoer/importeren/uitvoer.<slug:formaat>", uitvoerpaginas.uitvoer, name="importuitvoer"),
    path("invoer/importeren/klaar/", importpaginas.melding, name="importmelding"),
    path("invoer/importeren/koppelingen/", importpaginas.vergeet_kop, name="importkoppelingen"),
    path("invoer/importeren/<int:pk>/", importpaginas.bestand, name="importbestand"),
    path("invoer/importeren/<int:pk>/rijen.<slug:formaat>", importpaginas.rijen, name="importrijen"),
    path("invoer/<kwartaal:kwartaal>/", roosterpaginas.rooster, name="invoer_kwartaal"),
    path("invoer/<kwartaal:kwartaal>/bewaar/", roosterpaginas.bewaar, name="invoer_bewaar"),
    path("vaststellen/", besluitpagina.vaststellen(), name="vaststellen"),
    path("vaststellen/vandaag/", besluitpagina.vandaag, name=besluitpagina.VANDAAG),
    path("vaststellen/waarden/", besluitpagina.vaststellen(METING), name=METING.pagina),
    path("vaststellen/bezetting/", besluitpagina.vaststellen(BEZETTING), name=BEZETTING.pagina),
    path("vaststellen/doelen/", besluitpagina.vaststellen(DOEL), name=DOEL.pagina),
    path("vaststellen/definities/", besluitpagina.vaststellen(DEFINITIE), name=DEFINITIE.pagina),
    path("vaststellen/grenzen/", besluitpagina.vaststellen(GRENS), name=GRENS.pagina),
    path("vaststellen/organisatie/", besluitpagina.vaststellen(ORGANISATIE), name=ORGANISATIE.pagina),
    path("vaststellen/duidingen/", besluitpagina.vaststellen(DUIDING), name=DUIDING.pagina),
    path("vaststellen/ambities/", besluitpagina.vaststellen(AMBITIESTAND), name=AMBITIESTAND.pagina),
    path("vaststellen/koppelingen/", besluitpagina.vaststellen(KOPPELING), name=KOPPELING.pagina),
    path("beheer/", organisatiepaginas.beheer, name="beheer"),
    path("beheer/inwoners/", organisatiepaginas.inwoners, name="beheer_inwoners"),
    path("beheer/agendas/", organisatiepaginas.agendas, name="beheer_agendas"),
    path("beheer/formatieplan/", planversiepaginas.formatieplan, name="beheer_formatieplan"),
    path("beheer/formatieplan/<slug:slug>.<slug:formaat>", planversiepaginas.planblad, name="beheer_planblad"),
    path("beheer/organisatie/", teampaginas.teams, name="beheer_organisatie"),
    path("beheer/werkgebieden/", organisatiepaginas.werkgebieden, name="beheer_werkgebieden"),
    path("invoer/bezetting/", bezetting.nu, name="bezetting"),
    path("invoer/<kwartaal:kwartaal>/bezetting/", bezetting.invoer, name="invoer_bezetting"),
    path("bezetting/<int:pk>/geschiedenis/", besluitpagina.geschiedenis(van_bezetting), name="bezetting_geschiedenis"),
    path("metingen/<int:pk>/geschiedenis/", besluitpagina.geschiedenis(van_meting), name="geschiedenis"),
    path("beheer/eigenaren/", eigenaarpagina.eigenaren, name="eigenaren"),
    path(
        "opmerkingen/<kwartaal:kwartaal>/<slug:indicator>/<slug:onderdeel>/",
        opmerkpaginas.bij_waarde,
        name="opmerkingen_bij_waarde",
    ),
    path(
        "opmerkingen/<kwartaal:kwartaal>/bezetting/<slug:onderdeel>/<slug:soort>/",
        opmerkpaginas.bij_bezetting,
        name="opmerkingen_bij_bezetting",
    ),
    path("opmerkingen/import/<int:pk>/", opmerkpaginas.bij_import, name="opmerkingen_bij_import"),
    path("taken/", taken.taken, name="taken"),
    path("spoor/", spoorpagina.spoor, name="spoor"),
    path("zoeken/", zoeken.zoeken, name="zoeken"),
    path("hulp/", naslag.hulp, name="hulp"),
    path("begrippen/", naslag.begrippen, name="begrippen"),
    path("stijl/", naslag.stijl, name="stijl"),
    path("stijl/themas.css", naslag.stijl_themas, name="stijl_themas"),
    path("toegankelijkheid/", toegankelijkheid, name="toegankelijkheid"),
]
