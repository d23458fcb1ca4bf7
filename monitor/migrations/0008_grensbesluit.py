"""From which quarter the limits of an indicator start anew; pages are made from it, see common.pagina.cache."""

from __future__ import annotations

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

NOTEER = """
CREATE TRIGGER noteer_wijziging AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON monitor_grensbesluit
FOR EACH STATEMENT EXECUTE FUNCTION noteer_wijziging()
"""
NIET_MEER = "DROP TRIGGER noteer_wijziging ON monitor_grensbesluit"


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0007_landelijk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Grensbesluit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("concept", "Concept"),
                            ("ingediend", "Ingediend"),
                            ("vastgesteld", "Vastgesteld"),
                            ("afgekeurd", "Teruggestuurd"),
                            ("vervangen", "Vervangen"),
                        ],
                        default="concept",
                        max_length=12,
                        verbose_name="staat",
                    ),
                ),
                ("ingevoerd_op", models.DateTimeField(verbose_name="ingevoerd op")),
                ("ingediend_op", models.DateTimeField(blank=True, null=True, verbose_name="ingediend op")),
                ("vastgesteld_op", models.DateTimeField(blank=True, null=True, verbose_name="vastgesteld op")),
                ("afgekeurd_op", models.DateTimeField(blank=True, null=True, verbose_name="teruggestuurd op")),
                ("afkeurreden", models.TextField(blank=True, max_length=2000, verbose_name="reden van terugsturen")),
                ("vervangreden", models.TextField(blank=True, max_length=2000, verbose_name="reden van de correctie")),
                ("vervangen_op", models.DateTimeField(blank=True, null=True, verbose_name="vervangen op")),
                ("jaar", models.PositiveSmallIntegerField(verbose_name="jaar")),
                ("kwartaal", models.PositiveSmallIntegerField(verbose_name="kwartaal")),
                ("reden", models.TextField(max_length=2000, verbose_name="reden van de nieuwe grenzen")),
                (
                    "afgekeurd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="teruggestuurd door",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grensbesluiten",
                        to="monitor.indicator",
                    ),
                ),
                (
                    "ingevoerd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ingevoerd door",
                    ),
                ),
                (
                    "vastgesteld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgesteld door",
                    ),
                ),
                (
                    "vervangt",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vervanger",
                        to="monitor.grensbesluit",
                    ),
                ),
            ],
            options={
                "verbose_name": "besluit over grenzen",
                "verbose_name_plural": "besluiten over grenzen",
                "ordering": ["indicator", "jaar", "kwartaal", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vastgesteld_door", None),
                            ("ingevoerd_door", None),
                            models.Q(("vastgesteld_door", models.F("ingevoerd_door")), _negated=True),
                            _connector="OR",
                        ),
                        name="grensbesluit_vaststeller_is_niet_invoerder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("staat__in", ("vastgesteld", "vervangen")), ("vastgesteld_op__isnull", False)),
                            models.Q(
                                ("staat__in", ("concept", "ingediend", "afgekeurd")),
                                ("vastgesteld_door", None),
                                ("vastgesteld_op", None),
                            ),
                            _connector="OR",
                        ),
                        name="grensbesluit_vaststelling_compleet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("afgekeurd_door__isnull", False),
                                ("afgekeurd_op__isnull", False),
                                ("staat", "afgekeurd"),
                                models.Q(("afkeurreden", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("staat", "afgekeurd"), _negated=True),
                                ("afgekeurd_door", None),
                                ("afgekeurd_op", None),
                                ("afkeurreden", ""),
                            ),
                            _connector="OR",
                        ),
                        name="grensbesluit_terugsturen_compleet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("vervangreden", ""), ("vervangt", None)),
                            models.Q(("vervangt__isnull", False), models.Q(("vervangreden", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="grensbesluit_correctie_heeft_reden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("staat", "vervangen"), ("vervangen_op__isnull", False)),
                            models.Q(models.Q(("staat", "vervangen"), _negated=True), ("vervangen_op", None)),
                            _connector="OR",
                        ),
                        name="grensbesluit_vervangen_compleet",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("staat", "vastgesteld")),
                        fields=("indicator", "jaar", "kwartaal"),
                        name="grensbesluit_een_geldende",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("staat__in", ("concept", "ingediend", "afgekeurd"))),
                        fields=("indicator",),
                        name="grensbesluit_een_openstaande",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kwartaal__range", (1, 4))), name="grensbesluit_kwartaal_bestaat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="grensbesluit_heeft_reden"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vastgesteld_op", None), ("vastgesteld_door__isnull", False), _connector="OR"
                        ),
                        name="grensbesluit_vaststelling_heeft_persoon",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grensbesluit",
            trigger=pgtrigger.compiler.Trigger(
                name="vastgesteld_niet_wijzigen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."staat" IN (\'vastgesteld\', \'vervangen\') AND (OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."jaar" IS DISTINCT FROM (NEW."jaar") OR OLD."kwartaal" IS DISTINCT FROM (NEW."kwartaal") OR OLD."reden" IS DISTINCT FROM (NEW."reden") OR OLD."ingevoerd_door_id" IS DISTINCT FROM (NEW."ingevoerd_door_id") OR OLD."vastgesteld_door_id" IS DISTINCT FROM (NEW."vastgesteld_door_id") OR OLD."vastgesteld_op" IS DISTINCT FROM (NEW."vastgesteld_op") OR OLD."vervangt_id" IS DISTINCT FROM (NEW."vervangt_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f4626c09462acae5c3466bf21d3800df10423003",
                    operation="UPDATE",
                    pgid="pgtrigger_vastgesteld_niet_wijzigen_9b23e",
                    table="monitor_grensbesluit",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grensbesluit",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_verwijderen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"staat\" IN ('concept', 'afgekeurd')))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c5c74c0750c1f552b53c95242cc85e2d80881b4e",
                    operation="DELETE",
                    pgid="pgtrigger_niet_verwijderen_a17e2",
                    table="monitor_grensbesluit",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(NOTEER, NIET_MEER),
    ]
