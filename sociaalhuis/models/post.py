"""The outbox: mail is written in the same transaction as what it tells about, and leaves after it.

Rows are claimed with SKIP LOCKED and a lease, so any number of workers may run; a worker that dies
loses its lease and the mail goes again with the same Message-ID. After sending, the text is emptied.

The address of somebody who asked for help is ciphertext under the key of the case (`aan_geheim`): who erases that key
erases the address in every copy of the outbox. The address of an account stands as it is in `aan`. Where an answer goes
(`antwoord_geheim`) is ciphertext too, and goes when the mail was sent.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sociaalhuis.models.sleutel import VersleuteldTekstVeld


class UitgaandeMailQuerySet(models.QuerySet):
    def te_verzenden(self, nu=None):
        """Mails whose turn it is: not sent, not given up, no lease or a lease that ran out."""
        return self.filter(staat=UitgaandeMail.Staat.WACHT, volgende_poging__lte=nu or timezone.now())


class UitgaandeMail(models.Model):
    class Staat(models.TextChoices):
        WACHT = "wacht", "Wacht"
        VERZONDEN = "verzonden", "Verzonden"
        OPGEGEVEN = "opgegeven", "Opgegeven"

    sleutel = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=120, unique=True)
    aan = models.EmailField(blank=True)
    dossiersleutel = models.ForeignKey(
        "sociaalhuis.Dossiersleutel", null=True, editable=False, on_delete=models.CASCADE, related_name="mails"
    )
    aan_geheim = VersleuteldTekstVeld(null=True)
    antwoord_geheim = VersleuteldTekstVeld(null=True)
    onderwerp = models.CharField(max_length=200)
    tekst = models.TextField(blank=True)
    afmelden = models.URLField("adres om te stoppen", blank=True, default="", db_default="")
    staat = models.CharField(max_length=10, choices=Staat.choices, default=Staat.WACHT)
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_poging = models.DateTimeField(default=timezone.now)
    fout = models.CharField(max_length=200, blank=True)
    gemaakt_op = models.DateTimeField(default=timezone.now)
    verzonden_op = models.DateTimeField(null=True, blank=True)

    objects = UitgaandeMailQuerySet.as_manager()

    class Meta:
        verbose_name = "uitgaande mail"
        verbose_name_plural = "uitgaande mails"
        ordering = ["-gemaakt_op"]
        indexes = [models.Index("volgende_poging", condition=Q(staat="wacht"), name="uitgaandemail_wachtrij")]
        constraints = [
            models.CheckConstraint(
                condition=Q(staat="verzonden", verzonden_op__isnull=False)
                | (~Q(staat="verzonden") & Q(verzonden_op__isnull=True)),
                name="uitgaandemail_verzonden_heeft_tijd",
            ),
            models.CheckConstraint(
                condition=~Q(staat="verzonden") | Q(tekst="", afmelden="", antwoord_geheim__isnull=True),
                name="uitgaandemail_verzonden_is_leeg",
            ),
            models.CheckConstraint(
                condition=Q(antwoord_geheim__isnull=True) | Q(dossiersleutel__isnull=False),
                name="uitgaandemail_antwoord_hoort_bij_dossier",
            ),
            models.CheckConstraint(
                condition=Q(aan="", dossiersleutel__isnull=False, aan_geheim__isnull=False)
                | (~Q(aan="") & Q(dossiersleutel__isnull=True, aan_geheim__isnull=True)),
                name="uitgaandemail_een_adres",
            ),
        ]

    def __str__(self):
        return f"mail {self.pk}"

    @property
    def adres(self):
        """To whom; '[gewist]' when the key of the case was erased."""
        return self.aan or self.aan_geheim
