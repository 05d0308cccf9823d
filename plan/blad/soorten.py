"""What goes out and comes back: the columns of the actions and of the indicators of a plan, and their values.

A kind reads a row of the database as {name of the column: text that stands for it} and puts such texts back on a row. Fields that
carry a decision (the parent, the code) are only to read.
"""

from datetime import date
from decimal import Decimal

from django.db.models import Max

from plan.blad.kolommen import DATUM, GETAL, KEUZE, NAMEN, OPMAAK, Celfout, Kolom, als_html, als_tekst, is_gewoon
from plan.models import Actie, Indicator, Onderdeel
from plan.woorden import standnamen
from sociaalhuis.models import Doelgroep, Gebied, Organisatie, Thema

SLEUTEL = "sleutel"
MET_OPMAAK = (
    "Deze tekst heeft opmaak (vet, links, tussentitels) die in een cel verloren gaat. Wijzig hem in het beheer."
)


def _namen(model):
    return dict(model.objects.values_list("code", "naam"))


class Soort:
    """Base: `kolommen`, `rijen` and what may be put back. `code` names the kind, `titel` its sheet."""

    ouders = {}  # {code: part} under which a new row may stand; none: nothing new by sheet
    bij_nieuw = {}  # {column: text that stands for it} where a new row leaves it open

    def __init__(self, plan):
        self.plan = plan
        self.kolommen = self.maak_kolommen()
        self.per_naam = {kolom.naam: kolom for kolom in self.kolommen}

    def kern(self, rij, kolom):
        """The text that stands for the value of a column of a row."""
        if kolom.naam == SLEUTEL:
            return str(rij.pk)
        if kolom.soort == NAMEN:
            return ";".join(sorted(doel.code for doel in getattr(rij, kolom.naam).all()))
        waarde = getattr(rij, kolom.naam)
        if waarde is None or waarde == "":
            return ""
        if kolom.soort == OPMAAK:
            return als_tekst(waarde)
        if kolom.soort == GETAL:
            getal = Decimal(waarde).normalize()
            return format(getal, "f") if getal else "0"
        if isinstance(waarde, date):
            return waarde.isoformat()
        return str(getattr(waarde, "code", waarde)).replace("\r\n", "\n").strip()

    def met_plan(self, rijen):
        """The rows as a list, each with the same instance of its plan."""
        rijen = list(rijen)
        for rij in rijen:
            rij.plan = self.plan
        return rijen

    def kernen(self, rij):
        return {kolom.naam: self.kern(rij, kolom) for kolom in self.kolommen}

    def mag(self, rij, kolom):
        """'' when this cell may change, else why not."""
        if kolom.soort == OPMAAK and not is_gewoon(getattr(rij, kolom.naam)):
            return MET_OPMAAK
        return ""

    def zet(self, rij, kolom, kern):
        """Puts a value on a row, without saving; links are set when the row is saved."""
        if kolom.soort == OPMAAK:
            waarde = als_html(kern)
        elif kolom.soort == DATUM:
            waarde = date.fromisoformat(kern) if kern else None
        elif kolom.soort == GETAL:
            waarde = (Decimal(kern) if kolom.cijfers else int(kern)) if kern else None
        else:
            waarde = kern
        setattr(rij, kolom.naam, waarde)


class Acties(Soort):
    code, titel, model, recht = "acties", "Acties", Actie, "plan.change_actie"
    STAND = ("stand", "voortgang", "stand_toelichting", "stand_reden")
    LINKS = ("themas", "doelgroepen", "gebieden")

    bij_nieuw = {"stand": Actie.Stand.NIET_GESTART.value, "voortgang": "0"}

    def ouder_van(self, tekst):
        """(key, name) of the goal that a cell 'G1.1 Minder uithuiszettingen' or 'G1.1' names. Raises Celfout."""
        code = tekst.partition(" ")[0]
        if code not in self.ouders:
            raise Celfout(
                f"'{tekst[:60]}' kennen we niet. Schrijf de code van de doelstelling waar dit onder staat, zoals"
                f" {next(iter(self.ouders))}."
            )
        return self.ouders[code].pk, f"{code} {self.ouders[code].titel}"

    def maak(self, rij):
        """An unsaved action of a new row, with its state still to set."""
        ouder = Onderdeel.objects.get(pk=rij["ouder"], plan=self.plan)
        laatste = ouder.delen.aggregate(laatste=Max("volgorde"))["laatste"]
        actie = Actie(plan=self.plan, ouder=ouder, volgorde=0 if laatste is None else min(laatste + 1, 32767))
        for naam, kern in rij["velden"].items():
            if naam not in self.STAND:
                self.zet(actie, self.per_naam[naam], kern)
        actie.noteer_stand(Actie.Stand.NIET_GESTART, 0)
        return actie

    def maak_kolommen(self):
        doelen = Onderdeel.objects.filter(plan=self.plan, soort=Onderdeel.Soort.DOELSTELLING).in_volgorde()
        self.ouders = {rij.code: rij for rij in doelen}
        self.organisaties = {rij.code: rij for rij in Organisatie.objects.all()}
        return (
            Kolom(SLEUTEL, "Sleutel", vast=True, breed=9),
            Kolom("code", "Code", vast=True, breed=11),
            Kolom("titel", "Titel", verplicht=True, breed=38),
            Kolom("boven", "Staat onder", vast=True, breed=28),
            Kolom("korte_omschrijving", "Korte omschrijving", breed=34),
            Kolom("lange_omschrijving", "Wat doen we", OPMAAK, breed=60),
            Kolom("resultaat_verwacht", "Verwacht resultaat", breed=40),
            Kolom("termijn", "Termijn", KEUZE, verplicht=True, keuzes=dict(Onderdeel.Termijn.choices)),
            Kolom("begin", "Begin", DATUM, breed=12),
            Kolom("einde", "Einde", DATUM, breed=12),
            Kolom("bestuur", "Wie bestuurt", KEUZE, verplicht=True, keuzes=dict(Onderdeel.Bestuurd.choices)),
            Kolom("trekker", "Trekker", breed=24),
            Kolom("trekker_organisatie", "Organisatie die trekt", KEUZE, keuzes=_namen(Organisatie), breed=24),
            Kolom("contact", "Waar kan je terecht", breed=24),
            Kolom("regierol", "Rol van het lokaal bestuur", KEUZE, keuzes=dict(Onderdeel.Regierol.choices)),
            Kolom("themas", "Thema's", NAMEN, keuzes=_namen(Thema), breed=24),
            Kolom("doelgroepen", "Doelgroepen", NAMEN, keuzes=_namen(Doelgroep), breed=24),
            Kolom("gebieden", "Gebieden", NAMEN, keuzes=_namen(Gebied), breed=20),
            Kolom("gewicht", "Gewicht in %", GETAL, cijfers=2, breed=12),
            Kolom("stand", "Stand", KEUZE, verplicht=True, keuzes=standnamen(self.plan)),
            Kolom("voortgang", "Voortgang in %", GETAL, verplicht=True, breed=12),
            Kolom("stand_toelichting", "Waar staan we", breed=40),
            Kolom("stand_reden", "Waarom met de hand", breed=28),
            Kolom("externe_code", "Externe rapporteringscode"),
            Kolom("commentaar", "Commentaar", OPMAAK, breed=40),
            Kolom("evaluatie", "Evaluatie", OPMAAK, breed=40),
        )

    def rijen(self):
        """All actions of the plan in the order of the booklet, in a fixed number of queries."""
        acties = Actie.objects.filter(plan=self.plan).select_related("ouder", "trekker_organisatie")
        return self.met_plan(acties.prefetch_related(*self.LINKS).in_volgorde())

    def kern(self, rij, kolom):
        return f"{rij.ouder.code} {rij.ouder.titel}" if kolom.naam == "boven" else super().kern(rij, kolom)

    def zet(self, rij, kolom, kern):
        if kolom.naam == "trekker_organisatie":
            rij.trekker_organisatie = self.organisaties.get(kern)
        elif kolom.naam not in self.LINKS:
            super().zet(rij, kolom, kern)


class Indicatoren(Soort):
    code, titel, model, recht = "indicatoren", "Indicatoren", Indicator, "plan.change_indicator"

    def maak_kolommen(self):
        return (
            Kolom(SLEUTEL, "Sleutel", vast=True, breed=9),
            Kolom("code", "Code", vast=True, breed=11),
            Kolom("titel", "Wat meten we", verplicht=True, breed=40),
            Kolom("definitie", "Wat telt mee", verplicht=True, breed=60),
            Kolom("eenheid", "Eenheid", verplicht=True),
            Kolom("richting", "Richting", KEUZE, verplicht=True, keuzes=dict(Indicator.Richting.choices), breed=26),
            Kolom("marge", "Marge", GETAL, verplicht=True, cijfers=2, breed=10),
            Kolom("nulmeting", "Nulmeting", GETAL, cijfers=2, breed=12),
            Kolom("nulmeting_op", "Nulmeting van", DATUM, breed=13),
            *(Kolom(f"jaar_{jaar}", f"Streef {jaar}", GETAL, cijfers=2, breed=12) for jaar in self.plan.jaren),
            Kolom("bron", "Bron", verplicht=True, breed=30),
            Kolom("bron_adres", "Webadres van de bron", breed=30),
            Kolom("eigenaar", "Wie meet", verplicht=True, breed=24),
        )

    def rijen(self):
        indicatoren = Indicator.objects.filter(plan=self.plan).prefetch_related("streefwaarden")
        return self.met_plan(indicatoren.order_by("volgorde", "code"))

    def kern(self, rij, kolom):
        if kolom.naam.startswith("jaar_"):
            waarde = next((doel.waarde for doel in rij.streefwaarden.all() if doel.jaar == int(kolom.naam[5:])), None)
            return "" if waarde is None else (format(waarde.normalize(), "f") if waarde else "0")
        return super().kern(rij, kolom)

    def zet(self, rij, kolom, kern):
        if not kolom.naam.startswith("jaar_"):
            super().zet(rij, kolom, kern)


SOORTEN = {soort.code: soort for soort in (Acties, Indicatoren)}
