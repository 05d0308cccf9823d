"""The way of a plan past the two councils: which body takes which step, in which order, with which outcome.

Advice (advisory councils, LOK) > bijzonder comité > college and vast bureau > RMW fixes its part > gemeenteraad fixes
its part > gemeenteraad approves the part of the OCMW > published. Source of the order: decreet over het lokaal bestuur
of 22 December 2017 (each council votes its own part, then the gemeenteraad approves that of the OCMW). Advice does not
bind, so advice against never stops the way; a refusal of a deciding body does. A town without advisory councils, or whose
comité does not speak about this plan, says so with a reason; a step that was noted by mistake is withdrawn and stays readable.
"""

from typing import NamedTuple

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from plan.models.plan import Plan, VanPlanQuerySet
from plan.regels import regel
from sociaalhuis.models import Bestuursorgaan
from sociaalhuis.versie import publiek

Orgaan = Bestuursorgaan.Soort


class Trede(NamedTuple):
    """One step of the way: its code, the bodies that each take it (none: advisory councils), the outcomes it may have."""

    stap: str
    organen: tuple
    uitslagen: tuple

    @property
    def aantal(self):
        """How many bodies must have taken it before the next step."""
        return len(self.organen) or 1


TREDEN = (
    Trede("advies", (), ("gunstig", "ongunstig")),
    Trede("comite", (Orgaan.BIJZONDER_COMITE,), ("gunstig", "ongunstig")),
    Trede("ontwerp", (Orgaan.COLLEGE, Orgaan.VAST_BUREAU), ("goedgekeurd", "geweigerd")),
    Trede("vaststelling-ocmw", (Orgaan.RMW,), ("vastgesteld", "geweigerd")),
    Trede("vaststelling-gemeente", (Orgaan.GEMEENTERAAD,), ("vastgesteld", "geweigerd")),
    Trede("goedkeuring-ocmw", (Orgaan.GEMEENTERAAD,), ("goedgekeurd", "geweigerd")),
    Trede("bekendmaking", (Orgaan.COLLEGE,), ("bekendgemaakt",)),
)
PER_STAP = {trede.stap: trede for trede in TREDEN}
RANG = {trede.stap: rang for rang, trede in enumerate(TREDEN)}
ZONDER = {
    "advies": "zonder_advies",
    "comite": "zonder_comite",
}  # steps that a walk may leave out: the column of the reason


# a walk leaves a step out, or asks it again, only while nothing stands on that
ZONDER_BLIJFT = """
    (NEW.zonder_advies = OLD.zonder_advies OR NOT EXISTS (
        SELECT 1 FROM plan_besluit b WHERE b.raadspad_id = NEW.id AND b.ingetrokken_op IS NULL))
    AND (NEW.zonder_comite = OLD.zonder_comite OR NOT EXISTS (
        SELECT 1 FROM plan_besluit b
        WHERE b.raadspad_id = NEW.id AND b.ingetrokken_op IS NULL AND b.stap <> 'advies'))
"""


@regel("raadspad_zonder_blijft", ZONDER_BLIJFT, wanneer=pgtrigger.Update)
@pghistory.track()
@publiek
class Raadspad(models.Model):
    """One walk of a plan past both councils: the adoption, or a later adjustment. Its steps are `Besluit`en."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="raadspaden")
    nummer = models.PositiveSmallIntegerField(editable=False)
    naam = models.CharField(max_length=120, help_text="Zoals: Vaststelling van het plan, of: Eerste aanpassing.")
    begonnen_op = models.DateField(default=timezone.localdate)
    zonder_advies = models.CharField(
        "zonder adviesraad, want",
        max_length=300,
        blank=True,
        help_text="Vraag je op deze weg geen adviesraad? Schrijf waarom. Iedereen kan het lezen.",
    )
    zonder_comite = models.CharField(
        "zonder bijzonder comité, want",
        max_length=300,
        blank=True,
        help_text="Spreekt het bijzonder comité zich niet uit? Schrijf waarom. Iedereen kan het lezen.",
    )

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "weg langs de raden"
        verbose_name_plural = "wegen langs de raden"
        ordering = ["plan", "nummer"]
        constraints = [models.UniqueConstraint(fields=["plan", "nummer"], name="raadspad_nummer_uniek")]

    def __str__(self):
        return self.naam

    def _rijen(self):
        """Every step that was ever noted; one query, kept on the instance (`vergeet` after a new step)."""
        if not hasattr(self, "_genoteerd"):
            al = "besluiten" in getattr(self, "_prefetched_objects_cache", {})
            rijen = (
                self.besluiten.all() if al else self.besluiten.select_related("plan", "orgaan__bestuur", "adviesraad")
            )
            self._genoteerd = sorted(rijen, key=lambda rij: (RANG[rij.stap], rij.datum, rij.pk))
        return self._genoteerd

    def vergeet(self):
        self.__dict__.pop("_genoteerd", None)

    def stappen(self):
        """The steps that were taken and count, in order."""
        return [rij for rij in self._rijen() if rij.ingetrokken_op is None]

    def ingetrokken(self):
        """The steps that were noted by mistake."""
        return [rij for rij in self._rijen() if rij.ingetrokken_op]

    def gezet(self, stap):
        return [rij for rij in self.stappen() if rij.stap == stap]

    def zonder(self, stap):
        """Why this walk leaves a step out, '' when it does not."""
        return getattr(self, ZONDER[stap]) if stap in ZONDER else ""

    def treden(self):
        """The steps of this walk, in order."""
        return [trede for trede in TREDEN if not self.zonder(trede.stap)]

    def vorige(self, stap):
        """The step that must be taken before this one, or None."""
        return next((trede for trede in reversed(self.treden()) if RANG[trede.stap] < RANG[stap]), None)

    def erna(self, besluit):
        """The steps that count and come later than this one."""
        return [rij for rij in self.stappen() if RANG[rij.stap] > RANG[besluit.stap]]

    def houdt_tegen(self, besluit):
        """The steps that stand on this one, so that it cannot be withdrawn yet; empty when it can."""
        over = sum(rij.pk != besluit.pk for rij in self.gezet(besluit.stap))
        return self.erna(besluit) if over < PER_STAP[besluit.stap].aantal else []

    @property
    def zonder_vast(self):
        """The columns of a reason to leave a step out that cannot change any more."""
        if not self.stappen():
            return []
        return ["zonder_advies"] if all(rij.stap == "advies" for rij in self.stappen()) else list(ZONDER.values())

    @property
    def geweigerd(self):
        """The refusal that stopped this walk, or None."""
        return next((rij for rij in self.stappen() if rij.uitslag == "geweigerd"), None)

    @property
    def is_klaar(self):
        return bool(self.gezet("bekendmaking"))

    @property
    def is_open(self):
        return not self.is_klaar and not self.geweigerd

    def volgende(self):
        """[(step, kind of body or "")] that may be taken now. Advice may be added until the next body has spoken."""
        if not self.is_open:
            return []
        for trede in self.treden():
            if trede.stap == "advies":
                if not self.gezet("advies"):
                    return [("advies", "")]
                continue
            gedaan = {rij.orgaan.soort for rij in self.gezet(trede.stap)}
            if open_ := [(trede.stap, soort) for soort in trede.organen if soort not in gedaan]:
                voor = self.vorige(trede.stap)
                nog_advies = [("advies", "")] if voor and voor.stap == "advies" and not gedaan else []
                return [*nog_advies, *open_]
        return []

    def fouten(self, besluit):
        """{field: Dutch sentence} of what is wrong with this decision as a step of this walk; empty when it fits."""
        trede = PER_STAP.get(besluit.stap)
        if trede is None:
            return {"stap": "Deze stap hoort niet bij de weg langs de raden."}
        anderen = [rij for rij in self.stappen() if rij.pk != besluit.pk]
        fouten = {}
        if fout := self._fout_in_orgaan(trede, besluit, anderen):
            fouten["orgaan" if trede.organen else "adviesraad"] = fout
        if besluit.uitslag not in trede.uitslagen:
            fouten["uitslag"] = "Deze uitslag past niet bij deze stap."
        if fout := self._fout_in_volgorde(trede, besluit, anderen):
            fouten["stap"] = fout
        if fout := self._fout_in_datum(trede, besluit, anderen):
            fouten["datum"] = fout
        return fouten

    def _fout_in_orgaan(self, trede, besluit, anderen):
        if not trede.organen:
            if not besluit.adviesraad_id:
                return "Kies welke adviesraad advies gaf."
            dubbel = any(rij.adviesraad_id == besluit.adviesraad_id for rij in anderen)
            return "Deze adviesraad gaf al advies op deze weg." if dubbel else ""
        if not besluit.orgaan_id or besluit.orgaan.soort not in trede.organen:
            wie = " of ".join(Orgaan(soort).label for soort in trede.organen)
            return f"Deze stap is voor: {wie}."
        dubbel = any(rij.stap == besluit.stap and rij.orgaan_id == besluit.orgaan_id for rij in anderen)
        return "Dit orgaan zette deze stap al." if dubbel else ""

    def _fout_in_volgorde(self, trede, besluit, anderen):
        weigering = next((rij for rij in anderen if rij.uitslag == "geweigerd"), None)
        if weigering and besluit.pk is None:
            return f"Deze weg is gestopt: {weigering.wie} weigerde. Begin een nieuwe weg."
        if reden := self.zonder(trede.stap):
            return f"Deze weg laat deze stap weg: {reden}"
        voor = self.vorige(trede.stap)
        if voor and sum(rij.stap == voor.stap for rij in anderen) < voor.aantal:
            return f"Eerst komt nog: {midden_in(besluit.Stap(voor.stap).label)}."
        later = next((rij for rij in anderen if RANG[rij.stap] > RANG[trede.stap]), None)
        if trede.stap == "advies" and besluit.pk is None and later:
            return f"{later.wie} sprak zich al uit. Een advies kan er niet meer bij."
        if besluit.uitslag == "geweigerd" and later:
            return f"{later.wie} zette al een stap na deze. Trek die eerst in."
        return ""

    def _fout_in_datum(self, trede, besluit, anderen):
        if besluit.datum > timezone.localdate():
            return "Deze dag moet nog komen. Noteer de stap als ze gezet is."
        eerder = [rij.datum for rij in anderen if RANG[rij.stap] < RANG[trede.stap]]
        if eerder and besluit.datum < max(eerder):
            return "Deze dag ligt voor de stap die eerst moest komen. Kies een latere datum."
        later = [rij.datum for rij in anderen if RANG[rij.stap] > RANG[trede.stap]]
        if later and besluit.datum > min(later):
            return "Deze dag ligt na de stap die erop volgde. Kies een vroegere datum."
        return ""


def midden_in(naam):
    """The name of a step within a sentence: only its first letter small (OCMW stays)."""
    return naam[:1].lower() + naam[1:]


def _waarden(rijen):
    return ", ".join(
        "(" + ", ".join(f"'{deel}'" if isinstance(deel, str) else str(deel) for deel in rij) + ")" for rij in rijen
    )


ORGANEN_IN_SQL = _waarden((trede.stap, str(soort)) for trede in TREDEN for soort in trede.organen)
NODIG_IN_SQL = _waarden(
    (na.stap, voor.stap, voor.aantal) for na in TREDEN for voor in TREDEN if RANG[voor.stap] < RANG[na.stap]
)

ORGAAN_PAST = f"""
    NEW.raadspad_id IS NULL
    OR (NEW.stap = 'advies' AND NEW.adviesraad_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM (VALUES {ORGANEN_IN_SQL}) AS mag(stap, soort)
               JOIN sociaalhuis_bestuursorgaan o ON o.soort = mag.soort
               WHERE mag.stap = NEW.stap AND o.id = NEW.orgaan_id)
"""
VAN_DIT_PLAN = """
    NEW.raadspad_id IS NULL
    OR EXISTS (SELECT 1 FROM plan_raadspad r WHERE r.id = NEW.raadspad_id AND r.plan_id = NEW.plan_id)
"""
# what is withdrawn leaves enough for what stands on it; what counts has all that comes before it, and nothing after it
NA_WAT_NODIG_IS = f"""
    NEW.raadspad_id IS NULL
    OR (NEW.ingetrokken_op IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM (VALUES {NODIG_IN_SQL}) AS eist(stap, eerst, aantal)
        JOIN plan_besluit b ON b.stap = eist.stap AND b.raadspad_id = NEW.raadspad_id AND b.ingetrokken_op IS NULL
        WHERE eist.eerst = NEW.stap AND eist.aantal > (
            SELECT count(*) FROM plan_besluit o
            WHERE o.raadspad_id = NEW.raadspad_id AND o.stap = NEW.stap AND o.ingetrokken_op IS NULL
              AND o.id <> NEW.id)))
    OR (NEW.ingetrokken_op IS NULL
        AND NOT EXISTS (SELECT 1 FROM plan_raadspad r WHERE r.id = NEW.raadspad_id
                        AND ((NEW.stap = 'advies' AND r.zonder_advies <> '')
                             OR (NEW.stap = 'comite' AND r.zonder_comite <> '')))
        AND NOT EXISTS (SELECT 1 FROM (VALUES {NODIG_IN_SQL}) AS eist(stap, eerst, aantal), plan_raadspad r
                    WHERE r.id = NEW.raadspad_id AND eist.stap = NEW.stap
                      AND NOT (eist.eerst = 'advies' AND r.zonder_advies <> '')
                      AND NOT (eist.eerst = 'comite' AND r.zonder_comite <> '')
                      AND eist.aantal > (
                        SELECT count(*) FROM plan_besluit b
                        WHERE b.raadspad_id = NEW.raadspad_id AND b.stap = eist.eerst AND b.datum <= NEW.datum
                          AND b.ingetrokken_op IS NULL))
        AND NOT EXISTS (SELECT 1 FROM (VALUES {NODIG_IN_SQL}) AS eist(stap, eerst, aantal)
                        JOIN plan_besluit b ON b.stap = eist.stap AND b.raadspad_id = NEW.raadspad_id
                        WHERE eist.eerst = NEW.stap AND b.id <> NEW.id AND b.ingetrokken_op IS NULL
                          AND (b.datum < NEW.datum OR NEW.uitslag = 'geweigerd'))
        AND (TG_OP = 'UPDATE' OR NOT EXISTS (
            SELECT 1 FROM plan_besluit b
            WHERE b.raadspad_id = NEW.raadspad_id AND b.uitslag = 'geweigerd' AND b.ingetrokken_op IS NULL)))
"""
# what was withdrawn stays so, as it was
INGETROKKEN_BLIJFT = """
    OLD.ingetrokken_op IS NULL OR (
        (NEW.ingetrokken_op, NEW.raadspad_id, NEW.orgaan_id, NEW.adviesraad_id, NEW.stap, NEW.datum, NEW.uitslag)
            IS NOT DISTINCT FROM
        (OLD.ingetrokken_op, OLD.raadspad_id, OLD.orgaan_id, OLD.adviesraad_id, OLD.stap, OLD.datum, OLD.uitslag))
"""
