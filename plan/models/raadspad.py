"""The way of a plan past the two councils: which body takes which step, in which order, with which outcome.

Advice (advisory councils, LOK) > bijzonder comité > college and vast bureau > RMW fixes its part > gemeenteraad fixes
its part > gemeenteraad approves the part of the OCMW > published. Source of the order: decreet over het lokaal bestuur
of 22 December 2017 (each council votes its own part, then the gemeenteraad approves that of the OCMW). Advice does not
bind, so advice against never stops the way; a refusal of a deciding body does.
"""

from typing import NamedTuple

import pghistory
from django.db import models
from django.utils import timezone

from plan.models.plan import Plan, VanPlanQuerySet
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
VORIGE = {na.stap: voor for voor, na in zip(TREDEN, TREDEN[1:], strict=False)}


@pghistory.track()
@publiek
class Raadspad(models.Model):
    """One walk of a plan past both councils: the adoption, or a later adjustment. Its steps are `Besluit`en."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="raadspaden")
    nummer = models.PositiveSmallIntegerField(editable=False)
    naam = models.CharField(max_length=120, help_text="Zoals: Vaststelling van het plan, of: Eerste aanpassing.")
    begonnen_op = models.DateField(default=timezone.localdate)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "weg langs de raden"
        verbose_name_plural = "wegen langs de raden"
        ordering = ["plan", "nummer"]
        constraints = [models.UniqueConstraint(fields=["plan", "nummer"], name="raadspad_nummer_uniek")]

    def __str__(self):
        return self.naam

    def stappen(self):
        """The steps that were taken, in order; one query, kept on the instance (`vergeet` after a new step)."""
        if not hasattr(self, "_stappen"):
            al = "besluiten" in getattr(self, "_prefetched_objects_cache", {})
            rijen = (
                self.besluiten.all() if al else self.besluiten.select_related("plan", "orgaan__bestuur", "adviesraad")
            )
            volgorde = [trede.stap for trede in TREDEN]
            self._stappen = sorted(rijen, key=lambda rij: (volgorde.index(rij.stap), rij.datum, rij.pk))
        return self._stappen

    def vergeet(self):
        self.__dict__.pop("_stappen", None)

    def gezet(self, stap):
        return [rij for rij in self.stappen() if rij.stap == stap]

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
        """[(step, kind of body or "")] that may be taken now. Advice may be added until the comité has spoken."""
        if not self.is_open:
            return []
        for trede in TREDEN:
            gedaan = {rij.orgaan.soort for rij in self.gezet(trede.stap) if rij.orgaan_id}
            open_ = [(trede.stap, soort) for soort in trede.organen if soort not in gedaan]
            if trede.stap == "advies":
                if not self.gezet("advies"):
                    return [("advies", "")]
            elif open_:
                nog_advies = [("advies", "")] if trede.stap == "comite" else []
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
        voor = VORIGE.get(trede.stap)
        if voor and sum(rij.stap == voor.stap for rij in anderen) < voor.aantal:
            return f"Eerst komt nog: {besluit.Stap(voor.stap).label.lower()}."
        if trede.stap == "advies" and besluit.pk is None and any(rij.stap == "comite" for rij in anderen):
            return "Het bijzonder comité sprak zich al uit. Een advies kan er niet meer bij."
        return ""

    def _fout_in_datum(self, trede, besluit, anderen):
        if besluit.datum > timezone.localdate():
            return "Deze dag moet nog komen. Noteer de stap als ze gezet is."
        voor = VORIGE.get(trede.stap)
        eerder = [rij.datum for rij in anderen if voor and rij.stap == voor.stap]
        if eerder and besluit.datum < max(eerder):
            return "Deze dag ligt voor de stap die eerst moest komen. Kies een latere datum."
        later = [rij.datum for rij in anderen if VORIGE.get(rij.stap) == trede]
        if later and besluit.datum > min(later):
            return "Deze dag ligt na de stap die erop volgde. Kies een vroegere datum."
        return ""


def _waarden(rijen):
    return ", ".join(
        "(" + ", ".join(f"'{deel}'" if isinstance(deel, str) else str(deel) for deel in rij) + ")" for rij in rijen
    )


ORGANEN_IN_SQL = _waarden((trede.stap, str(soort)) for trede in TREDEN for soort in trede.organen)
NODIG_IN_SQL = _waarden((stap, voor.stap, voor.aantal) for stap, voor in VORIGE.items())

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
NA_WAT_NODIG_IS = f"""
    NEW.raadspad_id IS NULL
    OR (NOT EXISTS (SELECT 1 FROM (VALUES {NODIG_IN_SQL}) AS eist(stap, eerst, aantal)
                    WHERE eist.stap = NEW.stap AND eist.aantal > (
                        SELECT count(*) FROM plan_besluit b
                        WHERE b.raadspad_id = NEW.raadspad_id AND b.stap = eist.eerst AND b.datum <= NEW.datum))
        AND NOT EXISTS (SELECT 1 FROM (VALUES {NODIG_IN_SQL}) AS eist(stap, eerst, aantal)
                        JOIN plan_besluit b ON b.stap = eist.stap AND b.raadspad_id = NEW.raadspad_id
                        WHERE eist.eerst = NEW.stap AND b.datum < NEW.datum AND b.id <> NEW.id)
        AND (TG_OP = 'UPDATE' OR NOT EXISTS (
            SELECT 1 FROM plan_besluit b WHERE b.raadspad_id = NEW.raadspad_id AND b.uitslag = 'geweigerd')))
"""
