"""Advisory councils: what makes an organisation one, and who sits in it.

The name of a member is ciphertext and goes some years after the term. Only who holds an office of the council (chair,
secretary) is named on the website, for as long as that lasts. The sex is there for one check of the law and is on no
page but that of the staff who do it.
"""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from participatie import samenstelling
from participatie.models.mandaat import Mandaat
from participatie.rechten import NAKIJKERS, RONDEWERKERS
from plan.regels import regel
from sociaalhuis.models import Bestuursorgaan, VersleuteldTekstVeld
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek


class AdviesraadQuerySet(models.QuerySet):
    def openbaar(self):
        """Councils of organisations that are recognised: everyone may know of them."""
        return self.filter(organisatie__erkend_op__isnull=False)

    def zichtbaar_voor(self, gebruiker):
        """The one door: who checks organisations or works on rounds sees all, a representative the own council."""
        if heeft_rol(gebruiker, *NAKIJKERS, *RONDEWERKERS):
            return self.all()
        return self.filter(organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))


@regel(
    "adviesraad_opgericht_door_gemeenteraad",
    "EXISTS (SELECT 1 FROM sociaalhuis_bestuursorgaan o WHERE o.id = NEW.opgericht_door_id AND o.soort = 'gemeenteraad')",
)
@pghistory.track()
@publiek
class Adviesraad(models.Model):
    class Soort(models.TextChoices):
        OUDERENRAAD = "ouderenraad", "Ouderenraad"
        JEUGDRAAD = "jeugdraad", "Jeugdraad"
        LOK = "lok", "Lokaal Overleg Kinderopvang"
        HUIS_VAN_HET_KIND = "huis-van-het-kind", "Huis van het Kind"
        WELZIJN = "welzijn", "Welzijnsraad"
        TOEGANKELIJKHEID = "toegankelijkheid", "Raad voor personen met een handicap"
        ANDERE = "andere", "Andere adviesraad"

    class Quorum(models.TextChoices):
        MEER_DAN_HELFT = "meer-dan-helft", "Meer dan de helft van de leden"
        HELFT = "helft", "Minstens de helft van de leden"
        DERDE = "derde", "Minstens een derde van de leden"
        GEEN = "geen", "Geen quorum"

    organisatie = models.OneToOneField("sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="adviesraad")
    soort = models.CharField(max_length=20, choices=Soort.choices)
    opgericht_door = models.ForeignKey(Bestuursorgaan, on_delete=models.PROTECT, related_name="+")
    opgericht_op = models.DateField("dag van het oprichtingsbesluit")
    besluit_nummer = models.CharField("nummer van het besluit", max_length=40)
    besluit_uri = models.URLField("webadres van het besluit", blank=True)
    quorum = models.CharField(
        max_length=15, choices=Quorum.choices, default=Quorum.MEER_DAN_HELFT, help_text="Zoals in de statuten staat."
    )

    objects = AdviesraadQuerySet.as_manager()

    class Meta:
        verbose_name = "adviesraad"
        verbose_name_plural = "adviesraden"
        ordering = ["organisatie__naam"]
        constraints = [
            models.CheckConstraint(condition=~Q(besluit_nummer=""), name="adviesraad_heeft_oprichtingsbesluit"),
        ]

    def __str__(self):
        return str(self.organisatie)

    def get_absolute_url(self):
        return reverse("participatie:adviesraad", args=[self.organisatie.code])

    def clean(self):
        if self.opgericht_door_id and self.opgericht_door.soort != Bestuursorgaan.Soort.GEMEENTERAAD:
            raise ValidationError({"opgericht_door": "Alleen de gemeenteraad richt een adviesraad op (art. 304)."})

    @property
    def heeft_reactierecht(self):
        """Whether it has by law a right to know what was done with its advice (`Reactierecht`), as a LOK has."""
        return hasattr(self.organisatie, "reactierecht")

    def nodig(self, stemmen):
        """How many members with a vote must be there, of so many."""
        return {
            self.Quorum.MEER_DAN_HELFT: stemmen // 2 + 1,
            self.Quorum.HELFT: -(-stemmen // 2),
            self.Quorum.DERDE: -(-stemmen // 3),
            self.Quorum.GEEN: 0,
        }[self.quorum]

    def samenstelling(self, dag=None):
        """The `Samenstelling` on a day (today); one query, unless the members are there already as `leden_nu`."""
        leden = self.leden_nu if dag is None and hasattr(self, "leden_nu") else self.leden.op(dag).defer("naam")
        return samenstelling.van(leden, self.nodig)


class RaadslidQuerySet(models.QuerySet):
    def op(self, dag=None):
        """Who sits on this day (today); the last day of a term counts."""
        dag = dag or timezone.localdate()
        return self.filter(Q(tot=None) | Q(tot__gte=dag), van__lte=dag)

    def zichtbaar_voor(self, gebruiker):
        """The one door: only who checks organisations. A council's own pages show offices and numbers."""
        return self.all() if heeft_rol(gebruiker, *NAKIJKERS) else self.none()

    def in_ambt(self):
        return self.exclude(functie=Raadslid.Functie.LID)


@pghistory.track(model_name="RaadslidEvent", fields=["adviesraad", "soort", "functie", "mandataris", "van", "tot"])
@publiek
class Raadslid(models.Model):
    class Soort(models.TextChoices):
        EFFECTIEF = "effectief", "Effectief lid"
        PLAATSVERVANGER = "plaatsvervanger", "Plaatsvervanger"

    class Functie(models.TextChoices):
        VOORZITTER = "voorzitter", "Voorzitter"
        ONDERVOORZITTER = "ondervoorzitter", "Ondervoorzitter"
        SECRETARIS = "secretaris", "Secretaris"
        LID = "lid", "Lid"

    class Geslacht(models.TextChoices):
        VROUW = "v", "Vrouw"
        MAN = "m", "Man"
        X = "x", "X"

    adviesraad = models.ForeignKey(Adviesraad, on_delete=models.PROTECT, related_name="leden")
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="raadslid", editable=False
    )
    naam = VersleuteldTekstVeld()
    geslacht = models.CharField(
        max_length=1, choices=Geslacht.choices, help_text="Alleen om na te gaan of de raad geldig advies kan geven."
    )
    soort = models.CharField(max_length=15, choices=Soort.choices, default=Soort.EFFECTIEF)
    functie = models.CharField(max_length=15, choices=Functie.choices, default=Functie.LID)
    mandataris = models.BooleanField(
        "zit in de gemeenteraad of het college", default=False, help_text="Dan heeft dit lid geen stem (art. 304)."
    )
    van = models.DateField("vanaf", default=timezone.localdate)
    tot = models.DateField("tot en met", null=True, blank=True)

    objects = RaadslidQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van een adviesraad"
        verbose_name_plural = "leden van adviesraden"
        ordering = ["adviesraad", "van", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot=None) | Q(tot__gte=F("van")),
                name="raadslid_tot_na_van",
                violation_error_message="Het einde ligt niet voor het begin.",
            ),
            models.CheckConstraint(
                condition=Q(soort="effectief") | Q(functie="lid"),
                name="raadslid_ambt_is_effectief",
                violation_error_message="Een plaatsvervanger is geen voorzitter of secretaris.",
            ),
        ]

    def __str__(self):
        return f"lid van {self.adviesraad_id}"

    @property
    def stemt(self):
        """Effective members vote; councillors and aldermen do not."""
        return self.soort == self.Soort.EFFECTIEF and not self.mandataris
