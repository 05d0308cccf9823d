"""Questions of different persons that ask the same: they share an answer, never a case.

Only staff who see a question see that it is linked, and only to what they see as well. The database refuses a link
between questions of two besturen, whoever asks.
"""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

EEN_BESTUUR = """
    IF EXISTS (
        SELECT 1 FROM loket_koppeling k JOIN loket_vraag ander ON ander.id = k.vraag_id
        WHERE k.groep = NEW.groep AND k.vraag_id <> NEW.vraag_id
          AND ander.bestuur_id <> (SELECT bestuur_id FROM loket_vraag WHERE id = NEW.vraag_id)
    ) THEN
        RAISE EXCEPTION 'gekoppelde vragen zijn van een en hetzelfde bestuur' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pgtrigger.register(
    pgtrigger.Trigger(
        name="koppeling_een_bestuur",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=EEN_BESTUUR,
    )
)
class Koppeling(models.Model):
    """This question belongs with the others of `groep`. A question is in at most one group."""

    vraag = models.OneToOneField("loket.Vraag", on_delete=models.CASCADE, related_name="koppeling")
    groep = models.UUIDField(default=uuid.uuid4, db_index=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "koppeling"
        verbose_name_plural = "koppelingen"
        default_permissions = ()

    def __str__(self):
        return f"koppeling {self.pk}"
