"""The tree of a plan in the admin: everything below everything, with a button up and one down, and a page to move.

It works by keyboard and without JavaScript; nothing is dragged.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from plan.acties.boom import ouders_voor, schuif, verplaats
from plan.acties.versies import gewichten
from plan.admin.bouwen import VAN_BOOM, erbij
from plan.boom import in_boomorde
from plan.forms.reeks import VerplaatsForm
from plan.models import Onderdeel, Plan

HELEMAAL = 250  # so many parts stand open at once; a larger plan opens one guarantee at a time
KOLOMMEN = ("pk", "ouder_id", "volgorde", "code", "titel", "plan_id", "soort", "garantie_id", "niveau__naam",
            "niveau__rang", "gewicht")  # fmt: skip
NAMEN = {"garantie": "Garantie", "doelstelling": "Doelstelling", "actie": "Actie"}


class Boombeheer:
    """For the admin class of `Onderdeel`."""

    def get_urls(self):
        boom, weg = self.admin_site.admin_view(self.boom), self.admin_site.admin_view(self.verplaats)
        return [
            path("boom/<int:plan>/", boom, name="plan_onderdeel_boom"),
            path("<int:pk>/verplaats/", weg, name="plan_onderdeel_verplaats"),
            *super().get_urls(),
        ]

    def _mag(self, request):
        if not request.user.has_perm("plan.change_plan"):
            raise PermissionDenied

    def boom(self, request, plan):
        self._mag(request)
        plan = get_object_or_404(Plan, pk=plan)
        if request.method == "POST":
            return self._schuif(request, plan)
        delen = list(plan.onderdelen.values_list(*KOLOMMEN))
        niveaus = list(plan.niveaus.order_by("rang").values_list("rang", "soort", "naam"))
        open_ = request.GET.get("open", "")
        alles = len(delen) <= HELEMAAL
        getoond = [rij for rij in delen if alles or rij[1] is None or str(rij[7]) == open_]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"De boom van {plan}",
            "plan": plan,
            "rijen": _rijen(getoond, delen, niveaus),
            "bovenaan": niveaus[0][2] if niveaus else NAMEN["garantie"].lower(),
            "gewichten": gewichten(plan) if any(rij[10] is not None for rij in delen) else [],
            "alles": alles,
            "open": open_,
            "aantal": len(delen),
        }
        return TemplateResponse(request, "admin/plan/onderdeel/boom.html", context)

    def _schuif(self, request, plan):
        """One place up or down: the button says which part, where it stood, and which way."""
        delen = request.POST.get("schuif", "").split("_")
        if len(delen) != 3 or not all(
            deel.lstrip("-").isascii() and deel.lstrip("-").isdecimal() and len(deel) < 10 for deel in delen
        ):
            self.message_user(request, "Kies eerst wat je wil verplaatsen.", messages.WARNING)
            return redirect(request.get_full_path())
        pk, plaats, stap = map(int, delen)
        deel = get_object_or_404(plan.onderdelen, pk=pk)
        try:
            schuif(onderdeel=deel, stap=1 if stap > 0 else -1, plaats=plaats, door=request.user)
        except ValidationError as fout:
            self.message_user(request, " ".join(fout.messages), messages.ERROR)
        return redirect(f"{request.get_full_path()}#d{pk}")

    def verplaats(self, request, pk):
        """The choice of another parent for one part."""
        self._mag(request)
        deel = get_object_or_404(Onderdeel.objects.select_related("plan", "niveau", "ouder"), pk=pk)
        ouders = ouders_voor(deel)
        form = VerplaatsForm(request.POST if request.method == "POST" else None, ouders=ouders, nu=deel.ouder_id)
        terug = reverse("admin:plan_onderdeel_boom", args=[deel.plan_id])
        if request.method == "POST" and form.is_valid():
            try:
                ouder = get_object_or_404(ouders, pk=form.cleaned_data["ouder"])
                verplaats(onderdeel=deel, ouder=ouder, door=request.user)
            except ValidationError as fout:
                form.add_error(None, fout.messages)
            else:
                self.message_user(request, f"{deel} staat nu onder {ouder}.", messages.SUCCESS)
                return redirect(f"{terug}?open={ouder.garantie_id or ouder.pk}#d{deel.pk}")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Verplaats {deel}",
            "deel": deel,
            "form": form,
            "terug": terug,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/plan/onderdeel/verplaats.html", context, status=status)


def _rijen(getoond, delen, niveaus):
    """What the page shows of each part, in order: its place among its neighbours, and how many parts stand below it."""
    velden = {rij[0]: rij for rij in delen}
    onder, broers = {}, {}
    for rij in delen:
        onder[rij[7]] = onder.get(rij[7], 0) + 1
        broers.setdefault(rij[1], []).append(rij)
    plaats = {}
    for groep in broers.values():
        for nummer, rij in enumerate(sorted(groep, key=lambda rij: (rij[2], rij[3]))):
            plaats[rij[0]] = (nummer, len(groep) - 1)
    basis = reverse("admin:index") + "plan/"
    return [
        {
            "pk": deel.pk,
            "code": deel.code,
            "titel": deel.titel,
            "diepte": deel.diepte,
            "soort": velden[deel.pk][8] or NAMEN[velden[deel.pk][6]],
            "is_garantie": velden[deel.pk][1] is None,
            "onder": onder.get(deel.pk, 0),
            "wijzig": f"{basis}{velden[deel.pk][6]}/{deel.pk}/change/?{VAN_BOOM}=1",
            "gewicht": velden[deel.pk][10],
            "erbij": [
                (naam, f"{basis}{soort}/add/?ouder={deel.pk}&{VAN_BOOM}=1")
                for soort, naam in erbij(velden[deel.pk][6], velden[deel.pk][9] or 0, niveaus)
            ],
            "verplaats": f"{basis}onderdeel/{deel.pk}/verplaats/",
            "plaats": plaats[deel.pk][0],
            "eerste": plaats[deel.pk][0] == 0,
            "laatste": plaats[deel.pk][0] == plaats[deel.pk][1],
        }
        for deel in in_boomorde([rij[:6] for rij in getoond])
    ]
