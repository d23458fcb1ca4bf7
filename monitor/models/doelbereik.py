"""Doelbereik: the computed attainment, and the bookkeeping of computing it.

These rows follow entirely from Meting and Doelstelling. They hold exact numbers and the verdict; whatever
follows from these numbers (tempo, difference, the sentence) is derived by ``monitor.rekenen.cijfers``.
"""

from django.db import models
from django.db.models import Q

from formatie.models import Onderdeel
from monitor.models.indicator import Doelstelling, Indicator


class Stand(models.TextChoices):
    """The state of the value of one period; a value that is not there says why.

    A ratio that was delivered with nothing to divide by is stored as delivered and read as ``noemer_nul``; a figure
    about people that is not of every part yet is read as ``niet_van_alle`` by who may not read its parts.
    """

    GELEVERD = "geleverd", "Geleverd"
    NOEMER_NUL = "noemer_nul", "Noemer is 0"
    NIET_VAN_ALLE = "niet_van_alle", "Nog niet van alle onderdelen"
    ONBEKEND = "nb", "Nog niet bekend (nb)"
    GEEN_METING = "geen_meting", "Geen meting"
    NOG_NIET_VERSCHULDIGD = "nog_niet_verschuldigd", "Cijfer komt nog"
    NIET_VAN_TOEPASSING = "niet_van_toepassing", "Niet van toepassing"


class Oordeel(models.TextChoices):
    """The verdicts of the calculation contract, section 3."""

    NIET_BEHAALD = "niet_behaald", "Niet behaald"
    ACHTER = "achter", "Achter"
    AANDACHT = "aandacht", "Aandacht"
    ONVOLLEDIG = "onvolledig", "Onvolledig"
    GEEN_METING = "geen_meting", "Geen meting"
    NIET_TE_ONDERSCHEIDEN = "niet_te_onderscheiden", "Niet te onderscheiden"
    OP_KOERS = "op_koers", "Op koers"
    BEHAALD = "behaald", "Behaald"
    ALLEEN_MONITORING = "alleen_monitoring", "Alleen monitoring"
    DOEL_ONBEKEND = "doel_onbekend", "Doel onbekend"
    GEEN_DOEL = "geen_doel", "Geen doel"
    NOG_NIET_VERSCHULDIGD = "nog_niet_verschuldigd", "Cijfer komt nog"


def bedrag(naam: str, decimalen: int = 4) -> models.DecimalField:
    """Four digits more before the point than a Meting has: room for the sum of many."""
    return models.DecimalField(naam, max_digits=20 + decimalen, decimal_places=decimalen, null=True)


class Doelbereik(models.Model):
    """The attainment of one indicator by one onderdeel, as it stood at the end of one quarter.

    ``teller``/``noemer`` are of the quarter itself, ``cum_teller``/``cum_noemer`` of the year up to and
    including it. A value that is not a ratio has noemer NULL. Foreign keys are not checked by the
    database: half a million derived rows would each pay for it, and they can be computed anew.
    """

    pk = models.CompositePrimaryKey("indicator_id", "onderdeel_id", "jaar", "kwartaal")
    indicator = models.ForeignKey(
        Indicator, models.DO_NOTHING, related_name="doelbereik", db_constraint=False, db_index=False
    )
    onderdeel = models.ForeignKey(Onderdeel, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    jaar = models.SmallIntegerField("jaar")
    kwartaal = models.SmallIntegerField("kwartaal")
    stand = models.CharField("stand", max_length=22, choices=Stand)
    teller = bedrag("teller of waarde van het kwartaal")
    noemer = bedrag("noemer van het kwartaal")
    cum_teller = bedrag("teller of waarde tot en met dit kwartaal")
    cum_noemer = bedrag("noemer tot en met dit kwartaal")
    marge = bedrag("foutmarge (95%)")
    vorige = bedrag("teller of waarde van de vorige meting")
    vorige_noemer = bedrag("noemer van de vorige meting")
    vorige_marge = bedrag("foutmarge vorige meting (95%)")
    vorige_jaar = models.SmallIntegerField("jaar van de vorige meting", null=True)
    vorige_kwartaal = models.SmallIntegerField("kwartaal van de vorige meting", null=True)
    verwachting = bedrag("verwachting tot en met dit kwartaal", 8)
    doelstelling = models.ForeignKey(
        Doelstelling, models.DO_NOTHING, related_name="+", null=True, db_constraint=False, db_index=False
    )
    oordeel = models.CharField("oordeel", max_length=22, choices=Oordeel)
    moet_leveren = models.SmallIntegerField("aantal onderdelen dat moet leveren")
    geleverd = models.SmallIntegerField("aantal onderdelen dat leverde")
    gemist = models.SmallIntegerField("ontbrekende kwartalen, bit 0 = Q1")
    op_tempo = models.SmallIntegerField("eerdere kwartalen op het benodigde tempo", null=True)
    vergeleken = models.SmallIntegerField("eerdere kwartalen vergeleken", null=True)
    voorlopig = models.BooleanField("voorlopig")
    heel_jaar = models.BooleanField("gemeten over het hele jaar")
    doel_elders = models.BooleanField("jaardoel geldt alleen voor een onderdeel hierboven")
    seizoen_terugval = models.BooleanField("te weinig jaren voor een seizoenspatroon")

    class Meta:
        verbose_name = "doelbereik"
        verbose_name_plural = "doelbereik"

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.onderdeel_id} {self.jaar} Q{self.kwartaal}: {self.oordeel}"


class Berekening(models.Model):
    """Per indicator: which generation of figures stands, since when, and by which version of the rules."""

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="berekening", primary_key=True)
    generatie = models.BigIntegerField("generatie", default=0)
    berekend_op = models.DateTimeField("berekend op")
    regelversie = models.CharField("regelversie", max_length=20)

    class Meta:
        verbose_name = "berekening"
        verbose_name_plural = "berekeningen"

    def __str__(self) -> str:
        return f"{self.indicator_id}: generatie {self.generatie}"


class Herberekenverzoek(models.Model):
    """Something that must be recomputed; written with the value itself, so no lost queue loses it."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    onderdeel = models.ForeignKey(
        Onderdeel, models.CASCADE, null=True, related_name="+", help_text="Leeg: alle onderdelen."
    )
    vanaf_jaar = models.SmallIntegerField("vanaf jaar", null=True, help_text="Leeg: alle jaren.")
    aangemaakt_op = models.DateTimeField("aangemaakt op", auto_now_add=True)
    pogingen = models.SmallIntegerField("mislukte pogingen", default=0)
    geparkeerd = models.BooleanField("geparkeerd na drie mislukte pogingen", default=False)
    fout = models.TextField("laatste fout", blank=True)

    class Meta:
        verbose_name = "herberekenverzoek"
        verbose_name_plural = "herberekenverzoeken"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.onderdeel_id or 'alle'}"


class Landelijkdoel(models.Model):
    """The national target of an indicator in one year, in ``eenheid``, with the document that prints it."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="landelijke_doelen")
    jaar = models.PositiveSmallIntegerField("jaar")
    streefwaarde = models.DecimalField("streefwaarde", max_digits=18, decimal_places=4)
    eenheid = models.CharField("eenheid", max_length=30)
    bron = models.CharField("bron", max_length=200)
    let_op = models.CharField("let op", max_length=300, blank=True)

    class Meta:
        verbose_name = "landelijk doel"
        verbose_name_plural = "landelijke doelen"
        ordering = ["indicator", "jaar"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "jaar"], name="landelijkdoel_uniek"),
            models.CheckConstraint(condition=Q(streefwaarde__gt=0), name="landelijkdoel_boven_nul"),
        ]

    def __str__(self) -> str:
        return f"landelijk doel {self.indicator} {self.jaar}"
