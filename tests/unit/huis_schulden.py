"""What is still wrong in the house, as `scripts/huis --schulden` found it. It only gets shorter."""
# long ways of imports are written over several lines

# Lines of product Python: may go as soon as there are 32000 or fewer.
REGELS = 32255
# Pure today, although no rule asks it yet: it stays so until it moves.
ZUIVER = [
    "common.pagina.uitvoer",
    "common.tekst.cijfers",
    "common.tekst.tekens",
    "monitor.invoer.doelen.validatie",
    "monitor.invoer.rooster.celtekst",
    "monitor.invoer.werklijst.herinnermoment",
]
SCHULDEN: dict[str, list[str]] = {"onzuiver": ["formatie.district.verloop -> formatie.plan.rijen -> formatie.models"]}
