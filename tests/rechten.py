"""Who may open which page: the table of rights as data. A route that is not here lets the build fail.

Per role what GET answers: 200 see, 404 does not exist for you, 403 known but not for you, 302 to the log-in
or, for a page without content of its own, onward.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLLEN = (
    *("anoniem", "rvo-lid", "analist", "vaststeller", "districtschef", "portefeuillehouder", "beheerder"),
    *("programmadirecteur", "adviescommissie"),
)
LEZERS = 2  # the last of them: where a route says nothing of them they are answered as the RVO member


@dataclass(frozen=True)
class Route:
    """An address with, in the order of ROLLEN, what it answers.

    The chief of the table leads district A. Where the address names that district, ``elders`` is what the same
    address of district B answers.
    """

    adres: str
    antwoorden: tuple[int, ...]
    elders: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for naam in ("antwoorden", "elders"):
            gegeven = getattr(self, naam)
            if len(gegeven) == len(ROLLEN) - LEZERS:
                object.__setattr__(self, naam, gegeven + gegeven[1:2] * LEZERS)

    def verwacht(self, rol: str) -> int:
        return self.antwoorden[ROLLEN.index(rol)]

    @property
    def adres_elders(self) -> str:
        return self.adres.replace("/A/", "/B/")


IEDEREEN = (200,) * 7
ELKE_LEZER = (302, 200, 200, 200, 200, 200, 200)  # text: everyone who is logged in
IEDEREEN_INGELOGD = ELKE_LEZER  # one's own account: without any role too
CIJFERLEZER = (302, 200, 200, 200, 200, 200, 404)  # figures: not for a beheerder
ALLEEN_BEHEER = (302, 404, 404, 404, 404, 404, 200)
BIJHOUDEN = (302, 404, 200, 200, 404, 404, 200)  # the analyst and beheerder propose, the vaststeller decides
VASTSTELLEN = (302, 404, 403, 200, 403, 403, 404)
JAARPLAN_BIJHOUDEN = (302, 404, 404, 404, 404, 200, 404, 200, 404)
IMPORT = (302, 404, 200, 403, 200, 404, 404)
SCENARIO = (302, 404, 200, 200, 200, 404, 404)
SCENARIO_ELDERS = (302, 404, 200, 200, 404, 404, 404)
API = (401, 200, 200, 200, 200, 200, 404)

ROUTES: dict[str, Route] = {
    "overzicht": Route("/", ELKE_LEZER),
    "themas": Route("/themas/", ELKE_LEZER),
    "thema": Route("/themas/proefthema/", ELKE_LEZER),
    "doelenboom": Route("/agenda/", ELKE_LEZER),
    "koppelingen": Route("/agenda/koppelingen/", CIJFERLEZER),
    "jaarplan": Route("/jaarplan/", (302,) * 7),  # to that of this year
    "jaarplan_jaar": Route("/jaarplan/2025/", ELKE_LEZER),
    "planactiviteit": Route("/jaarplan/activiteiten/1/", ELKE_LEZER),
    "planactiviteit_nieuw": Route("/jaarplan/2025/nieuw/", JAARPLAN_BIJHOUDEN),
    "jaarplan_importeren": Route("/jaarplan/2025/importeren/", JAARPLAN_BIJHOUDEN),
    "indicatoren": Route("/indicatoren/", CIJFERLEZER),
    "indicator": Route("/indicatoren/proef/", CIJFERLEZER),
    "indicator_oordeel": Route("/indicatoren/proef/oordeel/", CIJFERLEZER),
    "indicator_doelen": Route("/indicatoren/proef/doelen/", CIJFERLEZER),
    "indicator_definitie": Route("/indicatoren/proef/definitie/", CIJFERLEZER),
    "indicator_grenzen": Route("/indicatoren/proef/grenzen/", CIJFERLEZER),
    "gemeenten": Route("/gemeenten/", CIJFERLEZER),
    "gemeente": Route("/gemeenten/proefgemeente/", CIJFERLEZER),
    "onderdeel": Route("/onderdelen/A/", CIJFERLEZER, CIJFERLEZER),
    "verkennen": Route("/verkennen/", CIJFERLEZER),
    "verkenning": Route("/verkennen/weergaven/1/", CIJFERLEZER),  # shared by someone else
    "formatie": Route("/formatie/", CIJFERLEZER),
    "formatie_controle": Route("/formatie/controle/", CIJFERLEZER),
    "sinds": Route("/sinds/", ELKE_LEZER),
    "volgen": Route("/volgen/", ELKE_LEZER),
    "voor_mij": Route("/voor-mij/", ELKE_LEZER),
    "kalender": Route("/kalender/1/verzonnen.ics", (404,) * 7),  # only with the secret of one person
    "invoer": Route("/invoer/", (302, 404, 200, 200, 403, 403, 404)),
    "kwartaal_sluiten": Route("/invoer/2025-Q3/sluiten/", (302, 404, 403, 200, 404, 404, 404)),
    "kwartaal_heropening": Route("/invoer/2025-Q3/heropening/", (302, 404, 200, 200, 403, 200, 404)),
    "invoer_kwartaal": Route("/invoer/2025-Q1/", (302, 404, 200, 403, 403, 403, 404)),
    "invoer_bewaar": Route("/invoer/2025-Q1/bewaar/", (302, 404, 405, 403, 403, 403, 404)),
    "formatie_versie": Route("/formatie/versies/proef/", CIJFERLEZER),
    "formatie_district": Route("/formatie/districten/A/", CIJFERLEZER, CIJFERLEZER),
    "formatie_scenarios": Route("/formatie/districten/A/scenarios/", SCENARIO, SCENARIO_ELDERS),
    # Shared in district A, and therefore nothing of district B.
    "formatie_scenario": Route("/formatie/districten/A/scenarios/1/", SCENARIO, (302, *(404,) * 6)),
    "importeren": Route("/invoer/importeren/", IMPORT),
    "bezettingsjabloon": Route("/invoer/importeren/bezetting.csv", IMPORT),
    "importsjabloon": Route("/invoer/importeren/sjabloon.csv", IMPORT),
    "importuitvoer": Route("/invoer/importeren/uitvoer.csv", IMPORT),
    "importmelding": Route("/invoer/importeren/klaar/", IMPORT),
    "importkoppelingen": Route("/invoer/importeren/koppelingen/", (302, 405, 405, 405, 405, 405, 405)),
    "importrijen": Route("/invoer/importeren/1/rijen.csv", (302, 404, 404, 403, 404, 404, 404)),
    "importbestand": Route("/invoer/importeren/1/", (302, 404, 404, 403, 404, 404, 404)),  # someone else's, or none
    "vaststellen": Route("/vaststellen/", VASTSTELLEN),
    "vaststellen_vandaag": Route("/vaststellen/vandaag/", VASTSTELLEN),
    "vaststellen_waarden": Route("/vaststellen/waarden/", VASTSTELLEN),
    "vaststellen_doelen": Route("/vaststellen/doelen/", VASTSTELLEN),
    "vaststellen_definities": Route("/vaststellen/definities/", VASTSTELLEN),
    "vaststellen_grenzen": Route("/vaststellen/grenzen/", VASTSTELLEN),
    "vaststellen_organisatie": Route("/vaststellen/organisatie/", VASTSTELLEN),
    "vaststellen_duidingen": Route("/vaststellen/duidingen/", VASTSTELLEN),
    "indicator_duiding": Route("/indicatoren/proef/duiding/", CIJFERLEZER),
    "ladder": Route("/ladder/", CIJFERLEZER),
    "vaststellen_ambities": Route("/vaststellen/ambities/", VASTSTELLEN),
    "ambitie": Route("/themas/proefthema/ambities/1/", CIJFERLEZER),
    "gebeurtenissen": Route("/gebeurtenissen/", CIJFERLEZER),
    "vaststellen_koppelingen": Route("/vaststellen/koppelingen/", VASTSTELLEN),
    "bezetting": Route("/invoer/bezetting/", (302, 404, 302, 403, 302, 404, 404)),
    "invoer_bezetting": Route("/invoer/2025-Q1/bezetting/", IMPORT),
    "vaststellen_bezetting": Route("/vaststellen/bezetting/", (302, 404, 403, 200, 403, 404, 404)),
    "bezetting_geschiedenis": Route("/bezetting/1/geschiedenis/", (302, 404, 200, 200, 404, 404, 404)),  # of B1
    "geschiedenis": Route(
        "/metingen/1/geschiedenis/", (302, 404, 200, 200, 404, 200, 404)
    ),  # of RE07: not of district A
    # Of the unit, and of B1: neither is of district A.
    "opmerkingen_bij_waarde": Route("/opmerkingen/2025-Q1/proef/RE07/", (302, 404, 200, 200, 404, 200, 404)),
    "opmerkingen_bij_bezetting": Route(
        "/opmerkingen/2025-Q1/bezetting/B1/basisteam/", (302, 404, 200, 200, 404, 404, 404)
    ),
    "opmerkingen_bij_import": Route("/opmerkingen/import/1/", (302, *(404,) * 6)),  # there is none
    "overleggen": Route("/overleg/", ELKE_LEZER),
    "overleg": Route("/overleg/1/", ELKE_LEZER),
    # An RVO member asks about anything; the adviescommissie knows the page, and advises on one theme.
    "vraag_stellen": Route("/vragen/nieuw/?bij=indicator:proef", (302, 200, *(404,) * 6, 403)),
    # Somebody else's, of the theme of the portefeuillehouder, and not answered: only for who may answer.
    "vraag": Route("/vragen/1/", (302, 404, 200, 404, 404, 200, 404, 200, 404)),
    "acties": Route("/acties/", CIJFERLEZER),
    "actie": Route("/acties/1/", CIJFERLEZER),
    "taken": Route("/taken/", ALLEEN_BEHEER),
    "spoor": Route("/spoor/", ALLEEN_BEHEER),
    "beheer": Route("/beheer/", (302, 404, 200, 200, 404, 200, 200)),  # who may open one of its pages
    "beheer_accounts": Route("/beheer/accounts/", ALLEEN_BEHEER),
    "beheer_inwoners": Route("/beheer/inwoners/", BIJHOUDEN),
    "beheer_agendas": Route("/beheer/agendas/", BIJHOUDEN),
    "beheer_formatieplan": Route("/beheer/formatieplan/", BIJHOUDEN),
    "beheer_planblad": Route("/beheer/formatieplan/proef.csv", BIJHOUDEN),
    "beheer_organisatie": Route("/beheer/organisatie/", BIJHOUDEN),
    "beheer_werkgebieden": Route("/beheer/werkgebieden/", BIJHOUDEN),
    "beheer_nieuw": Route("/beheer/nieuw/", ALLEEN_BEHEER),
    "beheer_sleutels": Route("/beheer/sleutels/", ALLEEN_BEHEER),
    "beheer_gebruiker": Route("/beheer/gebruikers/1/", ALLEEN_BEHEER),
    "eigenaren": Route("/beheer/eigenaren/", (302, 404, 404, 404, 404, 200, 200)),
    "sleutels": Route("/sleutels/", CIJFERLEZER),
    "toegang": Route("/toegang/", (404,) * 7),  # only for who opened a link that still works
    "toegang_link": Route("/toegang/verzonnen/", (302,) * 7),  # takes the secret out of the address, unread
    "inloggen": Route("/inloggen/", (200, 302, 302, 302, 302, 302, 302)),
    "uitloggen": Route("/uitloggen/", (302, 405, 405, 405, 405, 405, 405)),
    "getypt": Route("/getypt/", IEDEREEN_INGELOGD),
    "account": Route("/account/", IEDEREEN_INGELOGD),
    "sessies": Route("/account/sessies/", (302, 405, 405, 405, 405, 405, 405)),
    "herinnering": Route("/account/herinnering/", (302, 405, 405, 405, 405, 405, 405)),
    "kalenderadres": Route("/account/kalender/", (302, 405, 405, 405, 405, 405, 405)),
    "wachtwoord": Route("/account/wachtwoord/", IEDEREEN_INGELOGD),
    "kolommen": Route("/kolommen/", (302, 405, 405, 405, 405, 405, 405)),
    "zoeken": Route("/zoeken/", ELKE_LEZER),
    "hulp": Route("/hulp/", ELKE_LEZER),
    "begrippen": Route("/begrippen/", ELKE_LEZER),
    "stijl": Route("/stijl/", ELKE_LEZER),
    "stijl_themas": Route("/stijl/themas.css", ELKE_LEZER),
    "toegankelijkheid": Route("/toegankelijkheid/", IEDEREEN),
    "security_txt": Route("/.well-known/security.txt", IEDEREEN),
    "gezondheid": Route("/gezondheid/", IEDEREEN),
    "api:openapi": Route("/api/v1/openapi.json", IEDEREEN),
    "api:indicatoren": Route("/api/v1/indicatoren", API),
    "api:onderdelen": Route("/api/v1/onderdelen", API),
    "api:formatieregels": Route("/api/v1/formatieregels", API),
    "api:districtsformatie": Route("/api/v1/districtsformatie", API),
    "api:agendadelen": Route("/api/v1/agendadelen", API),
    "api:koppelingen": Route("/api/v1/koppelingen", API),
    "api:metingen": Route("/api/v1/metingen", API),
    "api:doelbereik": Route("/api/v1/doelbereik", API),
    "api:reeksen": Route("/api/v1/reeksen", API),
    "api:duidingen": Route("/api/v1/duidingen", API),
    "api:ambitiestanden": Route("/api/v1/ambitiestanden", API),
    "api:gebeurtenissen": Route("/api/v1/gebeurtenissen", API),
    "api:planactiviteiten": Route("/api/v1/planactiviteiten", API),
    "api:overleggen": Route("/api/v1/overleggen", API),
    "api:vragen": Route("/api/v1/vragen", API),
    "api:acties": Route("/api/v1/acties", API),
    "api:wijzigingen": Route("/api/v1/wijzigingen", API),
}

# What Django's own admin would offer is not there for anyone.
GEEN_ADMIN = (
    *("/beheer/accounts/user/", "/beheer/accounts/user/add/", "/beheer/accounts/user/1/change/"),
    *("/beheer/accounts/user/1/password/", "/beheer/accounts/apitoken/", "/beheer/auth/group/"),
    *("/beheer/autocomplete/", "/beheer/jsi18n/", "/beheer/login/", "/beheer/password_change/", "/beheer/r/1/1/"),
)
