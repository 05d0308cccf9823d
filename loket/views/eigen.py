"""What the one who asked may do with the own data, next to reading and writing (see `loket.views.opvolgen`)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.acties.eigen import geef_oordeel, wijzig_contact
from loket.acties.inzage import lees_delen, lees_eigen
from loket.acties.wiswens import vraag_om_wissen
from loket.forms.eigen import ContactForm, OordeelForm, WiswensForm
from loket.models import Bewaarregel, Inzage, MagNiet, Oordeel, Vraag
from loket.views.opvolgen import met_dossier
from loket.zaak import lezers, qr, uitvoer
from sociaalhuis.bewaren import SOORTEN


@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier
def wissen(request, pk):
    """The wish to be erased: asking it, and what was decided."""
    form = WiswensForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        vraag_om_wissen(vraag=Vraag(pk=pk), tekst=form.cleaned_data["tekst"])
        messages.success(request, "We weten nu dat je alles wil laten wissen. Een mens kijkt ernaar.")
        return redirect("loket:opvolgen_wissen")
    vraag = lees_eigen(pk=pk)
    wensen = list(vraag.wiswensen.all())
    return render(
        request,
        "loket/opvolgen_wissen.html",
        {
            "vraag": vraag,
            "form": form,
            "wens": next((wens for wens in wensen if wens.besloten_op is None), None),
            "geweigerd": next((wens for wens in reversed(wensen) if wens.besloten_op), None),
            "snel_weg": True,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier
def contact(request, pk):
    """Another way of contact. What we had is not shown: the screen may be shared."""
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_contact(vraag=Vraag(pk=pk), **form.cleaned_data)
        except MagNiet:
            messages.warning(request, "Je hebt deze vraag ingetrokken. We nemen geen contact meer op.")
        else:
            messages.success(request, "Bewaard. We gebruiken alleen nog wat je nu invulde.")
        return redirect("loket:opvolgen_dossier")
    nu = Vraag.objects.only("antwoordwijze").get(pk=pk).get_antwoordwijze_display()
    return render(request, "loket/opvolgen_contact.html", {"form": form, "nu": nu, "snel_weg": True})


@require_POST
@met_dossier
def oordeel(request, pk):
    """Whether the answer helped; asked once per answer."""
    form = OordeelForm(request.POST)
    if not form.is_valid():
        fouten = [fout for lijst in form.errors.values() for fout in lijst]
        messages.error(request, fouten[0])
        return redirect("loket:opvolgen_dossier")
    try:
        gegeven = geef_oordeel(vraag=Vraag(pk=pk), keuze=form.cleaned_data["keuze"], tekst=form.cleaned_data["zin"])
    except MagNiet as fout:
        messages.warning(request, str(fout))
        return redirect("loket:opvolgen_dossier")
    opnieuw = gegeven.keuze in Oordeel.NEE
    messages.success(
        request,
        "Jammer dat het niet hielp. Je vraag is opnieuw open, en de verantwoordelijke van het team weet het."
        if opnieuw
        else "Fijn dat je geholpen bent. Dank je om het te zeggen.",
    )
    return redirect("loket:opvolgen_dossier")


@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier
def kopie(request, pk):
    """A copy of everything, made on the spot."""
    if request.method == "POST":
        vraag = lees_eigen(pk=pk, pagina=Inzage.Pagina.UITVOER)
        return uitvoer.als_download([*vraag.samen, *lees_delen(vraag)])
    return render(request, "loket/opvolgen_kopie.html", {"snel_weg": True})


@require_safe
@met_dossier
def wie_keek(request, pk):
    """Every reading in plain words: when, who by function, why; and who can read it now."""
    vraag = lees_eigen(pk=pk)
    lezingen = [
        (inzage.op, lezers.wie_in_woorden(inzage.reden, inzage.organisatie), inzage.get_pagina_display())
        for inzage in vraag.inzages.select_related("organisatie").order_by("-op", "-pk")
    ]
    return render(
        request,
        "loket/opvolgen_wie_keek.html",
        {"vraag": vraag, "lezingen": lezingen, "lezers": lezers.van(vraag), "regels": lezers.REGELS, "snel_weg": True},
    )


@require_safe
def wie_leest(request):
    """For everybody: who can read a question and how long it stays, from the facts that the code itself uses."""
    regels = Bewaarregel.objects.select_related("thema")
    inhoud = {
        "regels": lezers.REGELS,
        "grenzen": lezers.grenzen(),
        "per_rol": lezers.PER_ROL,
        "bewaarregels": regels,
        "soorten": sorted(SOORTEN.values(), key=lambda soort: soort.naam),
        "snel_weg": True,
    }
    return render(request, "loket/wie_leest.html", inhoud)


@require_safe
def kaartje(request):
    """A card for the wallet, the same for everybody: an address as QR and a line to write the code on."""
    return render(request, "loket/kaartje.html", {"qr": qr.svg(), "adres": qr.adres(), "snel_weg": True})
