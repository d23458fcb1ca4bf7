"""What is still wrong in the house, as `scripts/huis --schulden` found it. It only gets shorter."""
# ruff: noqa: ISC004  # long ways of imports are written over several lines

# Lines of product Python: may go as soon as there are 32000 or fewer.
REGELS = 32016
# Pure today, although no rule asks it yet: it stays so until it moves.
ZUIVER = [
    "common.pagina.uitvoer",
    "common.tekst.cijfers",
    "common.tekst.tekens",
    "monitor.invoer.doelen.validatie",
    "monitor.invoer.rooster.celtekst",
    "monitor.invoer.werklijst.herinnermoment",
]
SCHULDEN: dict[str, list[str]] = {
    "gesloten": [
        "monitor.invoer.definitiebladen.views -> monitor.invoer.doelen.forms",
        "monitor.invoer.definitiebladen.views -> monitor.invoer.doelen.views",
    ],
    "onzuiver": [
        "formatie.district.verloop -> formatie.bezetting.voor_lezer -> "
        "accounts.models -> django.contrib.auth.models.AbstractUser"
    ],
    "dubbel_zonder_reden": [
        "monitor: BLAD",
        "monitor: Blad",
        "monitor: Bladrij",
        "monitor: CIJFERS",
        "monitor: Cel",
        "monitor: DOEL",
        "monitor: GEEN_TEKST",
        "monitor: HERKOMST",
        "monitor: HONDERD",
        "monitor: Keuze",
        "monitor: NAMEN",
        "monitor: ONLEESBAAR",
        "monitor: Oordeel",
        "monitor: Opgave",
        "monitor: Plek",
        "monitor: Regel",
        "monitor: SOORTEN",
        "monitor: Sleutel",
        "monitor: Soort",
        "monitor: TERUG",
        "monitor: TE_GROOT",
        "monitor: Uitkomst",
        "monitor: V",
        "monitor: VERWIJZING",
        "monitor: WAARDE",
        "monitor: get_metingen",
        "monitor: herinner",
        "monitor: in_woorden",
        "monitor: lees_wachtende",
        "monitor: leid_af",
        "monitor: router",
        "monitor: sleutel_van",
        "monitor: twijfels",
    ],
}
