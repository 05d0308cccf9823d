"""The doors to questions and the lists of the desk: who sees which, and in what order."""

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from loket.models.staat import DICHT, LOPEND, NIEUW, PARK, WACHT, WEG
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, heeft_rol

# the columns that hold what people tell, and the hash of the code: lists do not read them
INHOUD = ("tekst", "naam", "email", "telefoon", "adres", "code_hash")

RUST = ExpressionWrapper(Q(staat__in=[WACHT, PARK]), BooleanField())


class Toegang(models.TextChoices):
    """By which door someone of the staff comes to a case."""

    EIGEN = "eigen", "Van het eigen team"
    HELP = "help", "Gedeeld om mee te helpen"
    LEES = "lees", "Gedeeld om mee te lezen"
    NOOD = "nood", "Noodtoegang"


def _lidmaatschap(gebruiker, team, bestuur):
    """Whether the user works in that team, which is of their own Bestuur."""
    leden = apps.get_model("sociaalhuis.Team").leden.through
    return leden.objects.filter(team=team, gebruiker=gebruiker.pk, gebruiker__bestuur=bestuur)


def _delingen(gebruiker, **velden):
    """Sharings that hold now with a team of the user."""
    lopend = apps.get_model("loket.Deling").objects.lopend().filter(**velden)
    lopend = lopend.filter(Exists(_lidmaatschap(gebruiker, OuterRef("met_team"), OuterRef("met_team__bestuur"))))
    return lopend.exclude(vraag__staat__in=[DICHT, WEG])


def _noodtoegang(gebruiker):
    return apps.get_model("loket.Noodtoegang").objects.lopend().filter(vraag=OuterRef("pk"), door=gebruiker.pk)


def teams_van(gebruiker):
    """The numbers of the teams whose questions this user sees: own teams in own Bestuur, for who works at the desk."""
    if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
        return []
    return [team.pk for team in gebruiker.eigen_teams]


class VraagQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door for staff: questions of own teams in own Bestuur, for who works at the desk. Nobody else."""
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.filter(bestuur=gebruiker.bestuur_id, team__leden=gebruiker)

    def leesbaar_voor(self, gebruiker):
        """For one case: what is theirs, what was shared with their team, and what they may read in an emergency.

        `toegang` says which (`Toegang`). Lists and counts stay with `zichtbaar_voor`.
        """
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.annotate(
            toegang=Case(
                When(
                    Exists(_lidmaatschap(gebruiker, OuterRef("team"), OuterRef("bestuur"))), then=Value(Toegang.EIGEN)
                ),
                When(Exists(_delingen(gebruiker, recht="help", vraag=OuterRef("pk"))), then=Value(Toegang.HELP)),
                When(Exists(_delingen(gebruiker, vraag=OuterRef("pk"))), then=Value(Toegang.LEES)),
                When(Exists(_noodtoegang(gebruiker)), then=Value(Toegang.NOOD)),
                default=Value(""),
            )
        ).exclude(toegang="")

    def te_helpen_door(self, gebruiker):
        """What this user may write on: their own, and what was shared with their team to help with."""
        return self.leesbaar_voor(gebruiker).filter(toegang__in=[Toegang.EIGEN, Toegang.HELP])

    def gedeeld_met(self, gebruiker):
        """Running questions of other teams that are shared with a team of this user."""
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.filter(pk__in=_delingen(gebruiker).values("vraag"))

    def in_de_bak_van(self, gebruiker):
        """The questions of `zichtbaar_voor`, for lists: the teams as numbers, so that an index gives them in order."""
        return self.filter(team__in=teams_van(gebruiker))

    def zonder_inhoud(self):
        """For lists: the columns that hold what people tell are not even read."""
        return self.defer(*INHOUD).select_related("team", "thema", "gebied", "doelgroep", "behandelaar")

    def met_verwijsmerk(self):
        """With `verwijsmerk`: why a referral of this question wants a look at the desk, or None."""
        rijen = apps.get_model("loket.Doorverwijzing").objects.met_aandacht().filter(vraag=OuterRef("pk"))
        return self.annotate(verwijsmerk=Subquery(rijen.order_by("-staat_sinds").values("aandacht")[:1]))

    def met_verwijzing_terug(self):
        """Questions of which a referral wants a look at the desk."""
        return self.filter(pk__in=apps.get_model("loket.Doorverwijzing").objects.met_aandacht().values("vraag"))

    def gewoon(self):
        """Without what waits in quarantine."""
        return self.filter(quarantaine="")

    def in_quarantaine(self):
        return self.exclude(quarantaine="").filter(staat=NIEUW)

    def lopend(self):
        return self.gewoon().filter(staat__in=LOPEND)

    def sluit_vanzelf(self):
        """Of which was said that they close by themselves, unless somebody says a word."""
        return self.gewoon().filter(sluit_na__isnull=False)

    def ontevreden(self):
        """Running questions whose asker said that the answer did not help, and that have no new answer yet."""
        return self.lopend().filter(oordelen__keuze__in=["niet_tevreden", "niet_beantwoord"]).distinct()

    def te_laat(self, vandaag=None):
        """Running questions past their deadline; the clock stands still while we wait for the one who asked."""
        return self.lopend().exclude(staat=WACHT).filter(uiterlijk_op__lt=vandaag or timezone.localdate())

    def van(self, gebruiker):
        return self.lopend().filter(behandelaar=gebruiker)

    def op_tijd(self):
        """In the order in which they must be answered; what waits for somebody else comes last."""
        return self.order_by(RUST, "uiterlijk_op", "pk")

    def nieuwste(self):
        return self.order_by("-geregistreerd_op", "-pk")
