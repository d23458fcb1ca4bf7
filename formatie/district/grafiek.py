"""The pictures of a district: its places beside each other, and the course of each with the plan as a step."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from common.grafiek.beeld import As, Assoort, Beeld, Punt, Rol, Spoor, Vorm, Woord
from common.grafiek.tijdlijn import Mijlstreep, Voorval, bij_periode, in_beeld, zet_op_as
from common.tekst.cijfers import fte, fte_in_woorden, procent
from common.tekst.periode import Kwartaal
from formatie.bezetting.sommen import HONDERD, Stand
from formatie.district.soort import ALLES, Personeelsoort
from formatie.district.stand import District, Plaatsrij
from formatie.district.verloop import KOPPEN, Verloop
from formatie.grafiek import Deel, Plaats, bezetbeeld, deelbeeld, puntenzin
from formatie.plan.grafiek import Balk, staafbeeld
from formatie.plan.rijen import Cel

HALF = Decimal("0.5")
LEIDING = "Leiding en ondersteuning staat in de tabel: bij zo weinig plaatsen is één mens een groot deel."
NIET_VERDEELD = "Het plan verdeelt de plaatsen per onderdeel niet naar soort: er is geen verschil te noemen."


def plaatsen_van(district: District, soort: Personeelsoort = ALLES) -> list[Plaatsrij]:
    """The rows of the picture: teams and the other parts; of wijkagenten the teams alone."""
    if soort.alleen_teams:
        return [rij for rij in district.teams if rij.wijkagenten is not None]
    return [rij for rij in district.rijen if rij.soort != Cel.LEIDING]


def beeld_van(district: District, soort: Personeelsoort, adres: dict[str, str]) -> Beeld:
    """Where people are short among the parts of a district. ``adres``: name of a part → its page."""
    rijen = plaatsen_van(district, soort)
    if not soort.cel:
        delen = [Deel(naam_van(rij), soort.van(rij.mensen), rij.mensen.fte, rij.mensen.reden) for rij in rijen]
        titel = soortzin(soort, district)
        return deelbeeld(delen, naam=soort.naam, titel=titel, soort=soort.naam, uitleg=NIET_VERDEELD)
    plaatsen = [
        Plaats(
            naam_van(rij),
            rij.stand if soort is ALLES else rij.wijkstand,
            adres=adres.get(rij.naam, ""),
            voorlopig=rij.mensen.voorlopig,
            reden=rij.mensen.reden or rij.reden,
        )
        for rij in rijen
    ]
    plaatsen.sort(key=lambda plaats: (plaats.stand.verschil is None, plaats.stand.verschil or 0))
    titel = puntenzin([(plaats.naam, plaats.stand) for plaats in plaatsen])
    return bezetbeeld(plaatsen, naam=soort.naam, titel=titel, uitleg=LEIDING if soort is ALLES else "")


def planbeeld(district: District) -> Beeld:
    """What the plan gives each team, where nothing is known of people."""
    balken = [Balk(naam_van(rij), rij.fte) for rij in district.teams if rij.fte is not None]
    return staafbeeld(balken, naam="Plaatsen per basisteam", titel=meestezin(balken))


def meestezin(balken: Sequence[Balk]) -> str:
    """Who has the most places and who the fewest."""
    if not balken:
        return "Het plan noemt hier geen basisteams."
    meest, minst = max(balken, key=lambda balk: balk.fte), min(balken, key=lambda balk: balk.fte)
    if len(balken) == 1:
        return f"{meest.naam} is het enige basisteam: {fte_in_woorden(meest.fte)} aan plaatsen."
    if meest.fte == minst.fte:
        return f"Alle basisteams hebben evenveel plaatsen: {fte_in_woorden(meest.fte)}."
    return (
        f"{meest.naam} heeft met {fte_in_woorden(meest.fte)} de meeste plaatsen, "
        f"{minst.naam} met {fte_in_woorden(minst.fte)} de minste."
    )


def naam_van(rij: Plaatsrij) -> str:
    return f"{rij.code} {rij.naam}" if rij.code else rij.naam


def soortzin(soort: Personeelsoort, district: District) -> str:
    deel, alle = soort.van(district.mensen), district.mensen.fte
    if deel is None or not alle:
        return f"Hoeveel {soort.naam} er in het hele district zijn, is niet bekend."
    return f"Van de {fte_in_woorden(alle)} is {fte(deel)} {_in_zin(soort)} ({procent(deel * HONDERD / alle)})."


def _in_zin(soort: Personeelsoort) -> str:
    return "aspirant" if soort.kolom == "aspiranten" else soort.naam


def verloopbeeld(
    verloop: Verloop, bereik: tuple[Decimal, Decimal] | None = None, voorvallen: Sequence[Voorval] = ()
) -> Beeld:
    """``bereik`` is the lowest and highest number in fte, where charts beside it are as high."""
    strepen = zet_op_as(voorvallen, verloop.kwartalen)
    mensen = tuple(
        Punt(i, stand.bezetting, _woorden(kwartaal, stand), open=kwartaal in verloop.voorlopig)
        for i, (kwartaal, stand) in enumerate(zip(verloop.kwartalen, verloop.standen, strict=True))
    )
    plan = trap([stand.formatie for stand in verloop.standen])
    return Beeld(
        naam=verloop.naam,
        titel=verloop.conclusie,
        x=kwartaalas(verloop.kwartalen),
        y=As(Assoort.GETAL, titel="fte", eenheid="fte", decimalen=0, bereik=bereik),
        sporen=(
            *([Spoor("plan", Rol.DOEL, Vorm.LIJN, plan)] if plan else []),
            Spoor("bezetting", Rol.HOOFD, Vorm.LIJN_MET_PUNTEN, mensen),
        ),
        koppen=KOPPEN,
        rijen=tuple(_met_gebeurd(rij, strepen, n) for n, rij in enumerate(verloop.rijen)),
        woorden=tuple(_eindwoorden(verloop)),
        gebeurtenissen=in_beeld(strepen),
        noten=tuple(streep.noot for streep in strepen),
    )


def _met_gebeurd(rij: tuple[str, ...], strepen: Sequence[Mijlstreep], plek: int) -> tuple[str, ...]:
    """What happened in a quarter stands behind what else is remarked of it."""
    return (*rij[:-1], "; ".join(deel for deel in (rij[-1], *bij_periode(strepen, plek)) if deel))


def kwartaalas(kwartalen: Sequence[Kwartaal]) -> As:
    jaren = dict.fromkeys(k.jaar for k in kwartalen)
    eerste = {jaar: next(i for i, k in enumerate(kwartalen) if k.jaar == jaar) for jaar in jaren}
    groepen = tuple((plek, str(jaar)) for jaar, plek in eerste.items())
    return As(Assoort.KWARTALEN, tuple(f"Q{k.nummer}" for k in kwartalen), groepen)


def trap(waarden: Sequence[Decimal | None]) -> tuple[Punt, ...]:
    """A line that is level over each quarter and upright where the next one differs; a gap stays a gap."""
    punten: list[Punt] = []
    for i, waarde in enumerate(waarden):
        punten += _trede(i, waarde)
    return tuple(punten) if any(waarde is not None for waarde in waarden) else ()


def _trede(plek: int, waarde: Decimal | None) -> Iterable[Punt]:
    if waarde is None:
        return (Punt(plek, None),)
    tekst = f"plan {fte_in_woorden(waarde)}"
    return Punt(plek - HALF, waarde, tekst), Punt(plek + HALF, waarde, tekst)


def _woorden(kwartaal: Kwartaal, stand: Stand) -> str:
    if stand.bezetting is None:
        return ""
    van = "" if stand.formatie is None else f" van {fte(stand.formatie)}"
    return f"{kwartaal.leesbaar}: {fte(stand.bezetting)}{van} fte"


def _eindwoorden(verloop: Verloop) -> Iterable[Woord]:
    mensen = next((s.bezetting for s in reversed(verloop.standen) if s.bezetting is not None), None)
    plan = next((s.formatie for s in reversed(verloop.standen) if s.formatie is not None), None)
    if mensen is not None:
        yield Woord(fte(mensen), None, mensen, Rol.HOOFD)
    if plan is not None:
        yield Woord(f"plan {fte(plan)}", None, plan, Rol.DOEL)
