"""A round in concept as others will see it: by role and step, with the real pages and forms, and nothing to send."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participatie.acties.vragenlijst import in_de_maak
from participatie.forms.inbreng import InbrengFormulier, OrganisatieInbrengFormulier
from participatie.forms.vragen import InwonerVragen, OrganisatieVragen
from participatie.mag import Handeling, Moment, Rol, moment_van, wie_mag
from participatie.models import Mandaat, Ronde
from participatie.rechten import RONDEWERKERS
from participatie.views.rondes import inhoud_van
from sociaalhuis.models import Organisatie
from sociaalhuis.toegang import alleen_rol

ALS = {
    Rol.BEZOEKER: "Bezoeker",
    Rol.ORGANISATIE: "Uitgenodigde organisatie",
    Rol.ADVIESRAAD: "Lid van een adviesraad",
}
STAPPEN = [moment for moment in Moment if moment != Moment.CONCEPT]
PAGINAS = {
    "ronde": ("De pagina van de ronde", ()),
    "vragen": ("De vragen", (Handeling.INVULLEN, Handeling.WEGEN)),
    "geef": ("Geef je mening", (Handeling.INBRENGEN,)),
}
DOEN = (
    Handeling.INVULLEN, Handeling.WEGEN, Handeling.INBRENGEN, Handeling.AMENDEREN, Handeling.STANDPUNT, Handeling.STEUNEN,
    Handeling.ADVISEREN, Handeling.TELLINGEN,
)  # fmt: skip


def momenten(ronde):
    """{step: a moment in it} of the steps this round has, in order."""
    begin = {Moment(fase.soort): fase.van for fase in ronde.tijdlijn}
    begin.setdefault(Moment.INFORMEREN, ronde.opent_op - timedelta(seconds=1))
    return {stap: begin[stap] for stap in STAPPEN if stap in begin}


def op_moment(ronde, op):
    """Makes this round read as it will be once it is online, at `op`. For looking only: it is never saved."""
    ronde.staat, ronde.op_moment = Ronde.Staat.GEPUBLICEERD, op
    if op >= momenten(ronde)[Moment.RESULTAAT]:
        ronde.antwoorden_gepubliceerd_op = op


def wat_kan(ronde, rol):
    """The actions of a role at the moment of this round: set of `Handeling`."""
    return {doe for doe in DOEN if doe not in ronde.zonder and rol in wie_mag(doe, moment_van(ronde))}


def voorbeeldorganisatie(ronde, rol):
    """An invited organisation of that kind, to fill in its name; made up when there is none."""
    genodigd = Organisatie.objects.filter(uitnodigingen_voor_rondes__ronde=ronde).order_by("naam")
    raad = Organisatie.Soort.ADVIESRAAD
    genodigd = genodigd.filter(soort=raad) if rol == Rol.ADVIESRAAD else genodigd.exclude(soort=raad)
    return genodigd.first() or Organisatie(pk=0, code="voorbeeld", naam="Jullie organisatie")


def leeg_formulier(ronde, pagina, rol):
    """The form of that page for that role, without its <form>: there is nothing to send. None when there are no questions."""
    formulier, van_organisatie = None, rol != Rol.BEZOEKER
    if pagina == "vragen":
        stap = moment_van(ronde)
        formulier = in_de_maak(ronde, stap)
        if formulier is None or not formulier.vragen.exists():
            return None
    organisatie = voorbeeldorganisatie(ronde, rol) if van_organisatie else None
    if formulier:
        formulier.ronde = ronde
        form = OrganisatieVragen(formulier=formulier, organisatie=organisatie) if van_organisatie else InwonerVragen(formulier=formulier)  # fmt: skip
    elif van_organisatie:
        form = OrganisatieInbrengFormulier(ronde=ronde, mandaten=[Mandaat(organisatie=organisatie)])
    else:
        form = InbrengFormulier(ronde=ronde)
    form.helper.form_tag, form.helper.disable_csrf = False, True
    return form


@never_cache
@require_safe
@alleen_rol(*RONDEWERKERS)
def voorbeeld(request, slug):
    """One page of a round in concept, as one role sees it in one step."""
    rondes = Ronde.objects.zichtbaar_voor(request.user).met_tellingen().met_vraagfasen().select_related("plan")
    ronde = get_object_or_404(rondes, slug=slug, staat=Ronde.Staat.CONCEPT)
    stappen = momenten(ronde)
    rol = Rol(request.GET.get("als", Rol.BEZOEKER)) if request.GET.get("als", Rol.BEZOEKER) in ALS else None
    stap = Moment(request.GET["stap"]) if request.GET.get("stap") in stappen else None
    if "stap" not in request.GET:
        stap = Moment.INBRENGEN if Moment.INBRENGEN in stappen else next(iter(stappen))
    pagina = request.GET.get("pagina", "ronde")
    if rol is None or stap is None or pagina not in PAGINAS:
        raise Http404
    op_moment(ronde, stappen[stap])
    kan = wat_kan(ronde, rol)
    paginas = [
        (naam, titel) for naam, (titel, nodig) in PAGINAS.items() if not nodig or (kan & set(nodig) and leeg_formulier(ronde, naam, rol))
    ]  # fmt: skip
    if pagina not in dict(paginas):
        pagina = "ronde"
    inhoud = {
        "als": rol,
        "rollen": list(ALS.items()),
        "stap": stap,
        "stappen": [(naam, naam.label) for naam in stappen],
        "pagina_": pagina,
        "paginas": paginas,
        "kan": [doe.label for doe in DOEN if doe in kan],
        "achter_de_schermen": False,
        "op": stappen[stap],
    }
    if pagina == "ronde":
        return render(request, "participatie/voorbeeld/ronde.html", inhoud_van(request, ronde) | inhoud)
    form = leeg_formulier(ronde, pagina, rol)
    inhoud |= {"ronde": ronde, "form": form, "namens": getattr(form, "organisatie", None)}
    return render(request, f"participatie/voorbeeld/{pagina}.html", inhoud)
