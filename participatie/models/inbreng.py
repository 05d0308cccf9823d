"""What an organisation or a citizen says in a round, about the whole plan or one part.

An organisation's words show at once; a citizen's after someone has read them. What was said never changes. The e-mail
of a citizen is ciphertext, serves only to tell that there is an answer, and is on no page.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from participatie.models.mandaat import Mandaat
from participatie.rechten import RONDEWERKERS
from plan.models import Onderdeel
from plan.regels import regel
from sociaalhuis.inzending import Teken, nieuwe_referentie, sleutel_bij
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek

MAX_TEKENS = 5000


class InbrengQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door to a single input: who works on rounds sees all, a representative those of the own organisations."""
        if heeft_rol(gebruiker, *RONDEWERKERS):
            return self.all()
        return self.filter(organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))

    def openbaar(self):
        """What anyone may read."""
        return self.filter(staat=Inbreng.Staat.ZICHTBAAR)

    def na_te_kijken(self):
        return self.filter(staat=Inbreng.Staat.INGEDIEND)

    def voor_lijst(self):
        """With what a list shows, in one query; the e-mail is not even read."""
        return self.defer("email").select_related("ronde", "onderdeel", "onderdeel__plan", "organisatie", "antwoord")

    def in_volgorde_van_het_plan(self):
        """The whole plan first, then guarantee by guarantee."""
        return self.order_by(models.F("onderdeel__code").asc(nulls_first=True), "ingediend_op", "pk")


@regel(
    "inbreng_onderdeel_van_plan",
    """
    NEW.onderdeel_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_onderdeel o JOIN participatie_ronde r ON r.plan_id = o.plan_id
        WHERE o.id = NEW.onderdeel_id AND r.id = NEW.ronde_id)
    """,
)
@pghistory.track(
    pghistory.UpdateEvent(),
    model_name="InbrengEvent",
    fields=["staat", "reden_verborgen", "onderdeel", "beoordeeld_door", "beoordeeld_op"],
)
@pgtrigger.register(
    pgtrigger.ReadOnly(
        name="inbreng_staat_vast",
        fields=["ronde", "organisatie", "ingediend_door", "kanaal", "tekst", "referentie", "inzending", "ingediend_op"],
    )
)
@publiek
class Inbreng(models.Model):
    class Kanaal(models.TextChoices):
        WEB = "web", "Website"
        PAPIER = "papier", "Op papier"
        TELEFOON = "telefoon", "Telefoon"
        LOKET = "loket", "Aan het loket"
        OVERLEG = "overleg", "Op een overleg"

    class Staat(models.TextChoices):
        INGEDIEND = "ingediend", "Wacht op nazicht"
        ZICHTBAAR = "zichtbaar", "Zichtbaar"
        VERBORGEN = "verborgen", "Verborgen"

    OVERGANGEN = {
        Staat.INGEDIEND: (Staat.ZICHTBAAR, Staat.VERBORGEN),
        Staat.ZICHTBAAR: (Staat.VERBORGEN,),
        Staat.VERBORGEN: (Staat.ZICHTBAAR,),
    }

    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.PROTECT, related_name="inbrengen")
    onderdeel = models.ForeignKey(
        Onderdeel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inbrengen",
        help_text="Leeg: het hele plan.",
    )
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="inbrengen"
    )
    ingediend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    kanaal = models.CharField(max_length=10, choices=Kanaal.choices, default=Kanaal.WEB)
    naam_publiek = models.CharField("naam bij je inbreng", max_length=60, blank=True)
    tekst = models.TextField(max_length=MAX_TEKENS)
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", null=True, on_delete=models.PROTECT, related_name="inbreng", editable=False
    )
    email = VersleuteldTekstVeld(null=True)
    staat = models.CharField(max_length=10, choices=Staat.choices, default=Staat.INGEDIEND, editable=False)
    teken = models.CharField("verdacht omdat", max_length=15, choices=Teken.choices, blank=True, editable=False)
    reden_verborgen = models.TextField("waarom niet getoond", blank=True, max_length=500)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    beoordeeld_op = models.DateTimeField(null=True, editable=False)
    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    inzending = models.UUIDField(unique=True, null=True, editable=False)
    ingediend_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = InbrengQuerySet.as_manager()

    class Meta:
        verbose_name = "inbreng"
        verbose_name_plural = "inbreng"
        ordering = ["ingediend_op"]
        indexes = [models.Index("ronde", "staat", name="inbreng_ronde_staat")]
        constraints = [
            models.CheckConstraint(condition=~Q(tekst=""), name="inbreng_heeft_tekst"),
            models.CheckConstraint(
                condition=(Q(staat="verborgen") & ~Q(reden_verborgen=""))
                | (~Q(staat="verborgen") & Q(reden_verborgen="")),
                name="inbreng_verborgen_heeft_reden",
            ),
            models.CheckConstraint(
                condition=Q(beoordeeld_door__isnull=True, beoordeeld_op__isnull=True)
                | Q(beoordeeld_door__isnull=False, beoordeeld_op__isnull=False),
                name="inbreng_beoordeling_volledig",
            ),
            models.CheckConstraint(
                condition=Q(staat="ingediend") | Q(organisatie__isnull=False) | Q(beoordeeld_op__isnull=False),
                name="inbreng_burger_pas_na_nazicht",
            ),
            models.CheckConstraint(
                condition=Q(organisatie__isnull=True) | Q(naam_publiek="", email__isnull=True),
                name="inbreng_organisatie_zonder_burgergegevens",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True, dossiersleutel__isnull=True)
                | Q(email__isnull=False, dossiersleutel__isnull=False),
                name="inbreng_email_heeft_sleutel",
            ),
        ]

    def __str__(self):
        return f"inbreng {self.referentie}"

    @property
    def van(self):
        """Who said it, as shown on the page."""
        return self.organisatie.naam if self.organisatie_id else self.naam_publiek or "Een inwoner"

    @property
    def over(self):
        """What it is about, in words."""
        return str(self.onderdeel) if self.onderdeel_id else "Het hele plan"

    @property
    def is_zichtbaar(self):
        return self.staat == self.Staat.ZICHTBAAR

    @property
    def antwoord_of_niets(self):
        return getattr(self, "antwoord", None)

    @property
    def bewijs_url(self):
        """The page of the receipt: unguessable, and it does not show what was said."""
        return reverse("participatie:ontvangen", args=[self.referentie, sleutel_bij("inbreng", self.referentie)])
