"""Every local actor: who gives a service, carries an action or takes part."""

import pghistory
from django.db import models

from sociaalhuis import kbo
from sociaalhuis.versie import publiek


class OrganisatieQuerySet(models.QuerySet):
    def erkend(self):
        """Organisations that two staff members have checked."""
        return self.filter(erkend_op__isnull=False)


@pghistory.track()
@publiek
class Organisatie(models.Model):
    class Soort(models.TextChoices):
        VZW = "vzw", "Vzw"
        FEITELIJK = "feitelijke-vereniging", "Feitelijke vereniging"
        OVERHEID = "overheid", "Overheid"
        ZIEKENFONDS = "ziekenfonds", "Ziekenfonds"
        CAW = "caw", "CAW"
        SCHOOL = "school", "School"
        ADVIESRAAD = "adviesraad", "Adviesraad"
        ONDERNEMING = "onderneming", "Onderneming"

    code = models.SlugField(unique=True)
    naam = models.CharField(max_length=120)
    soort = models.CharField(max_length=25, choices=Soort.choices)
    ondernemingsnummer = models.CharField(max_length=10, blank=True, validators=[kbo.controleer])
    omschrijving = models.TextField(blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    straat = models.CharField(max_length=80, blank=True)
    huisnummer = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    gemeente = models.CharField(max_length=80, blank=True)
    themas = models.ManyToManyField("sociaalhuis.Thema", blank=True, verbose_name="thema's")
    doelgroepen = models.ManyToManyField("sociaalhuis.Doelgroep", blank=True)
    gebieden = models.ManyToManyField("sociaalhuis.Gebied", blank=True)
    erkend_op = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OrganisatieQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["ondernemingsnummer"],
                condition=~models.Q(ondernemingsnummer=""),
                name="organisatie_ondernemingsnummer_uniek",
            ),
            models.CheckConstraint(
                condition=~models.Q(soort="feitelijke-vereniging") | models.Q(ondernemingsnummer=""),
                name="organisatie_feitelijk_zonder_nummer",
            ),
            models.CheckConstraint(
                condition=models.Q(ondernemingsnummer="") | models.Q(ondernemingsnummer__regex=r"^[01][0-9]{9}$"),
                name="organisatie_ondernemingsnummer_vorm",
            ),
        ]

    def __str__(self):
        return self.naam

    def clean(self):
        if self.ondernemingsnummer:
            self.ondernemingsnummer = kbo.genormaliseerd(self.ondernemingsnummer)

    @property
    def ondernemingsnummer_getoond(self):
        return kbo.getoond(self.ondernemingsnummer)


@publiek
class OrganisatieThema(Organisatie.themas.through):
    """The link to a theme, named so that a change of it shows at once on public pages."""

    class Meta:
        proxy = True
        default_permissions = ()


@publiek
class OrganisatieDoelgroep(Organisatie.doelgroepen.through):
    class Meta:
        proxy = True
        default_permissions = ()


@publiek
class OrganisatieGebied(Organisatie.gebieden.through):
    class Meta:
        proxy = True
        default_permissions = ()
