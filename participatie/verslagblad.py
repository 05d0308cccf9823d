"""Published minutes as a report: what becomes the PDF."""

from django.db.models import Sum
from django.utils import timezone

from participatie.agenda import waar_precies
from participatie.models import Overleg, Verslagregel
from sociaalhuis import versie
from sociaalhuis.context import het_huis
from sociaalhuis.templatetags.huis import datum, datum_kort
from sociaalhuis.verslag.model import GETAL, TEKST, Deel, Kolom, Tabel, Verslag
from sociaalhuis.verslag.pdf import als_pdf

INWONERS = "Inwoners"


def opkomst(overleg):
    """[(organisation or who else, how many were there)]: organisations by name, then staff, then residents. No names."""
    rijen = (
        overleg.inschrijvingen.filter(aanwezig=True)
        .values_list("organisatie__naam", "gebruiker")
        .annotate(n=Sum("aantal"))
        .order_by("organisatie__naam")
    )
    geteld = {}
    for organisatie, gebruiker, aantal in rijen:
        wie = organisatie or ("Gemeente en OCMW" if gebruiker else INWONERS)
        geteld[wie] = geteld.get(wie, 0) + aantal
    achteraan = {"Gemeente en OCMW": 1, INWONERS: 2}
    return sorted(geteld.items(), key=lambda paar: (achteraan.get(paar[0], 0), paar[0]))


def punten_met_regels(overleg):
    """The agenda with its minutes: each point has `tekst_verslag` and `eigen_regels`. Two queries."""
    punten = list(
        overleg.agenda.select_related("verslagpunt", "onderdeel__plan", "inbreng__organisatie", "inbreng__ronde")
        .defer("inbreng__email")
        .order_by("volgorde")
    )
    regels = Verslagregel.objects.filter(agendapunt__in=punten).select_related(
        "wie_gebruiker", "wie_organisatie", "inbreng__ronde"
    )
    per_punt = {}
    for regel in regels.defer("inbreng__email"):
        per_punt.setdefault(regel.agendapunt_id, []).append(regel)
    for punt in punten:
        punt.tekst_verslag = punt.verslagpunt.tekst if hasattr(punt, "verslagpunt") else ""
        punt.eigen_regels = per_punt.get(punt.pk, [])
    return punten


def als_verslag(overleg, huis):
    """The report of a meeting with minutes."""
    punten = punten_met_regels(overleg)
    delen = [Deel("In het kort", _alineas(overleg.verslag.samenvatting))] if overleg.verslag.samenvatting else []
    delen += [_deel(nummer, punt) for nummer, punt in enumerate(punten, 1)]
    taken = [regel for punt in punten for regel in punt.eigen_regels if regel.soort == Verslagregel.Soort.TAAK]
    if taken:
        kolommen = [Kolom("Wat"), Kolom("Wie"), Kolom("Tegen")]
        rijen = [(taak.tekst, taak.van_wie_publiek, datum_kort(taak.tegen) if taak.tegen else "") for taak in taken]
        delen.append(Deel("Taken", tabellen=[Tabel("Alle taken", kolommen, rijen)]))
    wie = opkomst(overleg)
    if wie:
        kolommen = [Kolom("Wie", TEKST), Kolom("Aantal", GETAL)]
        totaal = ("Samen", sum(aantal for _, aantal in wie))
        delen.append(Deel("Wie was er?", tabellen=[Tabel("Aanwezig", kolommen, wie, totaal=totaal)]))
    return Verslag(
        titel=f"Verslag: {overleg.titel}",
        naam=f"verslag-{overleg.slug}",
        ondertitel=overleg.get_soort_display(),
        kenmerken=[
            ("Wanneer", f"{datum(overleg.begin)}, {overleg.uren}"),
            ("Waar", waar_precies(overleg, huis)),
            ("Gepubliceerd op", datum(overleg.verslag.gepubliceerd_op)),
        ],
        delen=delen,
    )


def _deel(nummer, punt):
    soorten = {Verslagregel.Soort.GEZEGD: "", Verslagregel.Soort.BESLUIT: "Beslissing: "}
    regels = [f"{soorten[regel.soort]}{regel.tekst}" for regel in punt.eigen_regels if regel.soort in soorten]
    return Deel(f"{nummer}. {punt.naam}", [*_alineas(punt.tekst_verslag), *regels])


def _alineas(tekst):
    return [alinea.strip() for alinea in tekst.replace("\r", "").split("\n\n") if alinea.strip()]


@versie.bij_versie
def pdf_van(nummer, overleg_pk):
    """(name of the file, PDF) of the published minutes of a meeting, kept under this version. Raises GeenPdf."""
    overleg = Overleg.objects.select_related("locatie", "verslag").get(pk=overleg_pk)
    huis = het_huis(nummer)
    blad = als_verslag(overleg, huis)
    return f"{blad.naam}.pdf", als_pdf(blad, huis=huis.naam, op=timezone.now(), accent=huis.accent)
