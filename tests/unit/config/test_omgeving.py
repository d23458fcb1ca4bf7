from __future__ import annotations

import pytest

from config.omgeving import Instelfout, lees

PRODUCTIE = {
    "DEBUG": "0",
    "SECRET_KEY": "q7Rz-9mXk2LwPv4TnB8sYcJd6HfGa1QeU5oIiZ0xVtMbNrKp3W",
    "ALLOWED_HOSTS": "site.example",
}


def test_zonder_instellingen_is_het_een_proefopstelling(tmp_path):
    omgeving = lees({"DATA_DIR": str(tmp_path)})
    assert omgeving.proef
    assert not omgeving.debug
    assert omgeving.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert omgeving.port == 8000


def test_de_eigen_sleutel_blijft_dezelfde_en_is_van_niemand_anders(tmp_path):
    eerste = lees({"DATA_DIR": str(tmp_path)}).secret_key
    assert lees({"DATA_DIR": str(tmp_path)}).secret_key == eerste
    assert len(eerste) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_productie_met_alles_erop():
    omgeving = lees(PRODUCTIE)
    assert not omgeving.proef
    assert omgeving.allowed_hosts == ("site.example",)


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY ontbreekt"),
        ({"SECRET_KEY": "kort"}, "SECRET_KEY is te kort"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is te kort of te eenvormig"),
        ({"SECRET_KEY": "django-insecure-" + "q7Rz9mXk2L" * 6}, "voorbeeldsleutel"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS ontbreekt"),
        ({"ALLOWED_HOSTS": "site.example,*"}, "mag geen \\* bevatten"),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "site.example"}, "DEBUG=1 mag niet"),
        ({"DEBUG": "", "ALLOWED_HOSTS": "site.example"}, "alleen op deze computer"),
        ({"DEBUG": "ja"}, "DEBUG is 'ja'"),
        ({"PORT": "0"}, "PORT is '0'"),
        ({"PORT": "٣٥"}, "PORT is"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL moet beginnen met postgres"),
        ({"DATABASE_URL": "postgres://host"}, "noemt geen database"),
        ({"DATABASE_URL_EIGENAAR": "mysql://x/y"}, "DATABASE_URL_EIGENAAR moet beginnen met postgres"),
        ({"DATABASE_URL": "postgres://s@h/a", "DATABASE_URL_EIGENAAR": "postgres://e@h/b"}, "dezelfde database"),
        ({"DATABASE_URL": "postgres://host:99999/x"}, "poort"),
        ({"REDIS_URL": "http://host"}, "REDIS_URL moet beginnen met redis"),
        ({"REDIS_URL": "unix:///run/redis.sock"}, "schrijf redis\\+socket://"),
        ({"BEVEILIGING_CONTACT": "http://site.example/meld"}, "BEVEILIGING_CONTACT moet"),
        ({"BEVEILIGING_CONTACT": "meld@"}, "BEVEILIGING_CONTACT moet"),
        ({"BEVEILIGING_CONTACT": "https://site.example\nExpires: nooit"}, "BEVEILIGING_CONTACT moet"),
        ({"BEVEILIGING_CONTACT": "a@site.example\nb"}, "BEVEILIGING_CONTACT moet"),
        ({"EMAIL_URL": "imap://mail.example"}, "EMAIL_URL moet beginnen met smtp"),
        ({"EMAIL_URL": "smtp+tls://"}, "EMAIL_URL noemt geen mailserver"),
        ({"EMAIL_URL": "smtp://mail.example:99999"}, "EMAIL_URL noemt een poort"),
        ({"EMAIL_URL": "smtp://mail.example"}, "SITE_URL moet het adres"),
        ({"EMAIL_URL": "smtp://mail.example", "SITE_URL": "http://site.example"}, "beginnen met https"),
        ({"SITE_URL": "https://site.example/pad"}, "SITE_URL mag na de naam"),
        ({"SITE_URL": "site.example"}, "SITE_URL moet het adres"),
        ({"EMAIL_URL": "smtp://mail.example", "SITE_URL": "https://site.example"}, "EMAIL_AFZENDER moet"),
        ({"EMAIL_AFZENDER": "niemand"}, "EMAIL_AFZENDER moet"),
        ({"EMAIL_AFZENDER": "a@b.example\nBcc: c@d.example"}, "EMAIL_AFZENDER moet"),
    ],
)
def test_een_foute_instelling_geeft_een_regel(anders, reden, tmp_path):
    with pytest.raises(Instelfout, match=reden) as fout:
        lees(PRODUCTIE | {"DATA_DIR": str(tmp_path)} | anders)
    assert "\n" not in str(fout.value)


def test_zonder_mailserver_komt_een_bericht_in_het_logboek(tmp_path):
    omgeving = lees({"DATA_DIR": str(tmp_path), "PORT": "8123"})
    assert (omgeving.email_url, omgeving.site_url) == ("consolemail://", "http://localhost:8123")


def test_productie_met_een_mailserver():
    mail = {
        "EMAIL_URL": "smtp+tls://naam:geheim@mail.example:587",
        "SITE_URL": "https://site.example/",
        "EMAIL_AFZENDER": "Monitor <monitor@site.example>",
    }
    omgeving = lees(PRODUCTIE | mail)
    assert (omgeving.site_url, omgeving.email_afzender) == ("https://site.example", "Monitor <monitor@site.example>")


def test_in_productie_is_de_site_nooit_de_eigenaar():
    adres = "postgres://eigenaar@db/strategie"
    with pytest.raises(Instelfout, match="gebruik voor de site strategie_site"):
        lees(PRODUCTIE | {"DATABASE_URL": adres, "DATABASE_URL_EIGENAAR": adres})
    site = adres.replace("eigenaar", "strategie_site")
    assert lees(PRODUCTIE | {"DATABASE_URL": site, "DATABASE_URL_EIGENAAR": adres}).database_url == site
