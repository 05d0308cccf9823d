"""The phases of a round: what people are asked to do, and from when until when.

The outer hours of a round are its own columns (`opent_op`, `sluit_op`, `antwoord_tegen`); a phase tells what happens in
between. Both are kept together by the database: a round gets its three ordinary phases when it is made, an edge that
is the hour of the round moves with it, and `rondefase_binnen_de_ronde` refuses phases that say something else.
"""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q

from sociaalhuis.bereik import alleen
from sociaalhuis.versie import publiek

VOLGORDE = ("informeren", "inbrengen", "wegen", "antwoorden", "resultaat")
MEEDOEN = ("inbrengen", "wegen")  # in these phases people give something
RANG = "array_position(ARRAY[{}]::text[], {{}}::text)".format(", ".join(f"'{soort}'" for soort in VOLGORDE))

FASEN_VOLGEN = """
    IF NOT EXISTS (SELECT 1 FROM participatie_rondefase WHERE ronde_id = NEW.id) THEN
        INSERT INTO participatie_rondefase (ronde_id, soort, van, tot) VALUES
            (NEW.id, 'inbrengen', NEW.opent_op, NEW.sluit_op),
            (NEW.id, 'antwoorden', NEW.sluit_op, {na_new}),
            (NEW.id, 'resultaat', {na_new}, NULL);
    ELSE
        UPDATE participatie_rondefase SET
            van = CASE van WHEN OLD.opent_op THEN NEW.opent_op WHEN OLD.sluit_op THEN NEW.sluit_op
                           WHEN {na_old} THEN {na_new} ELSE van END,
            tot = CASE tot WHEN OLD.opent_op THEN NEW.opent_op WHEN OLD.sluit_op THEN NEW.sluit_op
                           WHEN {na_old} THEN {na_new} ELSE tot END
        WHERE ronde_id = NEW.id;
    END IF;
    RETURN NULL;
""".format(
    **{f"na_{rij}": f"(({rij}.antwoord_tegen + 1)::timestamp AT TIME ZONE 'Europe/Brussels')" for rij in ("old", "new")}
)

BINNEN_DE_RONDE = """
    NOT EXISTS (
        SELECT 1 FROM participatie_ronde r, LATERAL (
            SELECT min(f.van) AS van, max(f.tot) AS tot FROM participatie_rondefase f
            WHERE f.ronde_id = r.id AND f.soort IN ('inbrengen', 'wegen')) AS mee
        WHERE r.id = {ronde} AND (r.opent_op, r.sluit_op) IS DISTINCT FROM (mee.van, mee.tot))
"""
IN_VOLGORDE = f"""
    NOT EXISTS (
        SELECT 1 FROM participatie_rondefase f JOIN participatie_rondefase g USING (ronde_id)
        WHERE f.ronde_id = NEW.ronde_id AND {RANG.format("f.soort")} < {RANG.format("g.soort")} AND f.van > g.van)
"""


def na_afloop(naam, voorwaarde, operation):
    """A trigger that asks at the end of the transaction whether the SQL `voorwaarde` holds, as a named constraint."""
    return pgtrigger.register(
        pgtrigger.Trigger(
            name=naam,
            when=pgtrigger.After,
            operation=operation,
            timing=pgtrigger.Deferred,
            func=f"""
                IF NOT ({voorwaarde}) THEN
                    RAISE EXCEPTION 'rule "{naam}" does not hold'
                        USING ERRCODE = 'check_violation', CONSTRAINT = '{naam}';
                END IF;
                RETURN NULL;
            """,
        )
    )


def fasen_volgen(model):
    """Class decorator for the round: its phases are there from the start, move with its hours and stay within them."""
    volgen = pgtrigger.Trigger(
        name="ronde_fasen_volgen",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("opent_op", "sluit_op", "antwoord_tegen"),
        func=FASEN_VOLGEN,
    )
    binnen = na_afloop(
        "rondefase_binnen_de_ronde",
        BINNEN_DE_RONDE.format(ronde="NEW.id"),
        pgtrigger.Insert | pgtrigger.UpdateOf("opent_op", "sluit_op"),
    )
    return binnen(pgtrigger.register(volgen)(model))


@na_afloop("rondefase_in_volgorde", IN_VOLGORDE, pgtrigger.Insert | pgtrigger.Update)
@na_afloop(
    "rondefase_binnen_de_ronde",
    BINNEN_DE_RONDE.format(ronde="coalesce(NEW.ronde_id, OLD.ronde_id)"),
    pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
)
@pghistory.track()
@publiek
class Rondefase(models.Model):
    """From `van` until `tot` (not included; empty: without end) a round is in this phase."""

    class Soort(models.TextChoices):
        INFORMEREN = "informeren", "Lezen"
        INBRENGEN = "inbrengen", "Jouw mening"
        WEGEN = "wegen", "Samen wegen"
        ANTWOORDEN = "antwoorden", "We maken de antwoorden"
        RESULTAAT = "resultaat", "Wat ermee gebeurde"

    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.CASCADE, related_name="fases")
    soort = models.CharField(max_length=10, choices=Soort.choices)
    van = models.DateTimeField("vanaf")
    tot = models.DateTimeField("tot", null=True, blank=True)

    class Meta:
        verbose_name = "fase"
        verbose_name_plural = "fases"
        ordering = ["ronde", "van"]
        constraints = [
            models.UniqueConstraint(fields=["ronde", "soort"], name="rondefase_een_per_soort"),
            models.CheckConstraint(
                condition=Q(tot=None) | Q(tot__gt=F("van")),
                name="rondefase_tot_na_van",
                violation_error_message="Een fase eindigt nadat ze begint.",
            ),
            models.CheckConstraint(
                condition=Q(tot__isnull=False) | Q(soort="resultaat"), name="rondefase_alleen_resultaat_zonder_eind"
            ),
            ExclusionConstraint(
                name="rondefase_overlapt_niet",
                deferrable=Deferrable.IMMEDIATE,  # two edges move in one statement
                expressions=[
                    (alleen("ronde_id"), RangeOperators.OVERLAPS),
                    (
                        Func(F("van"), F("tot"), function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Twee fases lopen door elkaar.",
            ),
        ]

    def __str__(self):
        return self.get_soort_display()
