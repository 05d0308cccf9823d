"""What happens in participation, told as it happens, and who wants to hear of it by mail.

A `Bericht` is one sentence that anyone may read; pages, the feed and mails show these rows and compute nothing. `sleutel`
says which occasion it is, so that the same is told once.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from participatie.models.ronde import Ronde
from sociaalhuis.models.abonnee import Abonnee
from sociaalhuis.versie import publiek


class BerichtQuerySet(models.QuerySet):
    def openbaar(self):
        """Without what was told of a round that is no longer public."""
        return self.filter(Q(ronde=None) | Q(ronde__in=Ronde.objects.openbaar()))

    def over(self, ronde):
        """About one round; None for everything."""
        return self if ronde is None else self.filter(ronde=ronde)


@publiek
class Bericht(models.Model):
    sleutel = models.CharField(max_length=80, unique=True, editable=False)
    ronde = models.ForeignKey(Ronde, null=True, on_delete=models.CASCADE, related_name="berichten")
    titel = models.CharField(max_length=200)
    tekst = models.CharField(max_length=500)
    pad = models.CharField("waar het staat", max_length=200)
    op = models.DateTimeField()

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht over participatie"
        verbose_name_plural = "berichten over participatie"
        default_permissions = ()
        ordering = ["-op", "-pk"]
        indexes = [models.Index(fields=["-op"], name="participatiebericht_nieuwste")]

    def __str__(self):
        return self.titel

    @property
    def dag(self):
        return timezone.localdate(self.op)


class Volger(Abonnee):
    """Who wants to hear of everything that happens here, or of one round."""

    SOORT = "volger"

    ronde = models.ForeignKey(Ronde, null=True, on_delete=models.CASCADE, related_name="volgers")

    class Meta(Abonnee.Meta):
        verbose_name = "volger van participatie"
        verbose_name_plural = "volgers van participatie"
        constraints = [
            models.UniqueConstraint(fields=["ronde", "wie"], nulls_distinct=False, name="volger_een_per_adres"),
            models.CheckConstraint(
                condition=Q(laatst_op__isnull=True) | Q(bevestigd_op__isnull=False), name="volger_mail_na_bevestigen"
            ),
        ]
