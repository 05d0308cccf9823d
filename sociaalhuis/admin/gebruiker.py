"""Who works here and what each may do. Never what they wrote or read."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db.models import Exists, OuterRef
from django.template.response import TemplateResponse

from sociaalhuis import rollen
from sociaalhuis.acties import gebruiker as acties
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Gebruiker, GebruikerRol, GebruikerTeam

UITLEG = {
    rollen.LOKETMEDEWERKER: "beantwoordt vragen van de eigen teams en werkt de diensten bij",
    rollen.TEAMVERANTWOORDELIJKE: "verdeelt de vragen van de eigen teams en kijkt organisaties na",
    rollen.PLANMEDEWERKER: "schrijft aan het plan",
    rollen.COORDINATOR: "leidt het plan, publiceert en leidt de inspraak",
    rollen.BEHEERDER: "richt het huis in en beheert de gebruikers, ziet geen vragen",
    rollen.TOEZICHTHOUDER: "ziet wie wat bekeek en veranderde, verandert zelf niets",
    rollen.REDACTEUR: "stelt wijzigingen voor in een eigen deel van het plan",
    rollen.ORGANISATIELID: "spreekt voor een organisatie",
}
GEEN_BESTUUR = {rollen.ORGANISATIELID, rollen.TOEZICHTHOUDER, rollen.BEHEERDER}


class RolFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "rol"


class RolKeuze(forms.ModelMultipleChoiceField):
    """Roles as boxes to tick, each with what it allows."""

    def label_from_instance(self, groep):
        return f"{groep.name.capitalize()}: {UITLEG[groep.name]}" if groep.name in UITLEG else groep.name.capitalize()


class GebruikerForm(forms.ModelForm):
    groups = RolKeuze(
        queryset=Group.objects.filter(name__in=rollen.RECHTEN).order_by("name"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Rollen",
    )

    class Meta:
        model = Gebruiker
        fields = ["naam", "email", "bestuur", "teams", "groups", "is_active"]
        help_texts = {
            "email": "Met dit adres meldt de persoon zich aan.",
            "teams": "Bepaalt welke vragen iemand ziet. Enkel teams van het eigen bestuur.",
            "is_active": "Vink uit als iemand hier niet meer werkt. Verwijderen kan niet: wat iemand deed, blijft leesbaar.",
        }

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean(self):
        gegevens = super().clean()
        bestuur = gegevens.get("bestuur", self.instance.bestuur)
        vreemd = [team for team in gegevens.get("teams", []) if team.bestuur_id != getattr(bestuur, "pk", None)]
        if vreemd:
            self.add_error(
                "teams", f"{', '.join(map(str, vreemd))} hoort niet bij dit bestuur. Kies teams van het eigen bestuur."
            )
        gekozen = {groep.name for groep in gegevens.get("groups", [])}
        if not bestuur and gekozen - GEEN_BESTUUR:
            self.add_error("bestuur", "Kies bij welk bestuur deze medewerker hoort.")
        return gegevens


class NieuweGebruikerForm(GebruikerForm):
    wachtwoord = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Laat leeg: dan meldt de persoon zich aan met een code per mail, en kiest later zelf een wachtwoord.",
    )

    class Meta(GebruikerForm.Meta):
        fields = [*GebruikerForm.Meta.fields, "wachtwoord"]

    def clean_wachtwoord(self):
        wachtwoord = self.cleaned_data["wachtwoord"]
        if wachtwoord:
            validate_password(wachtwoord, self.instance)
        return wachtwoord

    def save(self, commit=True):
        self.instance.set_password(self.cleaned_data["wachtwoord"] or None)
        return super().save(commit)


@admin.register(Gebruiker)
class GebruikerAdmin(BeheerAdmin):
    groep, rang = "Wie werkt hier", 1
    form = GebruikerForm
    list_display = ["naam", "email", "bestuur", "rollen", "is_active", "tweede_factor", "last_login"]
    list_filter = ["is_active", ("groups", RolFilter), "bestuur", "teams"]
    list_select_related = ["bestuur"]
    search_fields = ["naam", "email"]
    search_help_text = "Zoek op naam of e-mailadres van de medewerker."
    actions = ["meld_overal_af", "wis_tweede_factor", "wis_wachtwoord"]
    geschiedenis_ook = [(GebruikerRol, "gebruiker"), (GebruikerTeam, "gebruiker")]

    # --- the form ---

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **({} if obj else {"form": NieuweGebruikerForm}), **kwargs)

    def get_fieldsets(self, request, obj=None):
        aanmelden = ["is_active", "tweede_factor", "last_login", "date_joined"] if obj else ["wachtwoord", "is_active"]
        return [
            (None, {"fields": ["naam", "email"]}),
            ("Waar werkt deze persoon en wat mag die?", {"fields": ["bestuur", "teams", "groups"]}),
            ("Aanmelden", {"fields": aanmelden}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Nobody gives rights to oneself: a colleague does that."""
        vast = ["tweede_factor", "last_login", "date_joined"]
        return [*vast, "bestuur", "teams", "groups", "is_active"] if obj == request.user else vast

    def has_change_permission(self, request, obj=None):
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Accounts are closed, not deleted: the log still says who did what."""
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        acties.merk_medewerker(gebruiker=form.instance, door=request.user)
        if change and "email" in form.changed_data:
            acties.wijzig_email(gebruiker=form.instance, oud=form.initial["email"], door=request.user)

    # --- the list ---

    def get_queryset(self, request):
        factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).annotate(_factor=Exists(factor)).prefetch_related("groups")

    @admin.display(description="rollen")
    def rollen(self, gebruiker):
        return ", ".join(sorted(groep.name for groep in gebruiker.groups.all()))

    @admin.display(description="tweede factor", boolean=True)
    def tweede_factor(self, gebruiker):
        return gebruiker._factor

    # --- actions, each asked once more ---

    @admin.action(description="Meld overal af", permissions=["change"])
    def meld_overal_af(self, request, queryset):
        return self.bevestigd(request, queryset, acties.meld_overal_af, "Overal afgemeld")

    @admin.action(description="Wis de tweede factor (telefoon kwijt)", permissions=["change"])
    def wis_tweede_factor(self, request, queryset):
        return self.bevestigd(request, queryset, acties.wis_tweede_factor, "Tweede factor gewist")

    @admin.action(description="Wis het wachtwoord", permissions=["change"])
    def wis_wachtwoord(self, request, queryset):
        return self.bevestigd(request, queryset, acties.wis_wachtwoord, "Wachtwoord gewist")

    def bevestigd(self, request, queryset, daad, gedaan):
        """Asks, then does it, with a line per user in the log of the admin."""
        gebruikers = [g for g in queryset if self.has_change_permission(request, g)]
        if "bevestigd" not in request.POST:
            naam = request.POST["action"]
            context = {
                **self.admin_site.each_context(request),
                "title": self.get_actions(request)[naam][2],
                "vraag": f"Wil je dit doen voor {len(gebruikers)} gebruiker{'s' if len(gebruikers) != 1 else ''}?",
                "objecten": gebruikers,
                "actie": naam,
                "opts": self.opts,
                "media": self.media,
            }
            return TemplateResponse(request, "admin/bevestig_actie.html", context)
        daad(gebruikers=gebruikers, door=request.user)
        for gebruiker in gebruikers:
            self.log_change(request, gebruiker, gedaan)
        self.message_user(request, f"{gedaan}: {', '.join(map(str, gebruikers))}.", messages.SUCCESS)
        return None
