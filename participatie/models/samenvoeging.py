"""Inputs that say the same get one answer: one leads, the others inherit it. Nobody's words are changed."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plan.regels import regel
from sociaalhuis.versie import publiek


@regel(
    "samenvoeging_een_ronde",
    """
    EXISTS (SELECT 1 FROM participatie_inbreng a JOIN participatie_inbreng b ON a.ronde_id = b.ronde_id
            WHERE a.id = NEW.inbreng_id AND b.id = NEW.leidend_id)
    """,
)
@regel(
    "samenvoeging_geen_ketting",
    """
    NOT EXISTS (SELECT 1 FROM participatie_samenvoeging s
                WHERE s.inbreng_id = NEW.leidend_id OR s.leidend_id = NEW.inbreng_id)
    """,
)
@regel(
    "samenvoeging_zonder_eigen_antwoord",
    "NOT EXISTS (SELECT 1 FROM participatie_antwoord a WHERE a.inbreng_id = NEW.inbreng_id)",
)
@regel(
    "samenvoeging_zonder_reactierecht",
    """
    NOT EXISTS (SELECT 1 FROM participatie_inbreng i JOIN participatie_reactierecht r
                ON r.organisatie_id = i.organisatie_id WHERE i.id = NEW.inbreng_id)
    """,
)
@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
@pgtrigger.register(pgtrigger.Protect(name="samenvoeging_vast", operation=pgtrigger.Update))
@publiek
class Samenvoeging(models.Model):
    """`inbreng` gets the answer of `leidend`. Undone by taking the row away, before the answers are published."""

    inbreng = models.OneToOneField("participatie.Inbreng", on_delete=models.CASCADE, related_name="samengevoegd")
    leidend = models.ForeignKey("participatie.Inbreng", on_delete=models.PROTECT, related_name="gevolgd")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        default_permissions = ("view",)
        ordering = ["leidend", "op"]
        constraints = [
            models.CheckConstraint(condition=~Q(inbreng=F("leidend")), name="samenvoeging_van_twee"),
        ]

    def __str__(self):
        return f"{self.inbreng} bij {self.leidend}"


@publiek
class Reactierecht(models.Model):
    """This organisation has by law a right to a reaction of its own: it is never skipped, and never merged away."""

    organisatie = models.OneToOneField("sociaalhuis.Organisatie", on_delete=models.CASCADE, related_name="reactierecht")
    grond = models.CharField(
        "waarom",
        max_length=200,
        help_text="De regel die het zegt, zoals: besluit over het lokaal overleg kinderopvang.",
    )

    class Meta:
        verbose_name = "recht op een reactie"
        verbose_name_plural = "rechten op een reactie"
        ordering = ["organisatie__naam"]
        constraints = [models.CheckConstraint(condition=~Q(grond=""), name="reactierecht_heeft_grond")]

    def __str__(self):
        return f"recht op een reactie van {self.organisatie}"
