"""How long a text is, as a reader counts it. Pure."""


def tel_woorden(tekst: str) -> int:
    """What stands between white space."""
    return len(tekst.split())
