"""The page where who leads an action keeps it up: its state, its tasks, and what is still missing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from plan.acties.stand import berekend, bevestig_stand, bronnen, heropen, laat_volgen, rond_af, zet_stand
from plan.acties.taken import bewaar_taak, schrap_taak
from plan.forms.opvolgen import StandVanActieForm, TaakForm
from plan.models import Actie, Taak
from plan.models.redactie import delen_van, schrijft_zelf
from plan.views.werklijst import werkers
from plan.volledigheid import beoordeel, met_wat_er_is
from plan.woorden import standnamen
from sociaalhuis.beheer.mengen import merk_van, voeg_samen

Mijlpaal = Taak.Soort.MIJLPAAL


def actie_of_404(request, pk):
    acties = met_wat_er_is(Actie.objects.filter(pk__in=delen_van(request.user)))
    return get_object_or_404(acties.select_related("plan", "garantie", "ouder", "trekker_organisatie"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@werkers
@transaction.atomic
def actie(request, pk):
    """One action. The button of a POST says what is done: `klaar` or `open` a task, `stap` taak, stand or klopt."""
    actie = actie_of_404(request, pk)
    stap = request.POST.get("stap")
    form = StandVanActieForm(request.POST if stap == "stand" else None, instance=Actie.objects.get(pk=actie.pk))
    taakform = TaakForm(request.POST if stap == "taak" else None, instance=Taak(actie=actie), prefix="nieuw")
    if request.method == "POST" and doe(request, actie, stap, form, taakform):
        return redirect("plan:werk_actie", actie.pk)
    taken = list(actie.taken.all())
    return render(
        request,
        "plan/werk/actie.html",
        {
            "actie": actie,
            "plan": actie.plan,
            "taken": [taak for taak in taken if taak.klaar_op is None],
            "gedaan": [taak for taak in taken if taak.klaar_op],
            "form": form,
            "taakform": taakform,
            "gestuurd": taakform if stap == "taak" else form,
            "oordeel": beoordeel(actie, actie.plan.verouderd_na),
            "volgt": volgens_de_taken(actie),
            "bronnen": bronnen(actie),
            "schrijft_zelf": schrijft_zelf(request.user),
            "gezien": merk_van(actie),
        },
        status=422 if request.method == "POST" else 200,
    )


def volgens_de_taken(actie):
    """(word for the state, progress) that follow from the tasks, or None."""
    volgt = berekend(actie)
    return volgt and (standnamen(actie.plan)[volgt[0]], volgt[1])


def doe(request, actie, stap, form, taakform):
    """What the button asks; whether it was done."""
    if taak := taak_van(actie, request.POST):
        if "klaar" in request.POST:
            rond_af(taak=taak, door=request.user)
            messages.success(request, f"Klaar: {taak.titel}")
        else:
            heropen(taak=taak, door=request.user)
            messages.success(request, f"Staat weer open: {taak.titel}")
        return True
    if stap == "klopt":
        bevestig_stand(actie=actie, door=request.user)
        messages.success(request, "Genoteerd: de stand klopt nog.")
        return True
    if stap == "taak" and taakform.is_valid():
        bewaar_taak(taak=taakform.save(commit=False), door=request.user)
        messages.success(request, "Toegevoegd.")
        return True
    if stap != "stand":
        return False
    Actie.objects.select_for_update(of=("self",)).get(pk=actie.pk)  # of two who save, the second sees the first
    ook = voeg_samen(form, actie, request.POST.get("gezien", "")[:40])
    return form.is_valid() and bewaar_stand(request, actie, form, ook)


def taak_van(actie, data):
    pk = data.get("klaar") or data.get("open") or ""
    return actie.taken.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() and len(pk) < 10 else None


def bewaar_stand(request, actie, form, ook):
    """Sets the state or lets it follow again; whether that could be done."""
    velden = form.cleaned_data
    try:
        if velden.get("volgt_weer"):
            laat_volgen(actie=actie, door=request.user)
        else:
            zet_stand(
                actie=actie, stand=velden["stand"], voortgang=velden["voortgang"], reden=velden["stand_reden"],
                toelichting=velden["stand_toelichting"], door=request.user,
            )  # fmt: skip
    except ValidationError as fout:  # a colleague finished a task in the meantime
        form.add_error(None, fout)
        return False
    messages.success(request, " ".join(["De stand is bewaard.", *ook]))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@werkers
@transaction.atomic
def taak(request, pk):
    """One task or milestone: change it or take it away."""
    taken = Taak.objects.filter(actie__in=delen_van(request.user)).select_related("actie__plan")
    taak = get_object_or_404(taken.select_for_update(of=("self",)), pk=pk)  # of two who save, the second sees the first
    actie = taak.actie
    if request.POST.get("stap") == "schrap":
        schrap_taak(taak=taak, door=request.user)
        messages.success(request, "Geschrapt.")
        return redirect("plan:werk_actie", actie.pk)
    form = TaakForm(request.POST if request.method == "POST" else None, instance=taak)
    ook = voeg_samen(form, taak, request.POST.get("gezien", "")[:40]) if request.method == "POST" else []
    if request.method == "POST" and form.is_valid():
        bewaar_taak(taak=form.save(commit=False), door=request.user)
        messages.success(request, " ".join(["Bewaard.", *ook]))
        return redirect("plan:werk_actie", actie.pk)
    context = {"taak": taak, "actie": actie, "form": form, "gezien": merk_van(taak)}
    return render(request, "plan/werk/taak.html", context, status=422 if form.errors else 200)
