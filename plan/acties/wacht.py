"""What of the plan waits for someone: the lines on the first page of the admin."""

from django.db.models import Count, Q
from django.urls import reverse

from plan.models import Bestelling, Meting, Plan, Projectaanvraag, Taak, Wijzigingsvoorstel
from sociaalhuis.beheer.wacht import Werk, registreer


@registreer("plan.voorstellen", rang=1)
def voorstellen(gebruiker):
    """For who decides: proposals of editors. For an editor: own proposals that wait are no work, so nothing."""
    if not gebruiker.has_perm("plan.keur_wijzigingsvoorstel"):
        return []
    aantal = Wijzigingsvoorstel.objects.wachtend().count()
    url = reverse("plan:voorstellen")
    return [Werk(aantal, "voorstel wacht op je beslissing", "voorstellen wachten op je beslissing", url)]


@registreer("plan.taken", rang=2)
def taken(gebruiker):
    """Tasks of public plans past their day, and those that come within two weeks."""
    if not gebruiker.has_perm("plan.change_taak"):
        return []
    rijen = Taak.objects.filter(actie__plan__staat=Plan.Staat.OPENBAAR)
    laat, gauw = Taak.objects.te_laat().values("pk"), Taak.objects.binnenkort().values("pk")
    telling = rijen.aggregate(laat=Count("pk", filter=Q(pk__in=laat)), gauw=Count("pk", filter=Q(pk__in=gauw)))
    url = reverse("plan:werklijst")
    return [
        Werk(telling["laat"], "taak is te laat", "taken zijn te laat", url, dringend=True),
        Werk(
            telling["gauw"], "taak moet binnen twee weken klaar zijn", "taken moeten binnen twee weken klaar zijn", url
        ),
    ]


@registreer("plan.metingen", rang=3)
def metingen(gebruiker):
    if not gebruiker.has_perm("plan.keur_meting"):
        return []
    url = reverse("plan:meten")
    aantal = Meting.objects.filter(staat=Meting.Staat.INGEDIEND).count()
    return [Werk(aantal, "meting wacht op goedkeuring", "metingen wachten op goedkeuring", url)]


@registreer("plan.aanvragen", rang=4)
def aanvragen(gebruiker):
    if not gebruiker.has_perm("plan.change_projectaanvraag"):
        return []
    wacht = [Projectaanvraag.Staat.INGEDIEND, Projectaanvraag.Staat.GEADVISEERD]
    aantal = Projectaanvraag.objects.filter(staat__in=wacht).count()
    url = reverse("admin:plan_projectaanvraag_changelist") + f"?staat__in={','.join(wacht)}"
    return [Werk(aantal, "projectaanvraag is niet beslist", "projectaanvragen zijn niet beslist", url)]


@registreer("plan.bestellingen", rang=5)
def bestellingen(gebruiker):
    if not gebruiker.has_perm("plan.change_bestelling"):
        return []
    aantal = Bestelling.objects.zichtbaar_voor(gebruiker).filter(afgehandeld_op=None).count()
    url = reverse("admin:plan_bestelling_changelist") + "?afgehandeld_op__isempty=1"
    return [Werk(aantal, "exemplaar van het plan is besteld", "exemplaren van het plan zijn besteld", url)]
