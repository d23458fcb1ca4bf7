"""What the house agreed on: rooms and their doors, layers, what stays pure, how much fits."""

from __future__ import annotations

# Each room with the rooms it may import from, besides itself. A module that is in no room breaks the wall.
GROND = {"common", "accounts"}
PLAN = GROND | {"formatie", "strategie"}
MODELLEN = PLAN | {"monitor.models"}
# Who sees a figure depends on how it was added up.
ZICHT = MODELLEN | {"monitor.rekenen", "monitor.zicht"}
# What is steered on is read by both sides, and written above them.
STUREN = {"sturing.models", "sturing.regels", "sturing.lezen"}
REKENEN = ZICHT | STUREN | {"monitor.selectors", "monitor.reikwijdte", "monitor.eigenaars"}
# Read and write side do not know each other; what is read from outside belongs to the read side.
LEZEN = REKENEN | {"monitor.dashboards"}
SCHRIJVEN = REKENEN | {"monitor.agenda", "monitor.invoer"}
ALLES = LEZEN | SCHRIJVEN | {"sturing", "monitor.api", "monitor.demo"}
DEUREN: dict[str, set[str]] = {
    "common": set(),
    "accounts": {"common"},
    "formatie": GROND,
    # Events are drawn in its charts too: its addresses hand the page who reads them, which rests on formatie itself.
    "formatie.urls": GROND | {"formatie", "sturing.lezen"},
    "strategie": GROND,
    "monitor.models": PLAN,
    "monitor.zicht": MODELLEN | {"monitor.rekenen"},
    "monitor.selectors": ZICHT,
    "monitor.reikwijdte": MODELLEN,
    "monitor.eigenaars": MODELLEN | {"monitor.reikwijdte"},
    "monitor.rekenen": MODELLEN,
    "monitor.agenda": REKENEN,
    "monitor.invoer": REKENEN | {"monitor.agenda"},
    "monitor.dashboards": REKENEN,
    "sturing.models": MODELLEN | {"sturing.regels"},
    "sturing.regels": GROND,
    "sturing.lezen": REKENEN,
    "sturing": LEZEN | SCHRIJVEN,
    "monitor.api": LEZEN,
    "monitor.demo": LEZEN | SCHRIJVEN | {"sturing"},
    "monitor.templatetags": LEZEN,
    "monitor.management": ALLES,
    "monitor.urls": ALLES,
    "monitor.apps": ALLES,
    "config": ALLES,
}
# No app needs config, but for the Celery app that its tasks hang on.
VOOR_IEDEREEN = {"config.celery"}

# Roles by name of file or folder; an arrow points from a higher layer to a lower or an equal one.
LAGEN = {
    "models": 0,
    "selectors": 1,
    "services": 2,
    "tables": 3,
    "forms": 3,
    "admin": 4,
    "views": 4,
    "tasks": 4,
    "apps": 5,
    "management": 5,
    "urls": 5,
}
LAAG_ZONDER_ROL = LAGEN["services"]
# The folders that give their role to all that is in them.
ROLMAPPEN = ("models", "management")
# Nothing of these is imported by another capability than their own, but by what starts it from outside.
GESLOTEN = {"views", "forms", "tables", "tasks", "urls", "admin"}
BUITENKANT = {"apps", "management", "urls"}
# A role is the whole name of a file, never the end of one; nor is its Dutch word.
ROLWOORDEN = (
    *("pagina", "paginas", "scherm", "schermen", "formulier", "formulieren", "tabel", "tabellen", "sjabloon", "html"),
    *("view", "views", "form", "forms", "table", "tables", "filter", "filters", "selector", "selectors"),
    *("service", "services", "task", "tasks", "taken", "model", "models", "admin", "apps", "urls"),
)

# No Django, no database and no queue, not through another module either. A folder stands for all that is in it.
ZUIVER = (
    *(f"common.tekst.{naam}" for naam in ("getallen", "verschrijving", "cijfers", "periode", "begrippen", "tekens")),
    *(
        "common.grafiek.beeld",
        "common.grafiek.schaal",
        "common.grafiek.vel",
        "common.pagina.uitvoer",
        "common.bestanden.toml",
    ),
    *("accounts.rollen", "accounts.sessies.apparaatnaam", "formatie.plan.controle"),
    *("formatie.bijhouden.opvolging", "formatie.bijhouden.planblad"),
    *("formatie.bezetting.sommen", "formatie.bezetting.onderdrukking"),
    *("formatie.district.zinnen", "formatie.scenario.doorrekenen"),
    "monitor.rekenen.regels",
    *(
        f"monitor.rekenen.{naam}"
        for naam in ("cijfers", "oordeelzin", "signaal", "prognose", "signaalzin", "als_record")
    ),
    *(f"monitor.invoer.regels.{naam}" for naam in ("waarneming", "validatie", "codes", "moment", "twijfel")),
    *(
        "monitor.invoer.bezetting.validatie",
        "monitor.invoer.voorstellen.doelen.validatie",
        "monitor.invoer.rooster.celtekst",
    ),
    *("monitor.invoer.importeren.bestand", "monitor.invoer.werklijst.herinnermoment"),
    *("monitor.invoer.werklijst.voor_mij.kalender", "accounts.berichten.keuze"),
    *(f"monitor.dashboards.overzicht.{naam}" for naam in ("bespreken", "koers", "bron")),
    "monitor.dashboards.oordeel.som",
    "sturing.regels",
    *(f"sturing.regels.{naam}" for naam in ("jaarplan", "planinvoer", "planblad")),
    *(f"monitor.dashboards.verkennen.{naam}" for naam in ("uitkomst", "vormen", "beelden")),
    "sturing.regels",
    *(f"monitor.demo.{naam}" for naam in ("toeval", "levering", "mensen", "cijfers")),
)
ONZUIVER = ("django", "pgtrigger", "ninja", "csp", "celery", "redis", "psycopg")

# The restructuring fitted in 32.000; what has come since is counted on top of it (docs/adr/0026).
MEESTE_REGELS = 75_000
LANGSTE_BESTAND = 400
KORTSTE_BESTAND = 50
MEESTE_IN_MAP = 15
MEESTE_DUBBEL = 10
# Names that Django itself asks for, in every module of their kind.
VAN_DJANGO = {"Command", "app_name", "register", "urlpatterns"}
# Per app the public names that may mean two things, each with its reason.
DUBBEL: dict[str, dict[str, str]] = {
    "config": {
        **dict.fromkeys(
            ("start", "antwoordt", "STOPSEIN"),
            "what each embedded server offers to its owner under one name; the owner calls them alike",
        ),
        "BASE_DIR": "the settings take it over from the environment, where Django looks for it",
        "main": "what a process starts with; nothing imports it",
    },
    "monitor": {"router": "each part of the API offers its addresses under the name its library asks for"},
}

# What a distribution is called in an import, where that is not its own name with underscores.
IMPORTNAAM = {
    "django-csp": "csp",
    "django-environ": "environ",
    "django-ninja": "ninja",
    "django-pgtrigger": "pgtrigger",
    "pyspellchecker": "spellchecker",
}
# What no module of the product imports and must be there all the same, with the script that looks for it by its name.
DOOR_SCRIPT: dict[str, str] = {}
