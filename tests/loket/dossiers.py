"""A case that holds everything a case can hold: a row of every model that hangs on a question, with a canary in every
personal field. What a new model needs besides is said in `EXTRA`, or the test that uses this names it."""

import uuid
from datetime import date, time, timedelta

from django.apps import apps
from django.db import models
from django.utils import timezone

from loket.acties import behandeling
from loket.models import Afspraak, Bijlage, Vraag
from sociaalhuis.keuring.bijlagen import Schoon
from sociaalhuis.models import Dossiersleutel, Organisatie, Team, VersleuteldTekstVeld
from tests.loket.vragen import vraag_van

# model -> values that a row needs to be allowed; everything else is filled in by itself
EXTRA = {
    "loket.bericht": {"van": "vrager", "door": None},
    "loket.inzage": {"reden": "eigen", "door": None},
    "loket.overdracht": {"naar_team": lambda medewerker: Team.objects.order_by("pk").last()},
    "loket.ingekomenmail": {"staat": "genegeerd", "reden": "lijst", "verwerkt_op": timezone.now(), "inhoud": b"x"},
    "loket.bewaarstop": {"opgeheven_op": timezone.now(), "opgeheven_door": lambda medewerker: medewerker},
    "loket.wiswens": {"besloten_op": timezone.now(), "grond": "wet", "door": lambda medewerker: medewerker},
    "loket.doorverwijzing": {
        "organisatie": lambda medewerker: een_partner(), "velden": ["naam"], "reden": "", "aandacht": "", "akkoord_hoe": "",
    },
    "loket.afspraak": {"plek": lambda medewerker: Afspraak.objects.count() + 1},
    "loket.verwijsbericht": {"van": "vrager", "door": None},
    "loket.toeleiding": {"organisatie": lambda medewerker: een_partner()},
}  # fmt: skip


def een_partner():
    return Organisatie.objects.get_or_create(code="partner", defaults={"naam": "Een partner", "soort": "vzw"})[0]


def kanarie(model, veld):
    """A word that stands nowhere else: 'kanarie-loket-bericht-tekst-x7'."""
    return f"kanarie-{model._meta.label_lower.replace('.', '-')}-{veld}-x7"


def modellen_van_het_dossier():
    """Every model of which a row belongs to one question, by a foreign key that ends at Vraag."""
    gevonden, nieuw = [], [Vraag]
    while nieuw:
        gevonden += nieuw
        nieuw = [
            model
            for model in apps.get_models()
            if model not in gevonden
            and not model._meta.proxy
            and "pgh_id" not in {veld.name for veld in model._meta.fields}
            and any(hangt_aan(veld, gevonden) for veld in model._meta.concrete_fields)
        ]
    return gevonden


def hangt_aan(veld, modellen):
    return bool(veld.is_relation and veld.related_model in modellen and veld.remote_field.on_delete is models.CASCADE)


def persoonlijke_velden(model):
    return [veld.name for veld in model._meta.concrete_fields if isinstance(veld, VersleuteldTekstVeld)]


def vol_dossier(team, medewerker, **velden):
    """One question with a canary in each personal field, a file, a handover and a row of each model that hangs on it."""
    persoon = {naam: kanarie(Vraag, naam) for naam in ("tekst", "naam", "adres")}
    vraag = vraag_van(
        team,
        **persoon,
        email=f"{kanarie(Vraag, 'email')}@voorbeeld.example",
        telefoon="0400 98 76 54",
        antwoordwijze="mail",
        bijlagen=[Schoon(f"{kanarie(Bijlage, 'naam')}.txt", "text/plain", kanarie(Bijlage, "inhoud").encode())],
        **velden,
    )
    behandeling.beantwoord(vraag=vraag, tekst=kanarie(apps.get_model("loket.Bericht"), "tekst"), door=medewerker)
    vraag.antwoordadres.delete()  # the mail about that answer took the real one; the loop makes one with a canary
    vraag = Vraag.objects.get(pk=vraag.pk)
    for model in modellen_van_het_dossier():
        if not rijen_van(model, vraag).exists():
            maak_rij(model, vraag, medewerker)
    return vraag


def rijen_van(model, vraag):
    """The rows of this model that belong to the question."""
    if model is Vraag:
        return Vraag.objects.filter(pk=vraag.pk)
    return model._default_manager.filter(**{f"{weg_naar_vraag(model)}": vraag.pk})


def weg_naar_vraag(model):
    """The lookup from a row to its question: 'vraag', or 'bericht__vraag'. None when it reaches no question."""
    wegen = [(model, "")]
    gezien = set()
    while wegen:
        nu, pad = wegen.pop(0)
        gezien.add(nu)
        for veld in nu._meta.concrete_fields:
            if veld.is_relation and veld.remote_field.on_delete is models.CASCADE:
                if veld.related_model is Vraag:
                    return f"{pad}{veld.name}"
                if veld.related_model not in gezien:
                    wegen.append((veld.related_model, f"{pad}{veld.name}__"))
    return None


def maak_rij(model, vraag, medewerker):
    """A row of any model that hangs on a question, filled in by the kind of each field."""
    waarden = {}
    for veld in model._meta.concrete_fields:
        if veld.name in EXTRA.get(model._meta.label_lower, {}):
            waarde = EXTRA[model._meta.label_lower][veld.name]
            waarden[veld.name] = waarde(medewerker) if callable(waarde) else waarde
        elif not veld.primary_key or veld.is_relation:
            waarde = waarde_voor(veld, model, vraag, medewerker)
            if waarde is not Ellipsis:
                waarden[veld.name] = waarde
    return model._default_manager.create(**waarden)


def waarde_voor(veld, model, vraag, medewerker):
    """A value for one field; Ellipsis leaves it to its default."""
    if isinstance(veld, VersleuteldTekstVeld):
        return kanarie(model, veld.name)
    if veld.is_relation:
        return _verwijzing(veld, vraag, medewerker)
    if veld.null or veld.has_default() or getattr(veld, "auto_now", False) or getattr(veld, "auto_now_add", False):
        return ...
    if veld.name == "bestand":
        return ...
    if veld.choices:
        return veld.flatchoices[0][0]
    later = veld.name in ("einde", "tot")  # what ends comes after what begins
    if isinstance(veld, models.DateTimeField):
        return timezone.now() + timedelta(hours=later)
    for soort, waarde in [
        (models.DateField, date.today().replace(day=1)),
        (models.TimeField, time(9 + later)),
        (models.BooleanField, False),
        (models.UUIDField, uuid.uuid4()),
        (models.BinaryField, b"x"),
        (models.EmailField, f"{kanarie(model, veld.name)}@voorbeeld.example"),
        ((models.CharField, models.TextField), "x" if veld.max_length and veld.max_length < 60 else kanarie(model, veld.name)),
        ((models.IntegerField, models.DecimalField, models.FloatField), 1),
    ]:  # fmt: skip
        if isinstance(veld, soort):
            return waarde
    return ...


def _verwijzing(veld, vraag, medewerker):
    doel = veld.related_model
    if doel is Vraag:
        return vraag if veld.remote_field.on_delete is models.CASCADE else None
    if veld.null:
        return None
    if doel is Dossiersleutel:
        return Dossiersleutel.objects.create()
    if doel is type(medewerker):
        return medewerker
    if doel in modellen_van_het_dossier():
        return rijen_van(doel, vraag).first() or maak_rij(doel, vraag, medewerker)
    return doel._default_manager.first() or maak_rij(doel, vraag, medewerker)
