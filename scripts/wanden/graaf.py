"""Ways through a graph of imports: what is reached from where, and what reaches itself."""

from __future__ import annotations

Pijlen = dict[str, set[str]]
Weg = tuple[str, ...]


def bereik(pijlen: Pijlen, begin: str) -> dict[str, Weg]:
    """Everything reached from `begin`, itself too, each with a shortest way there."""
    wegen: dict[str, Weg] = {begin: (begin,)}
    rij = [begin]
    for hier in rij:
        nieuw = sorted(pijlen.get(hier, set()) - wegen.keys())
        wegen |= {naam: (*wegen[hier], naam) for naam in nieuw}
        rij += nieuw
    return wegen


def kringen(pijlen: Pijlen) -> set[Weg]:
    """Modules that reach one another, in order of name; each circle once."""
    vanuit = {naam: bereik(pijlen, naam).keys() for naam in pijlen}
    groepen = {tuple(sorted(ander for ander in vanuit[naam] if naam in vanuit.get(ander, ()))) for naam in pijlen}
    return {groep for groep in groepen if len(groep) > 1}
