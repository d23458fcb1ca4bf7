"""The environment variables, read and judged in one place. No Django: the starters run before it."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
VARIABELEN = (
    "DATABASE_URL",
    "DATABASE_URL_EIGENAAR",
    "REDIS_URL",
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "PORT",
    "ACHTER_PROXY",
    "DATA_DIR",
    "PG_BIN",
    "SITE_URL",
    "EMAIL_URL",
    "EMAIL_AFZENDER",
    "BEVEILIGING_CONTACT",
)
LOKAAL = ("localhost", "127.0.0.1", "[::1]")
KORTSTE_SLEUTEL = 50
MAILWEGEN = ("consolemail", "smtp", "smtp+tls", "smtp+ssl")
VOORBEELDSLEUTELS = ("django-insecure", "changeme", "vervang", "geheim")


class Instelfout(Exception):
    """A wrong setting; the text is one Dutch line for the person who starts the program."""


@dataclass(frozen=True)
class Omgeving:
    database_url: str  # of the site's role; empty: the embedded PostgreSQL
    database_url_eigenaar: str  # the same database for the owner of the tables: migrations and copies
    redis_url: str  # empty: the embedded Valkey
    secret_key: str
    debug: bool
    proef: bool  # trial: local hosts only, demo data allowed
    allowed_hosts: tuple[str, ...]
    port: int
    achter_proxy: bool  # a proxy in front ends TLS and sets X-Forwarded-Proto
    data_dir: Path
    pg_bin: str  # folder with initdb and postgres; empty: search
    site_url: str  # where people find the site, for the links in an e-mail; without a slash at the end
    email_url: str  # consolemail:// writes the message to the log
    email_afzender: str
    beveiliging_contact: str  # a mailto: or https: address for who finds a weak spot; empty: nobody was named


def lees(waarden: Mapping[str, str] | None = None) -> Omgeving:
    """Read and judge the settings; raises Instelfout with one Dutch line for the first that is wrong."""
    w = gegeven() if waarden is None else waarden
    debug = _keuze(w, "DEBUG", ("", "0", "1"))
    proef = debug != "0"
    data_dir = Path(w.get("DATA_DIR") or BASE_DIR / ".data").absolute()
    email_url = _email_url(w.get("EMAIL_URL", ""))
    mailt_echt = not proef and not email_url.startswith(MAILWEGEN[0])
    site_url = _site_url(w.get("SITE_URL", ""), w.get("PORT", ""), verplicht=mailt_echt)
    return Omgeving(
        database_url=_url(w, "DATABASE_URL", ("postgres", "postgresql")),
        database_url_eigenaar=_eigenaar_url(w, proef=proef),
        redis_url=_redis_url(w),
        secret_key=_sleutel(w.get("SECRET_KEY", ""), proef=proef, data_dir=data_dir),
        debug=debug == "1",
        proef=proef,
        allowed_hosts=_hosts(w.get("ALLOWED_HOSTS", ""), proef=proef, debug=debug),
        port=_poort(w.get("PORT", "")),
        achter_proxy=_keuze(w, "ACHTER_PROXY", ("", "0", "1")) == "1",
        data_dir=data_dir,
        pg_bin=w.get("PG_BIN", ""),
        site_url=site_url,
        email_url=email_url,
        email_afzender=_afzender(w.get("EMAIL_AFZENDER", ""), verplicht=mailt_echt),
        beveiliging_contact=_contact(w.get("BEVEILIGING_CONTACT", "")) or (f"{site_url}/hulp/" if proef else ""),
    )


def gegeven() -> dict[str, str]:
    """The variables of the process, completed from a file .env beside manage.py."""
    uit_bestand = _lees_env_bestand(BASE_DIR / ".env")
    return {naam: os.environ.get(naam, uit_bestand.get(naam, "")) for naam in VARIABELEN}


def _lees_env_bestand(pad: Path) -> dict[str, str]:
    if not pad.is_file():
        return {}
    regels = (regel.strip() for regel in pad.read_text(encoding="utf-8").splitlines())
    paren = (regel.split("=", 1) for regel in regels if "=" in regel and not regel.startswith("#"))
    return {naam.strip(): waarde.strip().strip("\"'") for naam, waarde in paren}


def _keuze(w: Mapping[str, str], naam: str, toegestaan: tuple[str, ...]) -> str:
    waarde = w.get(naam, "")
    if waarde not in toegestaan:
        raise Instelfout(f"{naam} is '{waarde}', maar mag alleen 0, 1 of leeg zijn.")
    return waarde


def _url(w: Mapping[str, str], naam: str, schemas: tuple[str, ...]) -> str:
    waarde = w.get(naam, "")
    if not waarde:
        return ""
    if urlsplit(waarde).scheme not in schemas:
        raise Instelfout(f"{naam} moet beginnen met {schemas[0]}:// (gebruikt: een ander begin).")
    if naam.startswith("DATABASE_URL") and not urlsplit(waarde).path.strip("/"):
        raise Instelfout(f"{naam} noemt geen database: zet de naam achter de laatste schuine streep.")
    _controleer_poort(naam, waarde)
    return waarde


def _eigenaar_url(w: Mapping[str, str], *, proef: bool) -> str:
    """The owner's address; in production never with the role of the site."""
    eigenaar = _url(w, "DATABASE_URL_EIGENAAR", ("postgres", "postgresql"))
    if not eigenaar:
        return ""
    delen, site = urlsplit(eigenaar), urlsplit(w.get("DATABASE_URL", ""))
    if delen.path.strip("/") != site.path.strip("/"):
        raise Instelfout("DATABASE_URL_EIGENAAR en DATABASE_URL moeten dezelfde database noemen.")
    if not proef and delen.username == site.username:
        raise Instelfout("DATABASE_URL noemt de rol van de eigenaar: gebruik voor de site strategie_site.")
    return eigenaar


def _redis_url(w: Mapping[str, str]) -> str:
    """The queue reaches a socket by its own name for it only; another would be found out at the first task."""
    if urlsplit(w.get("REDIS_URL", "")).scheme == "unix":
        raise Instelfout("REDIS_URL begint met unix://, en zo vindt de wachtrij hem niet: schrijf redis+socket://.")
    return _url(w, "REDIS_URL", ("redis", "rediss", "redis+socket"))


def _controleer_poort(naam: str, waarde: str) -> None:
    try:
        _ = urlsplit(waarde).port
    except ValueError:
        raise Instelfout(f"{naam} noemt een poort die geen getal van 0 tot en met 65535 is.") from None


def _sleutel(waarde: str, *, proef: bool, data_dir: Path) -> str:
    if proef:
        return waarde or _eigen_sleutel(data_dir)
    if not waarde:
        raise Instelfout("SECRET_KEY ontbreekt: in productie is een eigen geheime sleutel verplicht.")
    if waarde.lower().startswith(VOORBEELDSLEUTELS):
        raise Instelfout("SECRET_KEY is een voorbeeldsleutel: maak een eigen geheime sleutel.")
    if len(waarde) < KORTSTE_SLEUTEL or len(set(waarde)) < 10:
        raise Instelfout(
            f"SECRET_KEY is te kort of te eenvormig: gebruik minstens {KORTSTE_SLEUTEL} willekeurige tekens."
        )
    return waarde


def _eigen_sleutel(data_dir: Path) -> str:
    """The trial's own key, made once. O_EXCL: of two starters at the same moment one writes, the other reads."""
    pad = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not pad.exists():
            _schrijf_sleutel(pad)
        return pad.read_text(encoding="ascii").strip()
    except OSError as fout:
        raise Instelfout(f"De map {data_dir} is niet bruikbaar: {fout.strerror}.") from None


def _schrijf_sleutel(pad: Path) -> None:
    tijdelijk = pad.with_name(f"secret_key.{os.getpid()}")
    tijdelijk.touch(mode=0o600)
    tijdelijk.write_text(secrets.token_urlsafe(50), encoding="ascii")
    try:
        os.link(tijdelijk, pad)
    except FileExistsError:
        pass
    finally:
        tijdelijk.unlink()


def _hosts(waarde: str, *, proef: bool, debug: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in waarde.split(",") if host.strip())
    if not proef:
        return _productiehosts(hosts)
    vreemd = [host for host in hosts if host not in LOKAAL]
    if vreemd and debug == "1":
        raise Instelfout(f"DEBUG=1 mag niet samen met een andere host dan deze computer ({vreemd[0]}).")
    if vreemd:
        raise Instelfout(
            f"ALLOWED_HOSTS noemt {vreemd[0]}: de proefopstelling werkt alleen op deze computer (zet DEBUG=0)."
        )
    return hosts or LOKAAL


def _productiehosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    if not hosts:
        raise Instelfout("ALLOWED_HOSTS ontbreekt: noem in productie de hostnamen van deze site.")
    if any(host in ("*", ".") for host in hosts):
        raise Instelfout("ALLOWED_HOSTS mag geen * bevatten: noem de hostnamen van deze site.")
    return hosts


def _poort(waarde: str) -> int:
    if not waarde:
        return 8000
    if not (waarde.isascii() and waarde.isdigit() and 0 < int(waarde) < 65536):
        raise Instelfout(f"PORT is '{waarde}', maar moet een getal van 1 tot en met 65535 zijn.")
    return int(waarde)


def _email_url(waarde: str) -> str:
    if not waarde:
        return "consolemail://"
    if urlsplit(waarde).scheme not in MAILWEGEN:
        raise Instelfout("EMAIL_URL moet beginnen met smtp+tls://, smtp+ssl://, smtp:// of consolemail://.")
    _controleer_poort("EMAIL_URL", waarde)
    if not waarde.startswith(MAILWEGEN[0]) and not urlsplit(waarde).hostname:
        raise Instelfout("EMAIL_URL noemt geen mailserver: zet de naam achter de twee schuine strepen.")
    return waarde


def _site_url(waarde: str, poort: str, *, verplicht: bool) -> str:
    """Production sends links in e-mail only over https; without e-mail nothing needs the address."""
    if not waarde and not verplicht:
        return f"http://localhost:{_poort(poort)}"
    delen = urlsplit(waarde)
    if delen.scheme not in (("https",) if verplicht else ("http", "https")) or not delen.hostname:
        begin = "https://" if verplicht else "http:// of https://"
        raise Instelfout(f"SITE_URL moet het adres van de site zijn en beginnen met {begin}.")
    if delen.path.strip("/") or delen.query or delen.fragment:
        raise Instelfout("SITE_URL mag na de naam van de site niets meer noemen.")
    _controleer_poort("SITE_URL", waarde)
    return waarde.rstrip("/")


def _afzender(waarde: str, *, verplicht: bool) -> str:
    if not waarde and not verplicht:
        return "Strategiemonitor <strategiemonitor@localhost>"
    adres = waarde.rpartition("<")[2].rstrip(">")
    if not all(adres.partition("@")) or any(teken.isspace() for teken in adres) or "\n" in waarde or "\r" in waarde:
        raise Instelfout("EMAIL_AFZENDER moet een e-mailadres zijn, bijvoorbeeld monitor@site.example.")
    return waarde


def _contact(waarde: str) -> str:
    """As security.txt writes it: the address of a page as it is, an e-mail address with mailto: before it."""
    if not waarde or (waarde.startswith("https://") and urlsplit(waarde).hostname and waarde.split() == [waarde]):
        return waarde
    adres = waarde.removeprefix("mailto:")
    if not all(adres.partition("@")) or ":" in adres or adres.split() != [adres]:
        raise Instelfout("BEVEILIGING_CONTACT moet een e-mailadres zijn, of een adres dat begint met https://.")
    return f"mailto:{adres}"


def is_verbindingsfout(fout: BaseException) -> bool:
    """Whether no connection could be made; an error inside a connection carries an SQLSTATE."""
    oorzaak = fout.__cause__ or fout
    return getattr(oorzaak, "sqlstate", None) is None


def eerste_regel(fout: BaseException) -> str:
    regels = [regel.strip() for regel in str(fout).splitlines() if regel.strip()]
    return regels[0] if regels else "geen bericht"
