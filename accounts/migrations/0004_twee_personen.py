"""Roles by two persons, links to set a password, mails about accounts, limits of an API key, sessions that end."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_gemeente"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bericht",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("aan", models.EmailField(max_length=254, verbose_name="aan")),
                ("onderwerp", models.CharField(max_length=200, verbose_name="onderwerp")),
                ("tekst", models.TextField(verbose_name="tekst")),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op")),
                ("pogingen", models.PositiveSmallIntegerField(default=0, verbose_name="pogingen")),
                ("verzonden_op", models.DateTimeField(null=True, verbose_name="verzonden op")),
                ("fout", models.CharField(blank=True, max_length=300, verbose_name="fout")),
            ],
            options={
                "verbose_name": "bericht",
                "verbose_name_plural": "berichten",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Rolvoorstel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("rvo-lid", "RVO-lid"),
                            ("analist", "Analist"),
                            ("vaststeller", "Vaststeller"),
                            ("districtschef", "Districtschef"),
                            ("portefeuillehouder", "Portefeuillehouder"),
                            ("beheerder", "Beheerder"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                ("onderdeel_code", models.CharField(blank=True, max_length=12, verbose_name="district")),
                ("thema_slug", models.SlugField(blank=True, verbose_name="thema")),
                ("gemeente_slug", models.SlugField(blank=True, verbose_name="gemeente")),
                ("geldig_vanaf", models.DateField(blank=True, null=True, verbose_name="geldig vanaf")),
                ("geldig_tot", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                ("voorgesteld_op", models.DateTimeField(verbose_name="voorgesteld op")),
                ("verloopt_op", models.DateTimeField(verbose_name="verloopt op")),
                ("wacht_tot", models.DateTimeField(null=True, verbose_name="wacht tot")),
                (
                    "besluit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "wacht op bevestiging"),
                            ("bevestigd", "bevestigd"),
                            ("afgewezen", "afgewezen"),
                            ("vervallen", "vervallen"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="besluit",
                    ),
                ),
                ("besloten_op", models.DateTimeField(null=True, verbose_name="besloten op")),
            ],
            options={
                "verbose_name": "rolvoorstel",
                "verbose_name_plural": "rolvoorstellen",
                "ordering": ["voorgesteld_op", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Toegangslink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vingerafdruk",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="vingerafdruk"),
                ),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op")),
                ("geldig_tot", models.DateTimeField(null=True, verbose_name="geldig tot")),
                ("getoond", models.BooleanField(default=False, verbose_name="getoond")),
                (
                    "wachtwoordstand",
                    models.CharField(editable=False, max_length=64, verbose_name="stand van het wachtwoord"),
                ),
                ("gebruikt_op", models.DateTimeField(null=True, verbose_name="gebruikt op")),
                ("vervallen_op", models.DateTimeField(null=True, verbose_name="vervallen op")),
            ],
            options={
                "verbose_name": "eenmalige link",
                "verbose_name_plural": "eenmalige links",
                "ordering": ["-gemaakt_op", "-pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="apitoken",
            options={"ordering": ["user", "-pk"], "verbose_name": "API-sleutel", "verbose_name_plural": "API-sleutels"},
        ),
        migrations.RemoveConstraint(
            model_name="rolvervulling",
            name="rolvervulling_geldigheid",
        ),
        migrations.RemoveConstraint(
            model_name="rolvervulling",
            name="rolvervulling_uniek",
        ),
        migrations.AddField(
            model_name="apitoken",
            name="ingetrokken_op",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ingetrokken op"),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="laatst_gebruikt",
            field=models.DateField(editable=False, null=True, verbose_name="laatst gebruikt"),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="lijsten",
            field=models.JSONField(blank=True, default=list, verbose_name="lijsten"),
        ),
        migrations.AddField(
            model_name="user",
            name="adres_gewijzigd_op",
            field=models.DateTimeField(editable=False, null=True, verbose_name="adres gewijzigd op"),
        ),
        migrations.AddField(
            model_name="user",
            name="sessiestempel",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="sessiestempel"),
        ),
        migrations.AddConstraint(
            model_name="rolvervulling",
            constraint=models.UniqueConstraint(
                fields=("user", "rol", "onderdeel_code", "thema_slug", "gemeente_slug", "geldig_vanaf"),
                name="rolvervulling_uniek",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvervulling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_vanaf", None),
                    ("geldig_tot", None),
                    ("geldig_tot__gte", models.F("geldig_vanaf")),
                    _connector="OR",
                ),
                name="rolvervulling_geldigheid",
            ),
        ),
        migrations.AddField(
            model_name="rolvoorstel",
            name="besloten_door",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="besloten door",
            ),
        ),
        migrations.AddField(
            model_name="rolvoorstel",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rolvoorstellen",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gebruiker",
            ),
        ),
        migrations.AddField(
            model_name="rolvoorstel",
            name="vervulling",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voorstellen",
                to="accounts.rolvervulling",
            ),
        ),
        migrations.AddField(
            model_name="rolvoorstel",
            name="voorsteller",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="voorgesteld door",
            ),
        ),
        migrations.AddField(
            model_name="toegangslink",
            name="gemaakt_door",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gemaakt door",
            ),
        ),
        migrations.AddField(
            model_name="toegangslink",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="toegangslinks",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gebruiker",
            ),
        ),
        migrations.AddField(
            model_name="bericht",
            name="link",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="berichten",
                to="accounts.toegangslink",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvoorstel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("besluit", "")),
                fields=("user", "rol", "onderdeel_code", "thema_slug", "gemeente_slug"),
                name="rolvoorstel_een_openstaand",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besloten_door", None), ("besloten_op", None), ("besluit", "")),
                    models.Q(models.Q(("besluit", ""), _negated=True), ("besloten_op__isnull", False)),
                    _connector="OR",
                ),
                name="rolvoorstel_besluit_compleet",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besluit", "bevestigd"), _negated=True),
                    models.Q(
                        ("besloten_door__isnull", False),
                        ("besloten_op__lte", models.F("verloopt_op")),
                        models.Q(("besloten_door", models.F("user")), _negated=True),
                        models.Q(("wacht_tot", None), ("besloten_op__gte", models.F("wacht_tot")), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="rolvoorstel_bevestigd_door_een_ander",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besluit", "bevestigd"), _negated=True),
                    ("wacht_tot__isnull", False),
                    models.Q(
                        ("voorsteller__isnull", False),
                        models.Q(("besloten_door", models.F("voorsteller")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rolvoorstel_door_twee_of_na_een_dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("voorsteller", models.F("user")), _negated=True), ("voorsteller", None), _connector="OR"
                ),
                name="rolvoorstel_niet_voor_zichzelf",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolvoorstel",
            trigger=pgtrigger.compiler.Trigger(
                name="niet_verwijderen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="cf1e179a075b62b0fea57e347be1828c1a32e8cb",
                    operation="DELETE",
                    pgid="pgtrigger_niet_verwijderen_c20f1",
                    table="accounts_rolvoorstel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolvoorstel",
            trigger=pgtrigger.compiler.Trigger(
                name="alleen_besluiten",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT (OLD."besluit" = \'\') OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."rol" IS DISTINCT FROM (NEW."rol") OR OLD."onderdeel_code" IS DISTINCT FROM (NEW."onderdeel_code") OR OLD."thema_slug" IS DISTINCT FROM (NEW."thema_slug") OR OLD."gemeente_slug" IS DISTINCT FROM (NEW."gemeente_slug") OR OLD."geldig_vanaf" IS DISTINCT FROM (NEW."geldig_vanaf") OR OLD."geldig_tot" IS DISTINCT FROM (NEW."geldig_tot") OR OLD."vervulling_id" IS DISTINCT FROM (NEW."vervulling_id") OR OLD."voorsteller_id" IS DISTINCT FROM (NEW."voorsteller_id") OR OLD."voorgesteld_op" IS DISTINCT FROM (NEW."voorgesteld_op") OR OLD."verloopt_op" IS DISTINCT FROM (NEW."verloopt_op") OR OLD."wacht_tot" IS DISTINCT FROM (NEW."wacht_tot"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a41ba63132d3aed7b2e1cbc8ced7228f6d181eaf",
                    operation="UPDATE",
                    pgid="pgtrigger_alleen_besluiten_4be30",
                    table="accounts_rolvoorstel",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="toegangslink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gebruikt_op", None), ("vervallen_op", None)),
                fields=("user",),
                name="toegangslink_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="toegangslink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("vingerafdruk", ""), _negated=True),
                fields=("vingerafdruk",),
                name="toegangslink_geheim_uniek",
            ),
        ),
        migrations.AddConstraint(
            model_name="toegangslink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("geldig_tot", None), ("vingerafdruk", "")),
                    models.Q(models.Q(("vingerafdruk", ""), _negated=True), ("geldig_tot__isnull", False)),
                    _connector="OR",
                ),
                name="toegangslink_met_einde",
            ),
        ),
    ]
