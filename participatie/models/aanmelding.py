"""An organisation that wants to take part, looked at by two different people of staff (four eyes).

`aangemeld` > `een_akkoord` > `erkend`, or `geweigerd` with a reason at any moment before. The database refuses a second
check by the first checker, whoever asks. The contact person is ciphertext: only the recognised representative becomes
a user.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from participatie.rechten import NAKIJKERS
from sociaalhuis import kbo
from sociaalhuis.inzending import Teken, nieuwe_referentie, sleutel_bij
from sociaalhuis.models import Organisatie, VersleuteldTekstVeld
from sociaalhuis.rollen import heeft_rol


class AanmeldingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: who checks organisations. An applicant follows by an unguessable link, see `Aanmelding.url`."""
        return self.all() if heeft_rol(gebruiker, *NAKIJKERS) else self.none()

    def lopend(self):
        return self.filter(staat__in=Aanmelding.LOPEND)

    def voor_lijst(self):
        """For lists: who applied as contact is not even read."""
        return self.defer("contact_naam", "contact_email", "contact_telefoon").select_related("eerste_door")


@pghistory.track(
    model_name="AanmeldingEvent",
    fields=[
        "staat",
        "eerste_door",
        "eerste_op",
        "tweede_door",
        "tweede_op",
        "geweigerd_door",
        "geweigerd_op",
        "organisatie",
    ],
)
@pgtrigger.register(
    pgtrigger.ReadOnly(
        name="aanmelding_staat_vast", fields=["referentie", "inzending", "aangemeld_op", "dossiersleutel"]
    )
)
class Aanmelding(models.Model):
    class Staat(models.TextChoices):
        AANGEMELD = "aangemeld", "Wacht op nazicht"
        EEN_AKKOORD = "een_akkoord", "Eén akkoord, wacht op het tweede"
        ERKEND = "erkend", "Erkend"
        GEWEIGERD = "geweigerd", "Geweigerd"

    LOPEND = (Staat.AANGEMELD, Staat.EEN_AKKOORD)
    OVERGANGEN = {
        Staat.AANGEMELD: (Staat.EEN_AKKOORD, Staat.GEWEIGERD),
        Staat.EEN_AKKOORD: (Staat.ERKEND, Staat.GEWEIGERD),
        Staat.ERKEND: (),
        Staat.GEWEIGERD: (),
    }

    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    inzending = models.UUIDField(unique=True, editable=False)
    teken = models.CharField("verdacht omdat", max_length=15, choices=Teken.choices, blank=True, editable=False)
    vorige = models.OneToOneField(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="verbeterd",
        verbose_name="verbetert de geweigerde aanmelding",
    )  # fmt: skip
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.AANGEMELD, editable=False)
    aangemeld_op = models.DateTimeField(default=timezone.now, editable=False)

    # what becomes the Organisatie
    naam = models.CharField("naam van je organisatie", max_length=120)
    soort = models.CharField("soort organisatie", max_length=25, choices=Organisatie.Soort.choices)
    ondernemingsnummer = models.CharField(max_length=10, blank=True, validators=[kbo.controleer])
    omschrijving = models.TextField("wat doen jullie?", max_length=600)
    website = models.URLField(blank=True)
    themas = models.ManyToManyField("sociaalhuis.Thema", blank=True, verbose_name="thema's", related_name="+")
    doelgroepen = models.ManyToManyField("sociaalhuis.Doelgroep", blank=True, related_name="+")
    gebieden = models.ManyToManyField("sociaalhuis.Gebied", blank=True, related_name="+")

    # who becomes the Gebruiker
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="aanmelding", editable=False
    )
    contact_naam = VersleuteldTekstVeld()
    contact_email = VersleuteldTekstVeld()
    contact_telefoon = VersleuteldTekstVeld(null=True)

    eerste_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    eerste_op = models.DateTimeField(null=True, editable=False)
    tweede_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    tweede_op = models.DateTimeField(null=True, editable=False)
    geweigerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    geweigerd_op = models.DateTimeField(null=True, editable=False)
    reden = models.TextField("reden van de weigering", blank=True, max_length=1000)
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, editable=False, on_delete=models.PROTECT, related_name="aanmeldingen"
    )

    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        ordering = ["aangemeld_op"]
        permissions = [("kijk_na_aanmelding", "Kan aanmeldingen van organisaties nakijken")]
        constraints = [
            models.CheckConstraint(
                condition=Q(eerste_door__isnull=True, eerste_op__isnull=True)
                | Q(eerste_door__isnull=False, eerste_op__isnull=False),
                name="aanmelding_eerste_volledig",
            ),
            models.CheckConstraint(
                condition=Q(tweede_door__isnull=True, tweede_op__isnull=True)
                | Q(tweede_door__isnull=False, tweede_op__isnull=False),
                name="aanmelding_tweede_volledig",
            ),
            models.CheckConstraint(
                condition=Q(tweede_door__isnull=True)
                | (Q(eerste_door__isnull=False) & ~Q(tweede_door=F("eerste_door"))),
                name="aanmelding_vier_ogen",
            ),
            models.CheckConstraint(
                condition=Q(geweigerd_door__isnull=True, geweigerd_op__isnull=True, reden="")
                | (Q(geweigerd_door__isnull=False, geweigerd_op__isnull=False) & ~Q(reden="")),
                name="aanmelding_weigering_volledig",
            ),
            models.CheckConstraint(
                condition=Q(staat="aangemeld", eerste_op=None, tweede_op=None, geweigerd_op=None, organisatie=None)
                | Q(staat="een_akkoord", eerste_op__isnull=False, tweede_op=None, geweigerd_op=None, organisatie=None)
                | Q(staat="erkend", tweede_op__isnull=False, geweigerd_op=None, organisatie__isnull=False)
                | Q(staat="geweigerd", tweede_op=None, geweigerd_op__isnull=False, organisatie=None),
                name="aanmelding_staat_klopt",
            ),
            models.UniqueConstraint(
                fields=["ondernemingsnummer"],
                condition=Q(staat__in=["aangemeld", "een_akkoord"]) & ~Q(ondernemingsnummer=""),
                name="aanmelding_een_per_nummer",
            ),
            models.CheckConstraint(
                condition=~Q(soort="feitelijke-vereniging") | Q(ondernemingsnummer=""),
                name="aanmelding_feitelijk_zonder_nummer",
            ),
        ]

    def __str__(self):
        return f"aanmelding {self.referentie}"

    @property
    def is_lopend(self):
        return self.staat in self.LOPEND

    @property
    def mag_opnieuw(self):
        """Whether the applicant may correct this refused one: once, and the corrected one can be refused again."""
        return self.staat == self.Staat.GEWEIGERD and not hasattr(self, "verbeterd")

    @property
    def ondernemingsnummer_getoond(self):
        return kbo.getoond(self.ondernemingsnummer)

    @property
    def url(self):
        """The page where the applicant follows it: unguessable, and it tells nothing of the contact person."""
        return reverse("participatie:volgen", args=[self.referentie, sleutel_bij("aanmelding", self.referentie)])
