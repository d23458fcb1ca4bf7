"""As whom a process connects, and that a site in production never connects as more than the site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from common.database.rollen import TeVeelRechten, als_eigenaar, weiger_te_veel_rechten
from config.diensten.plaats import DATABASE, EIGENAAR, LEZER, SITE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def productie(settings) -> Iterator[None]:
    """The next connection is one of production."""
    vorige = connection.settings_dict["USER"]
    connection.close()
    settings.PROEF = False
    yield
    connection.close()
    connection.settings_dict["USER"] = vorige
    settings.PROEF = True


def _wie() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(("rol", "reden"), [(DATABASE, "superuser is"), (EIGENAAR, "eigenaar is van de tabellen")])
def test_de_site_weigert_een_rol_die_te_veel_mag(productie, settings, capsys, rol, reden) -> None:
    settings.DATABASE_EIGENAAR = {}
    connection.settings_dict["USER"] = rol
    with pytest.raises(SystemExit) as gestopt:
        weiger_te_veel_rechten()
    assert gestopt.value.code == 3
    regel = f"Start afgebroken. DATABASE_URL noemt een rol die {reden}: gebruik strategie_site"
    assert capsys.readouterr().err.startswith(regel)
    with pytest.raises(TeVeelRechten):
        _wie()


@pytest.mark.parametrize("rol", [SITE, LEZER])
def test_een_rol_die_weinig_mag_begint_gewoon(productie, rol) -> None:
    connection.settings_dict["USER"] = rol
    weiger_te_veel_rechten()
    assert _wie() == rol


def test_is_de_database_weg_dan_begint_de_site_en_wordt_er_later_geoordeeld(productie) -> None:
    echt = connection.settings_dict["PORT"]
    connection.settings_dict.update(PORT=1, USER=DATABASE)
    weiger_te_veel_rechten()
    connection.settings_dict["PORT"] = echt
    with pytest.raises(TeVeelRechten):
        _wie()


def test_even_de_eigenaar_en_weer_de_site(productie) -> None:
    connection.settings_dict["USER"] = SITE
    with als_eigenaar():
        assert _wie() == EIGENAAR
        with als_eigenaar():
            assert _wie() == EIGENAAR
        assert _wie() == EIGENAAR
    assert _wie() == SITE


def test_in_productie_is_er_een_eigenaar_nodig(productie, settings) -> None:
    settings.DATABASE_EIGENAAR = {}
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL_EIGENAAR ontbreekt"), als_eigenaar():
        pass
