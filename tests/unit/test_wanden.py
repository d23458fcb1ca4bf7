"""The walls bite: each rule, on a made-up house of a few files in which just that is wrong."""

from __future__ import annotations

import pytest

from scripts.wanden import keuring
from scripts.wanden.afspraken import DUBBEL
from scripts.wanden.boom import Boom, lees_boom

PYPROJECT = '[project]\ndependencies = ["django~=5.2", "psycopg[binary]~=3.3", "django-csp~=4.0", "gunicorn~=27.0"]\n'
SOM = "monitor/dashboards/oordeel/som.py"


@pytest.fixture
def bouw(tmp_path):
    def _bouw(bestanden: dict[str, str]) -> Boom:
        for naam, tekst in {"pyproject.toml": PYPROJECT, **bestanden}.items():
            (tmp_path / naam).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / naam).write_text(tekst, encoding="utf-8")
        return lees_boom(tmp_path, sorted(tmp_path.rglob("*.*")))

    return _bouw


def test_een_naam_zonder_bestand_valt_op(bouw):
    zonder = keuring.namen_zonder_bestand(bouw({"common/tekst/getallen.py": "A = 1\n"}))
    assert "common.tekst.getallen" not in zonder
    assert {"common.tekst.periode", "monitor.rekenen.regels", "monitor.api", "config.celery"} <= zonder


def test_een_map_telt_als_naam_voor_alles_wat_erin_ligt(bouw):
    boom = bouw({"monitor/rekenen/regels/nieuw.py": "from django.db import models\n"})
    assert "monitor.rekenen.regels" not in keuring.namen_zonder_bestand(boom)
    assert keuring.onzuiver(boom) == {"monitor.rekenen.regels.nieuw -> django.db.models"}


@pytest.mark.parametrize(
    ("van", "regel", "naar"),
    [
        ("common/jobs", "from accounts import rollen", "accounts/rollen"),
        ("formatie/keuze", "import strategie.lezen", "strategie/lezen"),
        ("monitor/rekenen/cijfers", "from monitor.invoer.regels.twijfel import A", "monitor/invoer/regels/twijfel"),
        ("monitor/dashboards/keuze", "from monitor.invoer.meting import services", "monitor/invoer/meting/services"),
        ("monitor/api/cijfers", "from monitor.invoer import selectors", "monitor/invoer/selectors"),
        ("monitor/invoer/rooster/a", "from monitor.dashboards import keuze", "monitor/dashboards/keuze"),
        ("monitor/models/meting", "def f():\n    from monitor.zicht import A", "monitor/zicht"),
        ("accounts/services", "from config import settings", "config/settings"),
        ("common/locks", "if TYPE_CHECKING:\n    from formatie.keuze import A", "formatie/keuze"),
    ],
)
def test_een_import_die_klimt_gaat_door_geen_deur(bouw, van, regel, naar):
    boom = bouw({f"{van}.py": f"{regel}\n", f"{naar}.py": "A = 1\n"})
    assert keuring.deuren(boom) == {f"{van} -> {naar}".replace("/", ".")}


def test_een_open_deur_laat_door(bouw):
    boom = bouw(
        {
            "monitor/invoer/tasks.py": "from config.celery import app\nfrom monitor.models import Meting\n",
            "monitor/models/__init__.py": "from common.jobs import A\n",
            "common/jobs.py": "A = 1\n",
            "config/celery.py": "app = 1\n",
        }
    )
    assert keuring.deuren(boom) == keuring.zonder_kamer(boom) == keuring.lagen(boom) == set()


def test_een_module_zonder_kamer_valt_op(bouw):
    boom = bouw({"monitor/los.py": "A = 1\n", "monitor/nieuw/views.py": "A = 1\n", "monitor/__init__.py": ""})
    assert keuring.zonder_kamer(boom) == {"monitor.los", "monitor.nieuw.views"}


@pytest.mark.parametrize(
    ("van", "naar"),
    [("selectors", "services"), ("services", "tables"), ("forms", "views"), ("views", "urls"), ("rijen", "forms")],
)
def test_een_lage_laag_weet_niets_van_een_hoge(bouw, van, naar):
    laag, hoog = f"formatie.plan.{van}", f"formatie.plan.{naar}"
    eerst, dan = f"formatie/plan/{van}.py", f"formatie/plan/{naar}.py"
    assert keuring.lagen(bouw({eerst: f"import {hoog}\n", dan: ""})) == {f"{laag} -> {hoog}"}
    assert not keuring.lagen(bouw({eerst: "", dan: f"import {laag}\n"}))


def test_een_module_zonder_rol_is_geen_omweg_naar_boven(bouw):
    boom = bouw(
        {
            "formatie/plan/selectors.py": "from formatie.plan.rijen import A\n",
            "formatie/plan/rijen.py": "def f():\n    from formatie.plan import services\n",
            "formatie/plan/services.py": "",
        }
    )
    assert keuring.lagen(boom) == {"formatie.plan.selectors -> formatie.plan.rijen -> formatie.plan.services"}


def test_een_ander_gebruikt_geen_schermen(bouw):
    boom = bouw(
        {
            "formatie/plan/views.py": "from formatie.district import services, stand, tables\n",
            "formatie/urls.py": "from formatie.district import tables\nfrom formatie.plan import views\n",
            **{f"formatie/district/{naam}.py": "" for naam in ("services", "stand", "tables")},
            "formatie/district/views.py": "from formatie.district import tables\n",
        }
    )
    assert keuring.gesloten(boom) == {"formatie.plan.views -> formatie.district.tables"}


@pytest.mark.parametrize("tekst", ["from . import b\n", "from importlib import import_module\n"])
def test_een_import_staat_er_voluit(bouw, tekst):
    assert len(keuring.verborgen_imports(bouw({"common/a.py": tekst, "common/b.py": ""}))) == 1


@pytest.mark.parametrize(
    "via",
    [
        "from django.db.models import Q\n",
        "def f():\n    import psycopg\n",
        "from monitor.models import Meting\n",
        "class K:\n    from django.apps import apps\n",
    ],
)
def test_onzuiver_is_men_ook_via_een_ander(bouw, via):
    begin = "def f():\n    from monitor.dashboards.tussen import A\n"
    boom = bouw({SOM: begin, "monitor/dashboards/tussen.py": via, "monitor/models/__init__.py": ""})
    (fout,) = keuring.onzuiver(boom)
    assert fout.startswith("monitor.dashboards.oordeel.som -> monitor.dashboards.tussen -> ")


def test_onzuiver_is_men_ook_door_het_pakket_eromheen(bouw):
    boom = bouw({SOM: "A = 1\n", "monitor/dashboards/__init__.py": "import django\n"})
    assert keuring.onzuiver(boom) == {"monitor.dashboards.oordeel.som -> monitor.dashboards -> django"}


def test_een_import_voor_de_typen_maakt_niet_onzuiver(bouw):
    tekst = "if TYPE_CHECKING:\n    from django.db import models\nelse:\n    from decimal import Decimal\n"
    assert not keuring.onzuiver(bouw({SOM: tekst}))
    assert keuring.onzuiver(bouw({SOM: tekst.replace("decimal", "django")}))


def test_een_kring_valt_op_ook_in_een_functie(bouw):
    terug = "def f():\n    try:\n        from common.a import A\n    except ImportError:\n        pass\n"
    boom = bouw({"common/a.py": "import common.b\n", "common/b.py": "import common.c\n", "common/c.py": terug})
    assert keuring.kringen_in_functies(boom) == {"common.a <-> common.b <-> common.c"}
    assert not keuring.kringen_bij_laden(boom)
    boom = bouw({"common/c.py": "import common.a\n"})
    assert keuring.kringen_bij_laden(boom) == {"common.a <-> common.b <-> common.c"}


def test_alleen_een_type_mag_terugwijzen(bouw):
    terug = "import typing\nif typing.TYPE_CHECKING:\n    from common.a import A\n"
    assert not keuring.kringen_in_functies(bouw({"common/a.py": "from common import b\n", "common/b.py": terug}))
    terug = "import typing\nif not TYPE_CHECKING:\n    from common.a import A\n"
    assert keuring.kringen_in_functies(bouw({"common/b.py": terug})) == {"common.a <-> common.b"}


def test_een_volle_map_en_een_lang_bestand_vallen_op(bouw):
    vol = {f"common/m{nummer}.py": "" for nummer in range(14)} | {"common/tekst/a.py": "", "common/__init__.py": ""}
    vol |= {"common/migrations/a.py": "", "common/templates/a.html": ""}
    assert keuring.per_map(bouw(vol)) == {"common": 15, "common.tekst": 1}
    assert not keuring.volle_mappen(bouw(vol))
    boom = bouw({"common/erbij.py": "A = 1\n" * 401, "common/m1.py": "A = 1\n" * 400})
    assert keuring.volle_mappen(boom) == {"common"}
    assert keuring.lange_bestanden(boom) == {"common.erbij"}


def test_een_rol_is_een_hele_naam_en_een_voorvoegsel_een_map(bouw):
    goed = [
        "plan/views",
        "plan/als_record",
        "pagina/tabellen",
        "management/commands/laad_a",
        "management/commands/laad_b",
    ]
    fout = ["plan/roosterpaginas", "plan/planviews", "district/a_een", "district/a_twee", "district/plan_zin"]
    boom = bouw({f"formatie/{naam}.py": "" for naam in goed + fout})
    assert keuring.rol_in_naam(boom) == {f"formatie.{naam}".replace("/", ".") for naam in fout}


@pytest.fixture
def geen_redenen(monkeypatch):
    for app in list(DUBBEL):
        monkeypatch.delitem(DUBBEL, app)


@pytest.mark.usefixtures("geen_redenen")
def test_een_naam_betekent_een_ding_in_een_app(bouw, monkeypatch):
    boom = bouw(
        {
            "formatie/a.py": "class Cel: pass\n_eigen = 1\nLEEG: int = 0\nurlpatterns = []\n",
            "formatie/b.py": "def Cel(): pass\n_eigen = 1\nLEEG, VOL = 1, 2\nurlpatterns = []\n",
            "formatie/c.py": "from formatie.b import VOL\n",
            "common/a.py": "VOL = 1\n",
        }
    )
    assert keuring.dubbel_zonder_reden(boom) == {"formatie: Cel", "formatie: LEEG"}
    monkeypatch.setitem(DUBBEL, "formatie", {"Cel": "van een tabel", "VOL": "bestaat maar een keer"})
    assert keuring.dubbel_zonder_reden(boom) == {"formatie: LEEG"}
    assert keuring.reden_zonder_dubbel(boom) == {"formatie: VOL"}


@pytest.mark.usefixtures("geen_redenen")
def test_de_lijst_van_dubbele_namen_is_kort(bouw, monkeypatch):
    namen = [f"N{nummer}" for nummer in range(11)]
    boom = bouw({f"formatie/{letter}.py": "".join(f"{naam} = 1\n" for naam in namen) for letter in "ab"})
    monkeypatch.setitem(DUBBEL, "formatie", dict.fromkeys(namen, "reden"))
    assert keuring.reden_zonder_dubbel(boom) == {"formatie: 11 names"}


def test_pakketten_en_imports_horen_bij_elkaar(bouw):
    boom = bouw(
        {
            "config/settings.py": 'import os\nM = ["csp.middleware.A", "Zie gunicorn. Dat draait."]\n',
            "common/a.py": "from django.db import models\nimport numpy\nif TYPE_CHECKING:\n    import psycopg\n",
        }
    )
    assert keuring.pakket_zonder_import(boom) == {"gunicorn", "psycopg"}
    assert keuring.import_zonder_pakket(boom) == {"numpy"}
    assert keuring.pakket_zonder_import(bouw({"config/start.py": 'O = ("-m", "gunicorn")\n'})) == {"psycopg"}


def test_een_pakket_dat_alleen_een_script_zoekt_moet_dat_script_noemen(bouw, monkeypatch):
    monkeypatch.setitem(keuring.DOOR_SCRIPT, "plotly", "scripts/assets.py")
    afhankelijk = {"pyproject.toml": '[project]\ndependencies = ["plotly~=7.1"]\n'}
    gezocht = bouw({**afhankelijk, "scripts/assets.py": 'spec = find_spec("plotly")\n'})
    assert keuring.pakket_zonder_import(gezocht) == set()
    assert keuring.pakket_zonder_import(bouw({**afhankelijk, "scripts/assets.py": "# plotly\n"})) == {"plotly"}
