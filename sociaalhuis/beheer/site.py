from allauth.account.views import logout
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse


class BeheerSite(AdminSite):
    """The admin of the house. Logging in and out, passwords and the second factor go by the one door."""

    site_header = "Beheer van het Sociaal Huis"
    site_title = "Beheer"
    index_title = "Wat wil je beheren?"

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:  # logged in, but not for here: the same answer as a page that is not there
            raise Http404
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request, extra_context=None):
        return logout(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
