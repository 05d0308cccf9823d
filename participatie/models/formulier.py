"""Forms that staff make for a round, without code, and what people answered on them.

A `Formulier` is one version of the questions of one phase. Once somebody answered, the database refuses to change its
questions: changing makes a new version, and old answers keep theirs. The same holds once the round is online, because
the questions may lie on paper somewhere. A question keeps its `stam` in every version, and
its field on the page is called after it, so what somebody typed on an older version fits the new one.
"""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plan.regels import regel
from sociaalhuis.keuring.opnieuw import Keuring
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.versie import publiek

BIJ = "participatie.formulierbestand.inhoud"
GEEN_ANTWOORDEN = """
    NOT EXISTS (
        SELECT 1 FROM participatie_formulierantwoord a JOIN participatie_formuliervraag v ON v.id = a.vraag_id
        WHERE v.formulier_id = {}.formulier_id)
"""


class FormulierQuerySet(models.QuerySet):
    def in_gebruik(self):
        return self.filter(in_gebruik_op__isnull=False)

    def huidig(self, ronde, fase):
        """The version that people see now, with its questions, or None."""
        return (
            self.in_gebruik()
            .filter(ronde=ronde, fase=fase)
            .order_by("-nummer")
            .prefetch_related("vragen__toon_als")
            .first()
        )


@pghistory.track()
class Formulier(models.Model):
    class Fase(models.TextChoices):
        INBRENGEN = "inbrengen", "Jouw mening"
        WEGEN = "wegen", "Samen wegen"

    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.CASCADE, related_name="formulieren")
    fase = models.CharField(max_length=10, choices=Fase.choices, default=Fase.INBRENGEN)
    nummer = models.PositiveSmallIntegerField("versie", default=1, editable=False)
    stand = models.PositiveIntegerField(default=1, editable=False)
    in_gebruik_op = models.DateTimeField(null=True, default=timezone.now, editable=False)

    objects = FormulierQuerySet.as_manager()

    class Meta:
        verbose_name = "formulier"
        verbose_name_plural = "formulieren"
        ordering = ["ronde", "fase", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["ronde", "fase", "nummer"], name="formulier_versie_uniek"),
            models.UniqueConstraint(
                fields=["ronde", "fase"], condition=Q(in_gebruik_op=None), name="formulier_een_in_de_maak"
            ),
        ]

    def __str__(self):
        return f"vragen van {self.ronde}, versie {self.nummer}"

    @property
    def merk(self):
        """What a page carries to tell whether the questions changed meanwhile."""
        return f"{self.pk}.{self.stand}"

    @property
    def is_vast(self):
        """Somebody answered, or may have it on paper: its questions stay as they are."""
        if self.in_gebruik_op and self.ronde.staat == "gepubliceerd":
            return True
        return Formulierantwoord.objects.filter(vraag__formulier=self).exists()


@pgtrigger.register(
    pgtrigger.Trigger(
        name="formuliervraag_vast_bij_antwoorden",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' THEN
                IF NOT ({GEEN_ANTWOORDEN.format("OLD")}) THEN
                    RAISE EXCEPTION 'rule "formuliervraag_vast_bij_antwoorden" does not hold'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'formuliervraag_vast_bij_antwoorden';
                END IF;
                RETURN OLD;
            END IF;
            IF NOT ({GEEN_ANTWOORDEN.format("NEW")}) THEN
                RAISE EXCEPTION 'rule "formuliervraag_vast_bij_antwoorden" does not hold'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'formuliervraag_vast_bij_antwoorden';
            END IF;
            RETURN NEW;
        """,
    )
)
@regel(
    "formuliervraag_toon_als_eerdere",
    """
    NEW.toon_als_id IS NULL OR EXISTS (
        SELECT 1 FROM participatie_formuliervraag v
        WHERE v.id = NEW.toon_als_id AND v.formulier_id = NEW.formulier_id AND v.soort IN ('keuze', 'meerdere', 'schaal'))
    """,
)
@pghistory.track()
class Formuliervraag(models.Model):
    class Soort(models.TextChoices):
        KORT = "kort", "Korte tekst"
        LANG = "lang", "Lange tekst"
        KEUZE = "keuze", "Eén antwoord kiezen"
        MEERDERE = "meerdere", "Meer dan één antwoord kiezen"
        SCHAAL = "schaal", "Schaal"
        RANGSCHIKKEN = "rangschikken", "In volgorde zetten"
        PUNTEN = "punten", "Punten verdelen"
        GETAL = "getal", "Getal"
        DATUM = "datum", "Datum"
        BESTAND = "bestand", "Foto of document"
        THEMA = "thema", "Thema's"
        DOELGROEP = "doelgroep", "Groepen"
        GEBIED = "gebied", "Buurten"

    MET_KEUZES = (Soort.KEUZE, Soort.MEERDERE, Soort.RANGSCHIKKEN, Soort.PUNTEN)
    INDELINGEN = (Soort.THEMA, Soort.DOELGROEP, Soort.GEBIED)
    KAN_TONEN = (Soort.KEUZE, Soort.MEERDERE, Soort.SCHAAL)  # another question may depend on the answer

    formulier = models.ForeignKey(Formulier, on_delete=models.CASCADE, related_name="vragen")
    stam = models.UUIDField(default=uuid.uuid4, editable=False)
    nummer = models.PositiveSmallIntegerField(editable=False)
    soort = models.CharField("welk soort vraag?", max_length=15, choices=Soort.choices)
    vraag = models.CharField("wat vraag je?", max_length=200)
    uitleg = models.CharField("uitleg bij de vraag", max_length=300, blank=True)
    verplicht = models.BooleanField("iedereen moet dit invullen", default=False)
    keuzes = models.TextField("antwoorden om uit te kiezen", blank=True, max_length=4000)
    minimum = models.IntegerField("laagste", null=True, blank=True)
    maximum = models.IntegerField("hoogste", null=True, blank=True)
    laag = models.CharField("wat betekent het laagste?", max_length=40, blank=True)
    hoog = models.CharField("wat betekent het hoogste?", max_length=40, blank=True)
    toon_als = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="opent",
        verbose_name="alleen tonen na vraag",
    )
    toon_waarde = models.CharField("als het antwoord is", max_length=200, blank=True)

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["formulier", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["formulier", "nummer"],
                name="formuliervraag_nummer_uniek",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["formulier", "stam"], name="formuliervraag_stam_uniek"),
            models.CheckConstraint(
                condition=~Q(soort__in=["keuze", "meerdere", "rangschikken", "punten"]) | ~Q(keuzes=""),
                name="formuliervraag_heeft_keuzes",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gt=F("minimum")), name="formuliervraag_grenzen"
            ),
            models.CheckConstraint(
                condition=Q(toon_als=None, toon_waarde="") | (Q(toon_als__isnull=False) & ~Q(toon_waarde="")),
                name="formuliervraag_toon_volledig",
            ),
        ]

    def __str__(self):
        return f"{self.nummer}. {self.vraag}"

    @property
    def veldnaam(self):
        return f"v{self.stam.hex[:12]}"

    @property
    def lijst(self):
        """The choices, one a line."""
        return [regel.strip() for regel in self.keuzes.splitlines() if regel.strip()]

    @property
    def schaal(self):
        return range(1 if self.minimum is None else self.minimum, (5 if self.maximum is None else self.maximum) + 1)

    @property
    def punten(self):
        """How many points there are to spread."""
        return self.maximum or 10

    @property
    def is_open_tekst(self):
        return self.soort in (self.Soort.KORT, self.Soort.LANG)


@pgtrigger.register(
    pgtrigger.ReadOnly(name="formulierantwoord_vast", fields=["inbreng", "vraag", "waarde"]),
)
@publiek
class Formulierantwoord(models.Model):
    """What one input answered on one question. `waarde` has the shape of its kind, see `participatie.vraagsoorten`."""

    inbreng = models.ForeignKey("participatie.Inbreng", on_delete=models.CASCADE, related_name="formulierantwoorden")
    vraag = models.ForeignKey(Formuliervraag, on_delete=models.PROTECT, related_name="antwoorden")
    waarde = models.JSONField()

    class Meta:
        verbose_name = "antwoord op een vraag"
        verbose_name_plural = "antwoorden op vragen"
        ordering = ["inbreng", "vraag__nummer"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["inbreng", "vraag"], name="formulierantwoord_een_per_vraag")]

    def __str__(self):
        return f"antwoord bij {self.inbreng}"


class FormulierbestandQuerySet(models.QuerySet):
    def op_te_halen(self):
        """What may leave the house: not what waits for the virus scanner, not what had a virus."""
        return self.filter(keuring=Formulierbestand.Keuring.KLAAR)


class Formulierbestand(models.Model):
    """A file given as an answer: ciphertext under a key of its own, under a name that says nothing. Only for who checks
    input, and every time it leaves is kept (`Bestandinzage`)."""

    Keuring = Keuring

    antwoord = models.OneToOneField(Formulierantwoord, on_delete=models.CASCADE, related_name="bestand")
    dossiersleutel = models.OneToOneField("sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="+")
    naam = VersleuteldTekstVeld()
    soort = models.CharField(max_length=80)
    plaats = models.CharField(max_length=100, editable=False)
    keuring = models.CharField(max_length=6, choices=Keuring.choices, default=Keuring.KLAAR, editable=False)

    objects = FormulierbestandQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand bij een antwoord"
        verbose_name_plural = "bestanden bij antwoorden"
        default_permissions = ()

    def __str__(self):
        return f"bestand {self.pk}"

    def bewaar(self, inhoud: bytes):
        """Stores the bytes encrypted and saves this row; a file of a rolled back row stays behind unreadable."""
        geheim = self.dossiersleutel.versleutel(inhoud, BIJ)
        self.plaats = default_storage.save(f"inbreng/{uuid.uuid4().hex}", ContentFile(geheim))
        self.save()

    def lees(self) -> bytes | None:
        """The bytes, or None when the key was erased: then the file is gone as well."""
        if self.dossiersleutel.gewist_op:
            return None
        with default_storage.open(self.plaats) as bestand:
            return self.dossiersleutel.ontsleutel(bestand.read(), BIJ)


@pgtrigger.register(pgtrigger.Protect(name="bestandinzage_blijft", operation=pgtrigger.Update | pgtrigger.Delete))
class Bestandinzage(models.Model):
    """Somebody of the house took the file that an input answered a question with. It outlives the file."""

    inbreng = models.ForeignKey("participatie.Inbreng", on_delete=models.PROTECT, related_name="bestandinzages")
    vraag = models.ForeignKey(Formuliervraag, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "inzage van een bestand"
        verbose_name_plural = "inzages van bestanden"
        default_permissions = ("view",)
        ordering = ["-op", "-pk"]

    def __str__(self):
        return f"inzage bij {self.inbreng}"


class Formulierconcept(models.Model):
    """Answers of an organisation that are not sent yet: one per organisation, that all its voices see and finish.

    `gegevens` holds what was typed, per field a list of texts, so a new version of the questions takes it over.
    """

    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.CASCADE, related_name="concepten")
    fase = models.CharField(max_length=10, choices=Formulier.Fase.choices)
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.CASCADE, related_name="+")
    gegevens = models.JSONField(default=dict)
    versie = models.PositiveIntegerField(default=1)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "concept van een inbreng"
        verbose_name_plural = "concepten van inbreng"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["ronde", "fase", "organisatie"], name="formulierconcept_een_per_organisatie"
            )
        ]

    def __str__(self):
        return f"concept van {self.organisatie}"
