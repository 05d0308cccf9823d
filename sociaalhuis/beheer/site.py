from itertools import groupby

from allauth.account.views import logout
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse

from sociaalhuis.beheer import wacht
from sociaalhuis.beheer.filters import MetFilters

# Headings of the first page, in this order; a group that is not named here comes before the last three.
GROEPEN = ["Het huis", "Wie werkt hier", "Indeling", "Toezicht"]
# Admin classes of other packages stay out: roles are fixed in code, and mail addresses and second factors belong to
# the user they are of.
VREEMD = ("django.contrib.", "allauth.", "pghistory.")


class BeheerSite(MetFilters, AdminSite):
    """The admin of the house. Logging in and out, passwords and the second factor go by the one door."""

    site_header = "Beheer"
    site_title = "Beheer"
    index_title = "Wat wil je beheren?"
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options):
        if admin_class and not admin_class.__module__.startswith(VREEMD):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        """Without Django's door to the public page of any row of any table: our admin links to the page itself."""
        bewaar, wis = self.poorten()
        return [
            path("filters/", bewaar, name="filter_bewaar"),
            path("filters/<int:pk>/weg/", wis, name="filter_weg"),
            *(url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"),
        ]

    def index(self, request, extra_context=None):
        """The first page, with what waits for this user on top."""
        return super().index(request, {"wacht": wacht.voor(request.user), **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        """The models a user may see, under the headings of their admin classes instead of per app."""
        modellen = [
            (self.groep_van(model["model"], app["name"]), {**model, "name": self.naam_van(model), "app": app})
            for app in self._build_app_dict(request, app_label).values()
            for model in app["models"]
        ]
        modellen.sort(key=lambda paar: (self.plaats(paar[0]), *self.rang(paar[1]["model"]), str(paar[1]["name"])))
        lijst = []
        for groep, leden in groupby(modellen, key=lambda paar: paar[0]):
            leden = [model for _, model in leden]
            lijst.append({**leden[0]["app"], "name": groep, "models": leden})
        return lijst

    def groep_van(self, model, app_naam):
        return getattr(self.get_model_admin(model), "groep", None) or str(app_naam)

    def naam_van(self, model):
        return getattr(self.get_model_admin(model["model"]), "naam", None) or model["name"]

    def plaats(self, groep):
        """Where a heading stands: the house's own ones last, the work of the apps first."""
        return (1, GROEPEN.index(groep), "") if groep in GROEPEN else (0, 0, groep)

    def rang(self, model):
        return (getattr(self.get_model_admin(model), "rang", 50),)

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:  # logged in, but not for here: the same answer as a page that is not there
            raise Http404
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request, extra_context=None):
        return logout(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
