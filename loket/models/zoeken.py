"""What search needs: per service its words and its meaning, the words of the site, synonyms, and counted misses."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func
from django.db.models.functions import Lower

from loket.models.dienst import Dienst
from sociaalhuis.models import Thema
from sociaalhuis.versie import publiek


@publiek
class Zoekrij(models.Model):
    """A service as search sees it. Written only by `loket.zoek.index`."""

    dienst = models.OneToOneField(Dienst, primary_key=True, on_delete=models.CASCADE, related_name="zoekrij")
    titel = models.TextField()
    vector = SearchVectorField()
    woorden = ArrayField(models.TextField(), default=list)
    gewicht = models.FloatField(default=1)

    class Meta:
        default_permissions = ()
        indexes = [
            GinIndex(fields=["vector"], name="zoekrij_vector"),
            GinIndex(Func("vector", models.Value("{a,b}"), function="ts_filter"), name="zoekrij_kop"),
            GinIndex(fields=["titel"], opclasses=["gin_trgm_ops"], name="zoekrij_titel_trgm"),
            models.Index(fields=["titel", "dienst"], name="zoekrij_op_titel"),
        ]


class TekensVeld(models.Field):
    """A row of bits, `bit(n)` in PostgreSQL; in Python a str of zeros and ones."""

    def __init__(self, *args, lengte=512, **kwargs):
        self.lengte = lengte
        super().__init__(*args, **kwargs)

    def db_type(self, connection):
        return f"bit({self.lengte})"

    def deconstruct(self):
        naam, pad, args, kwargs = super().deconstruct()
        return naam, pad, args, {**kwargs, "lengte": self.lengte}


@publiek
class Betekenis(models.Model):
    """What a service means, as 512 numbers: made by the worker (`loket.acties.betekenis`) of its title and first text.

    A row without them is work to do. `van` tells which text they were made of; `tekens` are only their signs, for
    finding the nearest few hundred in SQL; `vector` are the numbers themselves (float16), for ranking those.
    """

    dienst = models.OneToOneField(Dienst, primary_key=True, on_delete=models.CASCADE, related_name="betekenis")
    van = models.BigIntegerField()
    tekens = TekensVeld(null=True)
    vector = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["dienst"], condition=models.Q(tekens=None), name="betekenis_te_maken"),
            # all signs are read from this index alone, without the rows
            models.Index(fields=["tekens", "dienst"], name="betekenis_tekens"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tekens=None, vector=None) | models.Q(tekens__isnull=False, vector__isnull=False),
                name="betekenis_heel_of_niet",
            )
        ]


class Woord(models.Model):
    """A word that the site itself uses, and in how many services: for compounds, spelling and rarity."""

    woord = models.TextField(primary_key=True)
    aantal = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        indexes = [GinIndex(fields=["woord"], opclasses=["gin_trgm_ops"], name="woord_trgm")]


# Languages of `loket/gegevens/talen.toml` that the encoder did not learn.
ZWAKKE_TALEN = [("uk", "Oekraïens"), ("ro", "Roemeens")]


@pghistory.track()
@publiek
class Synoniem(models.Model):
    """What people say, and what the catalogue calls it."""

    woord = models.CharField("wat mensen zeggen", max_length=80)
    betekent = models.CharField("hoe het hier heet", max_length=80)
    beide_richtingen = models.BooleanField(
        "ook omgekeerd", default=False, help_text="Wie het tweede zoekt, vindt dan ook het eerste."
    )
    taal = models.CharField(
        max_length=3, blank=True, choices=ZWAKKE_TALEN, help_text="Laat leeg als het eerste woord Nederlands is."
    )

    class Meta:
        verbose_name = "synoniem"
        verbose_name_plural = "synoniemen"
        ordering = ["woord", "betekent"]
        constraints = [
            models.UniqueConstraint(
                Lower("woord"),
                Lower("betekent"),
                name="synoniem_uniek",
                violation_error_message="Dit paar bestaat al.",
            ),
            models.CheckConstraint(
                condition=~models.Q(woord=models.F("betekent")),
                name="synoniem_niet_zichzelf",
                violation_error_message="De twee woorden zijn hetzelfde.",
            ),
        ]

    def __str__(self):
        return f"{self.woord} > {self.betekent}"


class Nulzoekopdracht(models.Model):
    """A search that found nothing, or nothing that fits: the words, the day and how often. Nothing about who asked.

    `thema` is a guess by what the words mean (`loket.zoek.raad`), empty when nothing tells.
    """

    woorden = models.CharField(max_length=80)
    dag = models.DateField()
    aantal = models.PositiveIntegerField(default=1)
    zwak = models.BooleanField("wel iets, niets dat past", default=False)
    thema = models.ForeignKey(
        Thema, verbose_name="thema (geraden)", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "zoekopdracht zonder resultaat"
        verbose_name_plural = "zoekopdrachten zonder resultaat"
        default_permissions = ("view",)
        ordering = ["-dag", "-aantal", "woorden"]
        constraints = [models.UniqueConstraint(fields=["woorden", "dag", "zwak"], name="nulzoekopdracht_per_dag")]

    def __str__(self):
        return self.woorden
