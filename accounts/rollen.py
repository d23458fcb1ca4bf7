"""The roles, in words an auditor can read: what each may do. Anything not named here is refused."""

from dataclasses import dataclass
from enum import StrEnum


class Recht(StrEnum):
    """One thing a person may be allowed to do."""

    AGENDA_LEZEN = "de tekst van de agenda lezen"
    CIJFERS_LEZEN = "vastgestelde cijfers lezen"
    CIJFERS_ONDER_DREMPEL = "kleine aantallen lezen"
    PERSONEEL_DISTRICT = "bezetting en verzuim per district lezen"
    PERSONEEL_TEAM = "bezetting en verzuim per team lezen"
    FORMATIE_LEZEN = "het formatieplan lezen"
    SCENARIO_MAKEN = "een wat-als-berekening maken over de teams van een district"
    CONCEPT_LEZEN = "concepten lezen"
    OPMERKING_PLAATSEN = "opmerkingen plaatsen bij waarden, bezetting en imports"
    METING_INVOEREN = "metingen invoeren en indienen"
    METING_VASTSTELLEN = "metingen vaststellen of terugsturen"
    BEZETTING_INVOEREN = "bezetting voorstellen"
    BEZETTING_VASTSTELLEN = "bezetting vaststellen of terugsturen"
    IMPORTEREN = "bestanden met metingen inlezen"
    DOEL_VOORSTELLEN = "een gewijzigd doel voorstellen"
    DOEL_VASTSTELLEN = "een gewijzigd doel vaststellen of terugsturen"
    DEFINITIE_VOORSTELLEN = "een gewijzigde definitie voorstellen"
    DEFINITIE_VASTSTELLEN = "een gewijzigde definitie vaststellen of terugsturen"
    EIGENAREN_TOEWIJZEN = "aanwijzen wie eigenaar is van een indicator, een onderdeel of een thema"
    ORGANISATIE_BIJHOUDEN = "voorstellen wat er verandert aan de organisatie, de inwonertallen of een agenda"
    ORGANISATIE_VASTSTELLEN = "zo'n verandering vaststellen of terugsturen"
    DUIDING_SCHRIJVEN = "een afwijkend cijfer duiden: wat zien we, waardoor, wat doen we, wie en wanneer"
    DUIDING_VASTSTELLEN = "een duiding vaststellen of terugsturen"
    AMBITIE_SCHRIJVEN = "elk halfjaar zeggen hoe ver een ambitie is"
    AMBITIE_VASTSTELLEN = "wat over een ambitie gezegd wordt vaststellen of terugsturen"
    KOPPELING_VOORSTELLEN = "voorstellen welke delen van de agenda en welke indicatoren bij elkaar horen"
    KOPPELING_VASTSTELLEN = "zo'n koppeling vaststellen of terugsturen"
    JAARPLAN_BIJHOUDEN = "de activiteiten van het jaarplan bijhouden"
    GEBEURTENIS_BIJHOUDEN = "gebeurtenissen op de tijdas zetten en intrekken"
    OVERLEG_VOORBEREIDEN = "een overleg voorbereiden, antwoorden vrijgeven en besluiten vastleggen"
    VRAAG_STELLEN = "een vraag stellen bij een cijfer, een ambitie of een activiteit"
    VRAAG_BEANTWOORDEN = "een vraag of een advies beantwoorden"
    ADVIES_GEVEN = "adviseren over Politie voor Iedereen"
    KWARTAAL_SLUITEN = "een kwartaal sluiten, en met een ander samen heropenen"
    HEROPENING_VRAGEN = "vragen om een gesloten kwartaal te heropenen"
    SPOOR_LEZEN = "de geschiedenis van een waarde lezen"
    TAKEN_LEZEN = "alle taken en wachtrijen zien"
    GEBRUIKERS_BEHEREN = "gebruikers en rollen beheren"
    SPOOR_BEWAKEN = "zien wie wat wanneer deed, zonder de waarden, en of het spoor klopt"


class Bereik(StrEnum):
    """How far a right reaches.

    Everywhere; in the own district or theme; or, for an analyst, in the district or theme of the assignment
    and everywhere when that names none.
    """

    ALLES = "alles"
    TOEGEWEZEN = "toegewezen district of thema"
    DISTRICT = "eigen district"
    THEMA = "eigen thema"


@dataclass(frozen=True)
class Rol:
    """A role: its code, the name people use, one line of explanation, and its rights."""

    code: str
    naam: str
    omschrijving: str
    rechten: dict[Recht, Bereik]


_LEZER = {
    Recht.AGENDA_LEZEN: Bereik.ALLES,
    Recht.CIJFERS_LEZEN: Bereik.ALLES,
    Recht.FORMATIE_LEZEN: Bereik.ALLES,
}

RVO_LID = Rol(
    "rvo-lid",
    "RVO-lid",
    "Leest de voortgang van de agenda, en van bezetting en verzuim de cijfers per district; stelt vragen voor het "
    "overleg.",
    {**_LEZER, Recht.PERSONEEL_DISTRICT: Bereik.ALLES, Recht.VRAAG_STELLEN: Bereik.ALLES},
)
ANALIST = Rol(
    "analist",
    "Analist",
    "Voert metingen in en dient ze in, overal of voor een toegewezen district of thema.",
    {
        **_LEZER,
        Recht.CIJFERS_ONDER_DREMPEL: Bereik.ALLES,
        Recht.PERSONEEL_DISTRICT: Bereik.ALLES,
        Recht.PERSONEEL_TEAM: Bereik.ALLES,
        Recht.SCENARIO_MAKEN: Bereik.ALLES,
        Recht.CONCEPT_LEZEN: Bereik.ALLES,
        Recht.OPMERKING_PLAATSEN: Bereik.ALLES,
        Recht.METING_INVOEREN: Bereik.TOEGEWEZEN,
        Recht.BEZETTING_INVOEREN: Bereik.TOEGEWEZEN,
        Recht.IMPORTEREN: Bereik.TOEGEWEZEN,
        Recht.DOEL_VOORSTELLEN: Bereik.ALLES,
        Recht.DEFINITIE_VOORSTELLEN: Bereik.ALLES,
        Recht.ORGANISATIE_BIJHOUDEN: Bereik.ALLES,
        Recht.DUIDING_SCHRIJVEN: Bereik.ALLES,
        Recht.GEBEURTENIS_BIJHOUDEN: Bereik.ALLES,
        Recht.VRAAG_BEANTWOORDEN: Bereik.ALLES,
        Recht.HEROPENING_VRAGEN: Bereik.ALLES,
        Recht.SPOOR_LEZEN: Bereik.ALLES,
    },
)
VASTSTELLER = Rol(
    "vaststeller",
    "Vaststeller",
    "Stelt metingen van anderen vast of stuurt ze terug.",
    {
        **_LEZER,
        Recht.CIJFERS_ONDER_DREMPEL: Bereik.ALLES,
        Recht.PERSONEEL_DISTRICT: Bereik.ALLES,
        Recht.PERSONEEL_TEAM: Bereik.ALLES,
        Recht.SCENARIO_MAKEN: Bereik.ALLES,
        Recht.CONCEPT_LEZEN: Bereik.ALLES,
        Recht.OPMERKING_PLAATSEN: Bereik.ALLES,
        Recht.METING_VASTSTELLEN: Bereik.ALLES,
        Recht.BEZETTING_VASTSTELLEN: Bereik.ALLES,
        Recht.DOEL_VOORSTELLEN: Bereik.ALLES,
        Recht.DOEL_VASTSTELLEN: Bereik.ALLES,
        Recht.DEFINITIE_VASTSTELLEN: Bereik.ALLES,
        Recht.ORGANISATIE_VASTSTELLEN: Bereik.ALLES,
        Recht.DUIDING_VASTSTELLEN: Bereik.ALLES,
        Recht.AMBITIE_VASTSTELLEN: Bereik.ALLES,
        Recht.KOPPELING_VASTSTELLEN: Bereik.ALLES,
        Recht.KWARTAAL_SLUITEN: Bereik.ALLES,
        Recht.HEROPENING_VRAGEN: Bereik.ALLES,
        Recht.SPOOR_LEZEN: Bereik.ALLES,
    },
)
DISTRICTSCHEF = Rol(
    "districtschef",
    "Districtschef",
    "Ziet de formatie en de cijfers van het eigen district tot op het team, stelt er de bezetting voor en levert er "
    "bestanden voor aan.",
    {
        **_LEZER,
        Recht.CIJFERS_ONDER_DREMPEL: Bereik.DISTRICT,
        Recht.PERSONEEL_DISTRICT: Bereik.DISTRICT,
        Recht.PERSONEEL_TEAM: Bereik.DISTRICT,
        Recht.SCENARIO_MAKEN: Bereik.DISTRICT,
        Recht.CONCEPT_LEZEN: Bereik.DISTRICT,
        Recht.OPMERKING_PLAATSEN: Bereik.DISTRICT,
        Recht.BEZETTING_INVOEREN: Bereik.DISTRICT,
        Recht.IMPORTEREN: Bereik.DISTRICT,
        Recht.DUIDING_SCHRIJVEN: Bereik.DISTRICT,
        Recht.VRAAG_BEANTWOORDEN: Bereik.DISTRICT,
        Recht.SPOOR_LEZEN: Bereik.DISTRICT,
    },
)
PORTEFEUILLEHOUDER = Rol(
    "portefeuillehouder",
    "Portefeuillehouder",
    "Stuurt een eigen thema: houdt er het jaarplan bij, duidt de cijfers, zegt hoe ver de ambities zijn en wijst er de "
    "eigenaren van de indicatoren aan.",
    {
        **_LEZER,
        Recht.CIJFERS_ONDER_DREMPEL: Bereik.THEMA,
        Recht.CONCEPT_LEZEN: Bereik.THEMA,
        Recht.DOEL_VOORSTELLEN: Bereik.THEMA,
        Recht.EIGENAREN_TOEWIJZEN: Bereik.THEMA,
        Recht.DUIDING_SCHRIJVEN: Bereik.THEMA,
        Recht.AMBITIE_SCHRIJVEN: Bereik.THEMA,
        Recht.KOPPELING_VOORSTELLEN: Bereik.THEMA,
        Recht.JAARPLAN_BIJHOUDEN: Bereik.THEMA,
        Recht.GEBEURTENIS_BIJHOUDEN: Bereik.THEMA,
        Recht.VRAAG_BEANTWOORDEN: Bereik.THEMA,
        Recht.HEROPENING_VRAGEN: Bereik.ALLES,
        Recht.SPOOR_LEZEN: Bereik.THEMA,
    },
)
BEHEERDER = Rol(
    "beheerder",
    "Beheerder",
    "Beheert gebruikers, rollen, eigenaren en taken en houdt de organisatie bij; ziet geen gemeten waarden.",
    {
        Recht.AGENDA_LEZEN: Bereik.ALLES,
        Recht.ORGANISATIE_BIJHOUDEN: Bereik.ALLES,
        Recht.TAKEN_LEZEN: Bereik.ALLES,
        Recht.GEBRUIKERS_BEHEREN: Bereik.ALLES,
        Recht.EIGENAREN_TOEWIJZEN: Bereik.ALLES,
        Recht.SPOOR_BEWAKEN: Bereik.ALLES,
    },
)
PROGRAMMADIRECTEUR = Rol(
    "programmadirecteur",
    "Programmadirecteur",
    "Houdt het jaarplan van alle thema's bij en bereidt het overleg voor: agenda, antwoorden en besluiten.",
    {
        **_LEZER,
        Recht.PERSONEEL_DISTRICT: Bereik.ALLES,
        Recht.AMBITIE_SCHRIJVEN: Bereik.ALLES,
        Recht.KOPPELING_VOORSTELLEN: Bereik.ALLES,
        Recht.JAARPLAN_BIJHOUDEN: Bereik.ALLES,
        Recht.GEBEURTENIS_BIJHOUDEN: Bereik.ALLES,
        Recht.OVERLEG_VOORBEREIDEN: Bereik.ALLES,
        Recht.VRAAG_BEANTWOORDEN: Bereik.ALLES,
    },
)
ADVIESCOMMISSIE = Rol(
    "adviescommissie",
    "Adviescommissie",
    "Leest de voortgang en adviseert over Politie voor Iedereen, het thema dat over de andere heen ligt.",
    {**_LEZER, Recht.ADVIES_GEVEN: Bereik.ALLES},
)

ROLLEN: dict[str, Rol] = {
    rol.code: rol
    for rol in (
        *(RVO_LID, ANALIST, VASTSTELLER, DISTRICTSCHEF, PORTEFEUILLEHOUDER, BEHEERDER),
        *(PROGRAMMADIRECTEUR, ADVIESCOMMISSIE),
    )
}


def fout_in_gebied(rol: str, *, onderdeel_code: str, thema_slug: str, gemeente_slug: str) -> str:
    """What is wrong with where a role would be filled; constraints of the database say the same."""
    if bool(onderdeel_code) != (rol == "districtschef") and (rol != "analist" or thema_slug):
        return "Een districtschef heeft één district; verder heeft hoogstens een analist er een."
    if bool(thema_slug) != (rol == "portefeuillehouder") and (rol != "analist" or onderdeel_code):
        return "Een portefeuillehouder heeft één thema; verder heeft hoogstens een analist er een."
    if gemeente_slug and rol != "rvo-lid":
        return "Alleen een RVO-lid heeft een gemeente."
    return ""
