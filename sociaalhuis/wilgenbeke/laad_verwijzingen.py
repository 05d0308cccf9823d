"""The referrals of the demo town, played through the real verbs, and the partners that take part."""

from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from django.contrib.auth.models import Group
from django.utils import timezone

from loket.acties import behandeling
from loket.acties import verwijzing as verbs
from loket.acties.toeleiding import breng_naar_huis
from loket.acties.vraag import stel_vraag
from loket.acties.wissen import wis
from loket.models import Capaciteit, Dienst, Doorverwijzing, Verwijscijfer, Verwijstermijnen, Vraag
from participatie.models import Mandaat
from sociaalhuis import rollen
from sociaalhuis.inzending import Bewijs
from sociaalhuis.models import Doelgroep, Gebied, Gebruiker, Organisatie, Team, Thema
from sociaalhuis.wilgenbeke.laad_huis import DOMEIN, geef_wachtwoord
from sociaalhuis.wilgenbeke.laad_vragen import Klok
from sociaalhuis.wilgenbeke.lezen import lees

TEAM = "sociale-dienst"
# name, full name, organisation: who speaks for a partner besides the food bank
STEMMEN = [("caw", "Karel Caw", "caw")]
# how far each state is along the straight way
VER = ["voorgesteld", "akkoord", "verzonden", "aanvaard", "afspraak", "aangekomen", "geholpen", "bevestigd"]
TOT = {
    "vraagt_terug": "verzonden",
    "geweigerd": "verzonden",
    "verlopen": "verzonden",
    "niet_geholpen": "aanvaard",
    "ingetrokken": "aanvaard",
    "gewist": "aanvaard",
}


def laad(bron: Path) -> None:
    """Fills the referrals from `verwijzingen.toml` in the folder `bron`; needs the desk and the mandates."""
    gegevens = lees(bron / "verwijzingen.toml")
    Verwijstermijnen.objects.create()
    laad_stemmen()
    organisaties = Organisatie.objects.in_bulk(field_name="code")
    partners = {
        mandaat.organisatie.code: mandaat.gebruiker
        for mandaat in Mandaat.objects.actief().select_related("organisatie", "gebruiker")
    }
    for rij in gegevens["capaciteit"]:
        laad_capaciteit(rij, organisaties, partners)
    lijsten = {model: model.objects.in_bulk(field_name="code") for model in (Thema, Gebied, Doelgroep, Team)}
    door = Gebruiker.objects.get(email=f"loket.ocmw@{DOMEIN}")
    for nummer, rij in enumerate(gegevens["verwijzing"]):
        organisatie = organisaties[rij["organisatie"]]
        Verloop(rij, nummer, lijsten, organisatie, door, partners.get(rij["organisatie"], door)).speel()
    laad_vroeger(gegevens["vroeger"], organisaties, lijsten)
    for nummer, rij in enumerate(gegevens["toeleiding"]):
        laad_toeleiding(rij, nummer, lijsten, organisaties["voedselbank"], partners["voedselbank"], door)


def laad_stemmen():
    for naam, volledig, code in STEMMEN:
        gebruiker = Gebruiker.objects.create_user(f"{naam}@{DOMEIN}", naam=volledig)
        gebruiker.groups.add(Group.objects.get(name=rollen.ORGANISATIELID))
        Mandaat.objects.create(
            gebruiker=gebruiker,
            organisatie=Organisatie.objects.get(code=code),
            rol=Mandaat.Rol.AANSPREEKPUNT,
            van=timezone.now() - timedelta(days=200),
        )
    geef_wachtwoord()


def laad_capaciteit(rij, organisaties, partners):
    Capaciteit.objects.create(
        organisatie=organisaties[rij["organisatie"]],
        dienst=Dienst.objects.get(slug=rij["dienst"]) if "dienst" in rij else None,
        vrije_plaatsen=rij.get("vrije_plaatsen"),
        wachttijd=rij.get("wachttijd"),
        opmerking=rij.get("opmerking", ""),
        bijgewerkt_op=timezone.now() - timedelta(days=rij["dagen_geleden"]),
        bijgewerkt_door=partners.get(rij["organisatie"]),
    )


class Verloop:
    """One referral from the question to its state of today."""

    def __init__(self, rij, nummer, lijsten, organisatie, door, partner):
        self.rij, self.lijsten, self.organisatie = rij, lijsten, organisatie
        self.door, self.partner = door, partner
        self.klok = Klok(rij["dagen_geleden"], nummer)

    def speel(self):
        self.stel_voor()
        eind = TOT.get(self.rij["stand"], self.rij["stand"])
        for staat in VER[1 : VER.index(eind) + 1]:
            getattr(self, staat)()
        if self.rij["stand"] != eind:
            getattr(self, self.rij["stand"])()
        if self.rij["stand"] == "gewist":
            return  # with the whole case; what the partner still sees is that it was withdrawn
        nu = Doorverwijzing.objects.get(pk=self.verwijzing.pk).staat
        if nu != self.rij["stand"]:
            raise ValueError(f"verwijzingen.toml: {self.rij['naam']} moet {self.rij['stand']} zijn en is {nu}")

    def stel_voor(self):
        rij, lijsten = self.rij, self.lijsten
        vraag = stel_vraag(
            door=self.door,
            bewijs=Bewijs(uuid4(), self.klok.nu - timedelta(minutes=5)),
            kanaal=Vraag.Kanaal.BALIE,
            team=lijsten[Team][rij.get("team", TEAM)],
            thema=lijsten[Thema][rij["thema"]],
            gebied=lijsten[Gebied][rij["gebied"]],
            geregistreerd_op=self.klok.nu,
            **{naam: rij.get(naam, "") for naam in ("tekst", "naam", "telefoon", "email", "adres", "antwoordwijze")},
        ).vraag
        behandeling.neem(vraag=vraag, door=self.door, op=self.klok.verder())
        self.verwijzing = verbs.stel_voor(
            vraag=vraag,
            organisatie=self.organisatie,
            velden=[*rij["velden"], "toelichting"],
            toelichting=rij["toelichting"],
            geldig_tot=timezone.localdate() + timedelta(days=60),
            dienst=Dienst.objects.filter(slug=rij.get("dienst", "")).first(),
            doelgroep=lijsten[Doelgroep][rij["doelgroep"]],
            wachttijd=next((c.wachttijd for c in self.organisatie.capaciteiten.filter(dienst=None)), None),
            door=self.door,
            op=self.klok.verder(),
        )

    def doe(self, verb, door, **velden):
        verb(verwijzing=self.verwijzing, door=door, op=self.klok.verder(), **velden)

    def akkoord(self):
        velden = self.verwijzing.velden
        if self.rij["hoe"] == "code":
            self.doe(verbs.geef_akkoord, None, velden=velden)
            return
        self.doe(verbs.maak_blad, self.door)
        self.doe(verbs.geef_akkoord, self.door, velden=velden, getekend_op=timezone.localdate(self.klok.nu))

    def verzonden(self):
        if self.rij["hoe"] == "papier":
            self.doe(verbs.verzend, self.door)

    def aanvaard(self):
        self.klok.op_dag(max(self.rij["dagen_geleden"] - 2, 0))
        self.doe(verbs.aanvaard, self.partner)

    def afspraak(self):
        dag = timezone.localdate() + timedelta(days=self.rij["afspraak_over"])
        wanneer = timezone.make_aware(datetime.combine(dag, time(10, 30)))
        self.doe(verbs.maak_afspraak, self.partner, wanneer=wanneer, plaats=self.rij["plaats"])

    def aangekomen(self):
        self.klok.op_dag(-self.rij["afspraak_over"])
        self.doe(verbs.meld_aankomst, self.partner)

    def geholpen(self):
        self.doe(verbs.help, self.partner, tekst=self.rij["hulp"])

    def bevestigd(self):
        self.doe(verbs.bevestig, self.door)
        self.doe_bij_vraag(behandeling.sluit_af, resultaat=Vraag.Resultaat.GEHOLPEN)

    def vraagt_terug(self):
        self.doe(verbs.vraag_terug, self.partner, tekst=self.rij["terugvraag"])

    def geweigerd(self):
        self.doe(verbs.weiger, self.partner, reden=self.rij["reden"], tekst=self.rij["uitleg"])

    def niet_geholpen(self):
        self.doe(verbs.help_niet, self.partner, reden=self.rij["reden"], tekst=self.rij["uitleg"])

    def ingetrokken(self):
        self.doe(verbs.trek_in, None)

    def gewist(self):
        """The one who asked had the whole case erased while the partner was still helping."""
        wis(vraag=self.verwijzing.vraag, wens=True)

    def verlopen(self):
        verbs.verloop(verwijzing=self.verwijzing, reden=Doorverwijzing.Reden.GEEN_ANTWOORD, op=self.klok.op_dag(8))

    def doe_bij_vraag(self, verb, **velden):
        verb(vraag=self.verwijzing.vraag, door=self.door, op=self.klok.verder(), **velden)


def laad_toeleiding(rij, nummer, lijsten, organisatie, partner, door):
    """Someone whom the food bank brought to the house."""
    klok = Klok(rij["dagen_geleden"], nummer)
    vraag = breng_naar_huis(
        organisatie=organisatie,
        toestemming=rij["toestemming"],
        door=partner,
        op=klok.nu,
        bewijs=Bewijs(uuid4(), klok.nu - timedelta(minutes=5)),
        tekst=rij["tekst"],
        antwoordwijze=Vraag.Antwoordwijze.TELEFOON,
        naam=rij["naam"],
        telefoon=rij["telefoon"],
        thema=lijsten[Thema][rij["thema"]],
        gebied=lijsten[Gebied][rij["gebied"]],
        team=lijsten[Team][TEAM],
    ).vraag
    if rij["stand"] != Vraag.Staat.NIEUW:
        behandeling.neem(vraag=vraag, door=door, op=klok.verder())
    if rij["stand"] == Vraag.Staat.AFGESLOTEN:
        behandeling.sluit_af(vraag=vraag, resultaat=Vraag.Resultaat.GEHOLPEN, door=door, op=klok.verder())


def laad_vroeger(rijen, organisaties, lijsten):
    """What ended in the last months and of which only the figures are left, spread over those months."""
    maand, maanden = timezone.localdate().replace(day=1), []
    while len(maanden) < 8:
        maand = (maand - timedelta(days=1)).replace(day=1)
        maanden.append(maand)
    cijfers = []
    for rij in rijen:
        for soort in ("gekomen", "niet_gekomen", "geweigerd", "stil"):
            for _ in range(rij[soort]):
                nummer = len(cijfers)
                antwoord = rij["antwoord"][nummer % len(rij["antwoord"])]
                ja = soort in ("gekomen", "niet_gekomen")
                cijfers.append(
                    Verwijscijfer(
                        maand=maanden[nummer * 5 % len(maanden)],
                        organisatie=organisaties[rij["organisatie"]],
                        thema=lijsten[Thema][rij["thema"]],
                        uitkomst=EINDES[soort][0],
                        reden=EINDES[soort][1],
                        dagen_tot_verzonden=nummer % 3,
                        dagen_tot_aanvaard=nummer % 3 + antwoord + 1 if ja else None,
                        dagen_tot_geholpen=20 + antwoord if soort == "gekomen" else None,
                        dagen_tot_einde=25 + antwoord,
                        werkdagen_tot_antwoord=None if soort == "stil" else antwoord,
                        gekomen=soort == "gekomen" if ja else None,
                    )
                )
    Verwijscijfer.objects.bulk_create(cijfers)


# how it went -> (how it ended, why)
EINDES = {
    "gekomen": ("bevestigd", ""),
    "niet_gekomen": ("niet_geholpen", "niet_gekomen"),
    "geweigerd": ("geweigerd", "wachttijd"),
    "stil": ("verlopen", "geen_antwoord"),
}
