"""The way of the plan past both councils, and every decision on a page of its own."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plan import lblod
from plan.models import Besluit, Document, Raadspad
from plan.models.raadspad import TREDEN
from plan.views.deur import bezoeker, plan_of_404
from sociaalhuis.models import Bestuur, Bestuursorgaan

KANT = {
    Bestuursorgaan.Soort.GEMEENTERAAD: Bestuur.Code.GEMEENTE,
    Bestuursorgaan.Soort.COLLEGE: Bestuur.Code.GEMEENTE,
    Bestuursorgaan.Soort.RMW: Bestuur.Code.OCMW,
    Bestuursorgaan.Soort.VAST_BUREAU: Bestuur.Code.OCMW,
    Bestuursorgaan.Soort.BIJZONDER_COMITE: Bestuur.Code.OCMW,
}


def rijen_van(pad):
    """The steps of a walk as rows: {"titel", "nummer", "vakken": [{"kant", "wie", "besluit", "toestand"}]}.

    `kant` is the Bestuur that acts ("beide" for advice), `toestand` is "klaar", "nu", "straks", "geweigerd",
    "gestopt", or "zonder" with its `reden` for a step that this walk leaves out.
    """
    volgende = set(pad.volgende())
    rijen = []
    for nummer, trede in enumerate(TREDEN, start=1):
        if reden := pad.zonder(trede.stap):
            vak = {"kant": "beide", "wie": "Niet op deze weg", "toestand": "zonder", "reden": reden}
            rijen.append({"titel": Besluit.Stap(trede.stap).label, "nummer": nummer, "vakken": [vak]})
            continue
        gezet = pad.gezet(trede.stap)
        vakken = [_vak(pad, rij.orgaan.soort if rij.orgaan_id else "", rij) for rij in gezet]
        gedaan = {rij.orgaan.soort for rij in gezet if rij.orgaan_id}
        vakken += [
            {"kant": KANT[soort], "wie": soort.label, "toestand": _toestand(pad, (trede.stap, soort) in volgende)}
            for soort in trede.organen
            if soort not in gedaan
        ]
        if not trede.organen and not gezet:
            nu = _toestand(pad, ("advies", "") in volgende)
            vakken.append({"kant": "beide", "wie": "Adviesraden en Lokaal Overleg Kinderopvang", "toestand": nu})
        rijen.append({"titel": Besluit.Stap(trede.stap).label, "nummer": nummer, "vakken": vakken})
    return rijen


def _vak(pad, soort, besluit):
    toestand = "geweigerd" if besluit.uitslag == "geweigerd" else "klaar"
    return {"kant": KANT.get(soort, "beide"), "wie": besluit.wie, "besluit": besluit, "toestand": toestand}


def _toestand(pad, is_volgende):
    if pad.geweigerd:
        return "gestopt"
    return "nu" if is_volgende else "straks"


@require_safe
def weg(request, plan):
    """Both councils side by side: what is done and what comes next. The last walk first."""
    plan = plan_of_404(request, plan)
    paden = list(Raadspad.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan).order_by("-nummer"))
    return render(
        request,
        "plan/weg.html",
        {"plan": plan, "paden": [(pad, rijen_van(pad)) for pad in paden], "huidig": paden[0] if paden else None},
    )


@require_safe
def besluit(request, plan, besluit):
    """One decision with its vote, its papers and the version it froze; marked up for machines (LBLOD)."""
    plan = plan_of_404(request, plan)
    zichtbaar = Besluit.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan)
    rij = get_object_or_404(
        zichtbaar.select_related("orgaan__bestuur", "adviesraad", "raadspad", "document"), pk=besluit
    )
    recht = list(rij.rechtzettingen.all())
    if rij.ingetrokken_op:
        return render(request, "plan/besluit_ingetrokken.html", {"plan": plan, "besluit": rij, "recht": recht})
    documenten = Document.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan, pk=rij.document_id)
    adres = request.build_absolute_uri(rij.get_absolute_url())
    return render(
        request,
        "plan/besluit.html",
        {
            "plan": plan,
            "besluit": rij,
            "recht": recht,
            "document": documenten.first(),
            "versie": rij.versies.defer("tekst").first(),
            "adres": adres,
            "uri": rij.uri or f"{adres}#besluit",
            "prefix": lblod.PREFIX,
            "classificatie": lblod.classificatie(rij.orgaan),
            "besluittype": lblod.besluittype(rij),
        },
    )
