"""The rows of a list of the desk, read light and put into words, so that the page has nothing left to work out."""

from django.urls import reverse
from django.utils.http import urlencode

from loket.models import Vraag
from loket.models.verwijzing import Aandacht
from loket.templatetags.dossier import SOORT, dagen
from sociaalhuis.templatetags.huis import datum_kort

NODIG = {
    "id", "referentie", "versie", "staat", "quarantaine", "resultaat", "prioriteit", "kanaal", "antwoordwijze",
    "geregistreerd_op", "uiterlijk_op", "eerst_geopend_op", "geparkeerd_tot", "sluit_na",
}  # fmt: skip
KOLOMMEN = [veld.attname for veld in Vraag._meta.concrete_fields if veld.attname in NODIG]  # the order of from_db()
NAMEN = ("thema__naam", "doelgroep__naam", "gebied__naam", "behandelaar__naam", "verwijsmerk")
PRIORITEIT = {Vraag.Prioriteit.HOOG: ("hoog", "Hoog"), Vraag.Prioriteit.LAAG: ("", "Laag")}


def lees(vragen, gesloten):
    """The questions of a slice of a list, with only these columns; `namen` are those of what they point at."""
    return [_vraag(rij, gesloten) for rij in vragen.values_list(*KOLOMMEN, *NAMEN)]


def _vraag(rij, gesloten):
    vraag = Vraag.from_db("default", KOLOMMEN, rij[: len(KOLOMMEN)])
    vraag.gesloten, vraag.namen = gesloten, dict(zip(NAMEN, rij[len(KOLOMMEN) :], strict=True))
    return vraag


def regels(vragen, keuzes):
    """List of dicts, one per question: the words of every cell. `keuzes` is the list one comes back to."""
    basis, uit = reverse("loket:werkbank"), urlencode({"uit": keuzes})
    return [_regel(vraag, basis, uit) for vraag in vragen]


def _regel(vraag, basis, uit):
    namen, (soort, staat, erbij) = vraag.namen, _staat(vraag)
    merk = namen["verwijsmerk"]
    return {
        "referentie": vraag.referentie,
        "versie": vraag.versie,
        "adres": f"{basis}{vraag.referentie.lower()}/?{uit}",
        "ongelezen": vraag.eerst_geopend_op is None and not vraag.is_dicht,
        "thema": namen["thema__naam"] or "Onbekend",
        "prioriteit": PRIORITEIT.get(vraag.prioriteit),
        "waar": ", ".join(filter(None, (namen["doelgroep__naam"], namen["gebied__naam"]))),
        "soort": soort,
        "staat": staat,
        "erbij": erbij,
        "merk": Aandacht(merk).label if merk else "",
        "termijn": vraag.termijn_in_woorden,
        "dringt": " voorbij" if vraag.is_te_laat else " nabij" if vraag.is_dringend else "",
        "wie": namen["behandelaar__naam"] or "Nog niemand",
        "dagen": dagen(vraag.leeftijd_in_dagen),
        "kanaal": vraag.get_kanaal_display(),
    }


def _staat(vraag):
    """(kind of label, its text, what stands beside it)."""
    if vraag.quarantaine:
        return "let-op", "Kijk na", vraag.get_quarantaine_display()
    if vraag.resultaat:
        return "rustig", vraag.get_resultaat_display(), ""
    erbij = f"tot {datum_kort(vraag.geparkeerd_tot)}" if vraag.geparkeerd_tot else ""
    if vraag.sluit_na:
        gezegd = "vrager kreeg een mail" if vraag.antwoordwijze == "mail" else "vrager leest het met de code"
        erbij = f"sluit na {datum_kort(vraag.sluit_na)}, {gezegd}"
    return SOORT.get(vraag.staat, "rustig"), vraag.get_staat_display(), erbij
