"""An organisation asks to erase everything it gave. It happens after some days, in which a colleague or staff may stop it.

What stays of it is this row: that it was asked and done. It points at the organisation, which has no name any more.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from participatie.rechten import NAKIJKERS
from sociaalhuis.rollen import heeft_rol

WACHT = timedelta(days=7)


class WisverzoekQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door for staff; the corner looks at the mandate itself."""
        return self.all() if heeft_rol(gebruiker, *NAKIJKERS) else self.none()

    def open(self):
        """Asked, neither stopped nor done."""
        return self.filter(ingetrokken_op=None, uitgevoerd_op=None)


class Wisverzoek(models.Model):
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="wisverzoeken")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gevraagd_op = models.DateTimeField(default=timezone.now)
    vanaf = models.DateTimeField("gebeurt vanaf")
    ingetrokken_op = models.DateTimeField(null=True)
    ingetrokken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uitgevoerd_op = models.DateTimeField(null=True)

    objects = WisverzoekQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag om alles te wissen"
        verbose_name_plural = "vragen om alles te wissen"
        ordering = ["-gevraagd_op"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie"],
                condition=Q(ingetrokken_op=None, uitgevoerd_op=None),
                name="wisverzoek_een_open_per_organisatie",
            ),
            models.CheckConstraint(condition=Q(vanaf__gt=F("gevraagd_op")), name="wisverzoek_na_de_wachttijd"),
            models.CheckConstraint(
                condition=Q(ingetrokken_op=None, ingetrokken_door=None)
                | Q(ingetrokken_op__isnull=False, ingetrokken_door__isnull=False, uitgevoerd_op=None),
                name="wisverzoek_ingetrokken_of_uitgevoerd",
            ),
        ]

    def __str__(self):
        return f"vraag om te wissen {self.pk}"
