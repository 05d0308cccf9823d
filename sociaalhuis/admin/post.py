import re

from django.contrib import admin

from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin
from sociaalhuis.models import UitgaandeMail


def zonder_referentie(onderwerp):
    """'Er is een bericht voor je (2027-7K3F9Q)' -> 'Er is een bericht voor je': a reference says that a case exists."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", onderwerp)


def verborgen(adres):
    """'iemand@voorbeeld.be' -> 'i…@voorbeeld.be': enough to see what went wrong, not who it is."""
    naam, _, domein = adres.partition("@")
    return f"{naam[:1]}…@{domein}"


@admin.register(UitgaandeMail)
class UitgaandeMailAdmin(AlleenLezen, BeheerAdmin):
    """Whether mail leaves. Never to whom exactly, nor what it says."""

    groep, rang = "Toezicht", 1
    list_display = ["nummer", "waarover", "naar", "staat", "pogingen", "gemaakt_op", "verzonden_op"]
    list_filter = ["staat", "gemaakt_op"]
    list_select_related = ["dossiersleutel"]
    date_hierarchy = "gemaakt_op"
    fields = ["waarover", "naar", "staat", "pogingen", "gemaakt_op", "volgende_poging", "verzonden_op", "fout", "message_id"]  # fmt: skip

    @admin.display(description="onderwerp", ordering="onderwerp")
    def waarover(self, mail):
        return zonder_referentie(mail.onderwerp)

    @admin.display(description="mail", ordering="pk")
    def nummer(self, mail):
        return str(mail)

    @admin.display(description="naar")
    def naar(self, mail):
        return verborgen(mail.adres)
