"""The inputs as rows: who may see which, what a list reads of them, and in which order."""

from django.db.models import Case, F, Q, QuerySet, When

from participatie.models.mandaat import Mandaat
from participatie.rechten import RONDEWERKERS
from sociaalhuis.rollen import heeft_rol

_DEEL = ("lange_omschrijving", "commentaar", "evaluatie", "resultaat_verwacht")
_PLAN = ("missie", "visie", "principes", "proces", "structuur", "omgevingsanalyse")
LANGE_TEKSTEN = [
    *(f"onderdeel__{veld}" for veld in _DEEL),
    *(f"onderdeel__garantie__{veld}" for veld in _DEEL),
    *(f"onderdeel__plan__{veld}" for veld in _PLAN),
    "ronde__inleiding",
    "organisatie__omschrijving",
]


class InbrengQuerySet(QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door to a single input: who works on rounds sees all, a representative those of the own organisations."""
        if heeft_rol(gebruiker, *RONDEWERKERS):
            return self.all()
        return self.filter(organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))

    def openbaar(self):
        """What anyone may read."""
        return self.filter(staat=self.model.Staat.ZICHTBAAR)

    def in_de_lijst(self):
        """What has a place on the page of a round: shown, or hidden with its reason; not the work of machines."""
        return self.filter(Q(staat=self.model.Staat.ZICHTBAAR) | Q(staat=self.model.Staat.VERBORGEN, teken=""))

    def na_te_kijken(self):
        """What someone has to read: new, or come too late."""
        return self.filter(staat__in=[self.model.Staat.INGEDIEND, self.model.Staat.TE_LAAT])

    def voor_lijst(self):
        """With what a list shows, in one query; the e-mail is not even read, nor the long texts of the plan."""
        return self.defer("email", "samengevoegd__leidend__email", "vult_aan__email", *LANGE_TEKSTEN).select_related(
            "ronde",
            "onderdeel__plan",
            "onderdeel__garantie",
            "organisatie__reactierecht",
            "antwoord",
            "alinea",
            "groepsgesprek",
            "samengevoegd__leidend__antwoord",
            "vult_aan",
        )

    def met_openbaar_antwoord(self, *velden):
        """Adds `openbaar_<field>` of the answer that everyone may read, as `Inbreng.antwoord_openbaar` finds it; None without.
        For who counts or exports thousands and needs no rows of answers."""
        mee = "samengevoegd__leidend__antwoord"
        return self.annotate(
            **{
                f"openbaar_{veld}": Case(
                    When(**{f"{mee}__staat": "gepubliceerd"}, then=f"{mee}__{veld}"),
                    When(samengevoegd=None, antwoord__staat="gepubliceerd", then=f"antwoord__{veld}"),
                )
                for veld in velden
            }
        )

    def in_volgorde_van_het_plan(self):
        """The whole plan first, then guarantee by guarantee."""
        return self.order_by(F("onderdeel__code").asc(nulls_first=True), "ingediend_op", "pk")
