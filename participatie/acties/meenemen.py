"""What participation has of one organisation: to take along, and to erase (`sociaalhuis.meenemen`).

Erasing goes from the last kind to the first, so the organisation itself and who speaks for it go last.
"""

from django.utils import timezone

from participatie.acties import meenemen_overleg  # noqa: F401 (registers what it has)
from participatie.acties.geschiedenis import wie_sprak
from participatie.acties.reactienotas import vergeet_notas
from participatie.acties.vertrek import wis_organisatie, wis_sprekers
from participatie.acties.vragen import antwoorden_als_gegevens
from participatie.acties.woorden import wis_woorden
from participatie.models import (
    Aanmelding,
    Formulierbestand,
    Formulierconcept,
    Inbreng,
    Opmerking,
    Steun,
    Steunverklaring,
)
from sociaalhuis.acties.geschiedenis import verwijder_met_geschiedenis
from sociaalhuis.meenemen import Bezit, Lot, registreer, tel
from sociaalhuis.models import Dossiersleutel, UitgaandeMail

GEGEVENS = ("naam", "soort", "ondernemingsnummer", "omschrijving", "email", "telefoon", "website", "straat",
            "huisnummer", "postcode", "gemeente")  # fmt: skip


# --- the organisation and who speaks for it --------------------------------------------------------


def gegevens(organisatie):
    rij = {naam: getattr(organisatie, naam) for naam in GEGEVENS} | {"soort": organisatie.get_soort_display()}
    for naam in ("themas", "doelgroepen", "gebieden"):
        rij[naam] = [str(een) for een in getattr(organisatie, naam).all()]
    return [{**rij, "erkend op": organisatie.erkend_op}]


registreer(
    Bezit(
        naam="organisatie",
        rang=10,
        titel="Jullie organisatie",
        rijen=gegevens,
        lot=lambda organisatie: Lot(
            ["Jullie naam, adres, telefoonnummer, mailadres, website en omschrijving"],
            ["Voor de cijfers van vroeger: dat er een organisatie van jullie soort meedeed. Zonder naam."],
        ),
        wis=wis_organisatie,
    )
)


def aanmeldingen(organisatie):
    """The application, with those that were refused before it."""
    rijen = list(Aanmelding.objects.filter(organisatie=organisatie).select_related("dossiersleutel"))
    while rijen and rijen[-1].vorige_id:
        rijen.append(Aanmelding.objects.select_related("dossiersleutel").get(pk=rijen[-1].vorige_id))
    return rijen


def wis_aanmeldingen(organisatie):
    """From the last to the first, as each points at the one before."""
    for rij in aanmeldingen(organisatie):
        UitgaandeMail.objects.filter(dossiersleutel=rij.dossiersleutel_id).delete()
        Dossiersleutel.objects.filter(pk=rij.dossiersleutel_id, gewist_op=None).update(
            ingepakt=None, gewist_op=timezone.now()
        )
        verwijder_met_geschiedenis(Aanmelding.objects.filter(pk=rij.pk))


registreer(
    Bezit(
        naam="aanmelding",
        rang=15,
        titel="Jullie aanmelding",
        rijen=lambda organisatie: [
            {
                "referentie": rij.referentie,
                "naam": rij.naam,
                "omschrijving": rij.omschrijving,
                "website": rij.website,
                "contactpersoon": rij.contact_naam,
                "mailadres": rij.contact_email,
                "telefoon": rij.contact_telefoon or "",
                "aangemeld op": rij.aangemeld_op,
                "beslissing": rij.get_staat_display(),
                "waarom geweigerd": rij.reden,
            }
            for rij in aanmeldingen(organisatie)
        ],
        lot=lambda organisatie: Lot(tel(len(aanmeldingen(organisatie)), "aanmelding", "aanmeldingen")),
        wis=wis_aanmeldingen,
    )
)
registreer(
    Bezit(
        naam="sprekers",
        rang=20,
        titel="Wie voor jullie sprak",
        rijen=lambda organisatie: [
            {
                "naam": str(spreker.mandaat.gebruiker),
                "mailadres": spreker.mandaat.gebruiker.email,
                "rol": spreker.mandaat.get_rol_display(),
                "van": spreker.mandaat.van,
                "tot": spreker.mandaat.tot,
            }
            for spreker in wie_sprak(organisatie)
        ],
        lot=lambda organisatie: Lot(
            [
                "De naam en het mailadres van iedereen die alleen voor jullie sprak, en hun toegang",
                "Uitnodigingen om voor jullie te spreken",
            ],
            ["Wie ook voor een andere organisatie spreekt of bij ons werkt, houdt zijn account."],
        ),
        wis=wis_sprekers,
    )
)

# --- what was said -----------------------------------------------------------------------------------


def inbrengen(organisatie):
    """With what was answered on questions; six queries, whatever the number."""
    rijen = Inbreng.objects.filter(organisatie=organisatie).voor_lijst().order_by("ingediend_op", "pk")
    return rijen.prefetch_related("formulierantwoorden__vraag", "formulierantwoorden__bestand__dossiersleutel")


def als_rij(inbreng):
    antwoord = inbreng.antwoord_openbaar if inbreng.ronde.antwoorden_zichtbaar else None
    return {
        "referentie": inbreng.referentie,
        "ronde": inbreng.ronde.titel,
        "over": inbreng.over,
        "tekst die er stond": inbreng.alinea_tekst,
        "jullie woorden": inbreng.tekst,
        "jullie voorstel": inbreng.voorstel,
        "standpunt": inbreng.get_standpunt_display(),
        "antwoorden op onze vragen": antwoorden_als_gegevens(inbreng) if inbreng.met_formulier else [],
        "hoe we het kregen": inbreng.get_kanaal_display(),
        "gegeven op": inbreng.ingediend_op,
        "toestand": inbreng.get_staat_display(),
        "waarom niet getoond": inbreng.reden_verborgen,
        "ons besluit": antwoord.get_besluit_display() if antwoord else "",
        "onze reden": antwoord.reden if antwoord else "",
        "wat er verandert": antwoord.wijziging if antwoord else "",
    }


def bestanden(organisatie):
    """The files that were given as answers, as they were sent; not what waits for the virus scanner or had a virus."""
    rijen = Formulierbestand.objects.op_te_halen().filter(antwoord__inbreng__organisatie=organisatie)
    rijen = rijen.select_related("dossiersleutel", "antwoord__inbreng").order_by("pk")
    uit = [(f"{rij.antwoord.inbreng.referentie}-{rij.naam}", rij.lees()) for rij in rijen]
    return [(naam, inhoud) for naam, inhoud in uit if inhoud is not None]


def lot_van_inbreng(organisatie):
    rijen = Inbreng.objects.filter(organisatie=organisatie, gewist_op=None).select_related("ronde").defer("email")
    beantwoord = sum(rij.ronde.antwoorden_zichtbaar and rij.is_zichtbaar for rij in rijen)
    return Lot(
        tel(len(rijen), "keer inbreng: jullie woorden, standpunt en bestanden", "keer inbreng: jullie woorden, standpunten en bestanden"),
        [f"{zin} en wat daardoor veranderde. Zonder jullie woorden en zonder jullie naam." for zin in
         tel(beantwoord, "antwoord dat al online staat,", "antwoorden die al online staan,")],
    )  # fmt: skip


def wis_inbreng(organisatie):
    rijen = Inbreng.objects.filter(organisatie=organisatie, gewist_op=None).select_related("ronde")
    for rij in rijen.select_for_update(of=("self",)):
        wis_woorden(rij)


registreer(
    Bezit(
        naam="inbreng",
        rang=30,
        titel="Jullie inbreng en onze antwoorden",
        rijen=lambda organisatie: [als_rij(inbreng) for inbreng in inbrengen(organisatie)],
        bestanden=bestanden,
        lot=lot_van_inbreng,
        wis=wis_inbreng,
    )
)


def concepten(organisatie):
    return Formulierconcept.objects.filter(organisatie=organisatie).select_related("ronde", "door").order_by("pk")


registreer(
    Bezit(
        naam="concepten",
        rang=40,
        titel="Antwoorden die jullie nog niet verstuurden",
        rijen=lambda organisatie: [
            {
                "ronde": rij.ronde.titel,
                "stap": rij.get_fase_display(),
                "wat er staat": [waarde for waarden in rij.gegevens.values() for waarde in waarden if waarde],
                "laatst gewijzigd op": rij.gewijzigd_op,
                "door": str(rij.door),
            }
            for rij in concepten(organisatie)
        ],
        lot=lambda organisatie: Lot(tel(concepten(organisatie).count(), "formulier dat nog niet verstuurd is", "formulieren die nog niet verstuurd zijn")),
        wis=lambda organisatie: concepten(organisatie).delete(),
    )
)  # fmt: skip


def steun(organisatie):
    rijen = Steun.objects.filter(organisatie=organisatie).select_related("inbreng__ronde", "inbreng__organisatie")
    return rijen.defer("inbreng__email").order_by("op", "pk")


registreer(
    Bezit(
        naam="steun",
        rang=50,
        titel="Inbreng van anderen die jullie steunen",
        rijen=lambda organisatie: [
            {
                "inbreng": rij.inbreng.referentie,
                "van": rij.inbreng.van,
                "ronde": rij.inbreng.ronde.titel,
                "op": rij.op,
                "teruggenomen op": rij.ingetrokken_op,
            }
            for rij in steun(organisatie)
        ],
        lot=lambda organisatie: Lot(tel(steun(organisatie).count(), "keer steun aan inbreng van anderen", "keer steun aan inbreng van anderen")),
        wis=lambda organisatie: steun(organisatie).delete(),
    )
)  # fmt: skip


def verklaringen(organisatie):
    return Steunverklaring.objects.filter(organisatie=organisatie).select_related("plan").order_by("op", "pk")


registreer(
    Bezit(
        naam="steunverklaringen",
        rang=60,
        titel="Jullie steun voor het plan",
        rijen=lambda organisatie: [
            {
                "plan": rij.plan.titel,
                "tekst": rij.tekst,
                "op": rij.op,
                "ingetrokken op": rij.ingetrokken_op,
            }
            for rij in verklaringen(organisatie)
        ],
        lot=lambda organisatie: Lot(tel(verklaringen(organisatie).count(), "steunverklaring", "steunverklaringen")),
        wis=lambda organisatie: verwijder_met_geschiedenis(verklaringen(organisatie)),
    )
)


def opmerkingen(organisatie):
    return Opmerking.objects.filter(organisatie=organisatie).voor_lijst().order_by("op", "pk")


def wis_opmerkingen(organisatie):
    for rij in opmerkingen(organisatie):
        if rij.openbaar:
            vergeet_notas(rij.ronde)
        rij.delete()


registreer(
    Bezit(
        naam="opmerkingen",
        rang=70,
        titel="Persoonlijke opmerkingen van wie voor jullie spreekt",
        rijen=lambda organisatie: [
            {
                "van": str(rij.door),
                "ronde": rij.ronde.titel,
                "over": rij.over,
                "tekst": rij.tekst,
                "op de website": "ja" if rij.is_te_zien else "nee",
                "waarom niet getoond": rij.reden_verborgen,
                "op": rij.op,
            }
            for rij in opmerkingen(organisatie)
        ],
        lot=lambda organisatie: Lot(tel(opmerkingen(organisatie).count(), "persoonlijke opmerking", "persoonlijke opmerkingen")),
        wis=wis_opmerkingen,
    )
)  # fmt: skip
