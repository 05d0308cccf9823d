"""Building a plan from its tree: a new part comes below the one where the button stood, and saving leads back there.

The address of the form says it: `ouder` (below which part), or `plan` for a guarantee; `boom` means that we came from the
tree. Also the weights: asked for where the level has them, and told at once when they do not add up.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from plan.acties.versies import gewichten
from plan.models import Niveau, Onderdeel, Plan

Soort = Onderdeel.Soort
VAN_BOOM = "boom"


def _nummer(tekst):
    return int(tekst) if tekst.isascii() and tekst.isdecimal() and len(tekst) < 19 else 0


def volgende_code(codes, boven):
    """The next code below a code (or on top, where `boven` is ""): after "G1.1" and "G1.3" comes "G1.4".

    What went before is kept (G, 1., OD-), and a letter goes on as a letter. "" where nothing tells how it goes on.
    """
    laatste = max(codes, key=lambda code: (len(code), code), default="")
    stam = laatste.rstrip("0123456789")
    if laatste and stam != laatste:
        nieuw = f"{stam}{int(laatste[len(stam) :]) + 1:0{len(laatste) - len(stam)}}"
    elif laatste and laatste[-1] in "abcdefghijklmnopqrstuvwxy":
        nieuw = laatste[:-1] + chr(ord(laatste[-1]) + 1)
    else:
        nieuw = "" if laatste or not boven else f"{boven}.1"
    return "" if nieuw in codes else nieuw


class Bouwt:
    """Mixin for the admin classes of the kinds of a part."""

    def get_changeform_initial_data(self, request):
        """What a new part begins with: its state, and below which part, with the code and the place after the last."""
        begin = {**getattr(self.model, "BEGIN", {}), **super().get_changeform_initial_data(request)}
        ouder = Onderdeel.objects.filter(pk=_nummer(request.GET.get("ouder", ""))).select_related("plan").first()
        plan = ouder.plan if ouder else Plan.objects.filter(pk=_nummer(request.GET.get("plan", ""))).first()
        if plan is None:
            return begin
        buren = list(Onderdeel.objects.filter(plan=plan, ouder=ouder).values_list("code", "volgorde"))
        alle = set(Onderdeel.objects.filter(plan=plan).values_list("code", flat=True))
        code = volgende_code([code for code, _ in buren], ouder.code if ouder else "")
        volgorde = max((volgorde for _, volgorde in buren), default=-1) + 1
        return {**begin, "plan": plan.pk, "ouder": ouder and ouder.pk, "volgorde": volgorde,
                "code": "" if code in alle else code}  # fmt: skip

    def weegt(self, obj):
        """Whether a part of this kind has a weight here: where the town said so at its levels, or one has one."""
        niveaus = Niveau.objects.filter(weegt=True, soort=self.model.SOORT)
        if obj is None:
            return niveaus.exists()
        return obj.gewicht is not None or niveaus.filter(plan=obj.plan_id).exists()

    def get_fieldsets(self, request, obj=None):
        """Beside the code, the weight, where there are weights."""
        delen = super().get_fieldsets(request, obj)
        if not self.weegt(obj):
            return delen
        naast = ("code", "volgorde")
        return [
            (kop, {**opties, "fields": [(*naast, "gewicht") if rij == naast else rij for rij in opties["fields"]]})
            for kop, opties in delen
        ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if {"gewicht", "ouder"} & set(form.changed_data) and VAN_BOOM not in request.GET:  # the tree says it itself
            for zin in gewichten(form.instance.plan):
                messages.warning(request, f"{zin} Dat moet kloppen voor je een versie vastlegt.")

    def _boom(self, deel):
        boom = reverse("admin:plan_onderdeel_boom", args=[deel.plan_id])
        return redirect(f"{boom}?open={deel.garantie_id or deel.pk}#d{deel.pk}")

    def response_add(self, request, obj, post_url_continue=None):
        antwoord = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST and VAN_BOOM in request.GET:
            return redirect(request.get_full_path())
        return antwoord

    def response_post_save_add(self, request, obj):
        obj.refresh_from_db(fields=["garantie"])
        return self._boom(obj) if VAN_BOOM in request.GET else super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._boom(obj) if VAN_BOOM in request.GET else super().response_post_save_change(request, obj)


def erbij(soort, rang, niveaus):
    """What may come right below a part of this kind and rank: list of (kind, what the town calls it).

    `niveaus` are (rank, kind, name) from the top down; a plan without levels uses the names of the kinds.
    """
    if soort == Soort.ACTIE:
        return []
    doelen = [(Soort.DOELSTELLING, naam) for hoog, van, naam in niveaus if van == Soort.DOELSTELLING and hoog > rang]
    acties = [(Soort.ACTIE, naam) for _, van, naam in niveaus if van == Soort.ACTIE]
    if not niveaus:
        doelen, acties = [(Soort.DOELSTELLING, "doelstelling")], [(Soort.ACTIE, "actie")]
    return [*doelen[:1], *(acties if soort == Soort.DOELSTELLING else [])]
