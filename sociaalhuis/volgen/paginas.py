"""The pages behind the links in the mailbox, the same for every app: asked for, confirm, and stop.

Everything is a POST: a program that opens links does not press a button. An app gives what is followed, and where to.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render

from sociaalhuis.begrenzing import adres, telt
from sociaalhuis.inzending import sleutel_klopt
from sociaalhuis.volgen.verbs import stop as stop_ermee

TE_VEEL = "Er kwamen vandaag al veel vragen van hier. Probeer het morgen opnieuw."
PER_DAG = 20  # addresses that one visitor may ask for


@dataclass(frozen=True)
class Waarvan:
    """What one subscription is about: in words, where to read it, and the path that stops it."""

    over: str
    lees: str
    stop: str


def mag_vragen(request, form):
    """True when this visitor may ask once more; else the form says why not."""
    if telt(f"abonnement:{adres(request)}", per=timedelta(days=1), hoogstens=PER_DAG):
        return True
    form.add_error(None, TE_VEEL)
    return False


def status_van(request, form):
    """The status of a page with a form: 422 for what must be mended, 429 for too often."""
    if request.method != "POST":
        return 200
    return 429 if TE_VEEL in form.non_field_errors() else 422


def van_link(model, referentie, sleutel):
    """The subscription of a link, None when it is gone already; Http404 for a link that is not ours."""
    if not sleutel_klopt(model.SOORT, referentie, sleutel):
        raise Http404
    return model.objects.defer("email").filter(referentie=referentie).first()


def bevestig(request, abonnement, *, waarvan, verb, gestopt):
    """The page that confirms; `verb(abonnement)` does it, `gestopt` is the context of the page when it is gone."""
    if abonnement is None:
        return render(request, "volgen/gestopt.html", gestopt)
    if request.method == "POST":
        verb(abonnement)
        return redirect(request.path)
    return render(request, "volgen/bevestig.html", {"abonnement": abonnement, **vars(waarvan(abonnement))})


def stop(request, abonnement, *, waarvan, gestopt):
    """One click: the button, or the mail program by itself (RFC 8058). Then nothing of it is kept."""
    if abonnement and request.method == "POST":
        stop_ermee(abonnement=abonnement)
        abonnement = None
    if abonnement is None:
        return render(request, "volgen/gestopt.html", gestopt)
    return render(request, "volgen/stop.html", vars(waarvan(abonnement)))
