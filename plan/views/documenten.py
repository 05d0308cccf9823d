"""The papers of the plan: to read on the page, and to download when there is a file."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plan.models import Document
from plan.views.deur import bezoeker, plan_of_404


@require_safe
def lijst(request, plan):
    plan = plan_of_404(request, plan)
    documenten = (
        Document.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan).order_by("soort", "-datum", "titel")
    )
    return render(request, "plan/documenten.html", {"plan": plan, "documenten": documenten})


def document_of_404(request, plan, slug):
    zichtbaar = Document.objects.zichtbaar_voor(bezoeker(request)).select_related("plan")
    return get_object_or_404(zichtbaar, plan__slug=plan, slug=slug)


@require_safe
def document(request, plan, slug):
    document = document_of_404(request, plan, slug)
    return render(
        request,
        "plan/document.html",
        {
            "plan": document.plan,
            "document": document,
            "besluiten": document.besluiten.geldend().select_related("orgaan", "adviesraad"),
        },
    )


@require_safe
def bestand(request, plan, slug):
    """The file as a download, never shown inside the site."""
    document = document_of_404(request, plan, slug)
    if not document.bestand:
        raise Http404
    antwoord = FileResponse(document.bestand.open("rb"), as_attachment=True, filename=f"{document.slug}.pdf")
    antwoord["Content-Type"] = "application/pdf"
    antwoord["X-Content-Type-Options"] = "nosniff"
    return antwoord
