"""Mail that came in about a case, as lines of its story."""

from django.urls import reverse

from loket.mail.echtheid import Echtheid
from loket.mail.lus import Reden

MAILADRES_FOUT = "Misschien klopt je mailadres niet meer. Schrijf ons hieronder hoe we je kunnen bereiken."
OPZIJ = "Een mail voor deze vraag is opzij gelegd. Wie het team leidt, beslist onder Mail of hij erbij komt."


def post_voor_medewerker(verhaal, regel):
    """What to watch for, what was not taken, where the whole mail is, and that a mail of ours did not arrive.

    `verhaal` is a `loket.zaak.gesprek.Verhaal`, `regel` makes a line of it.
    """
    geweigerd = {feit.pk: verhaal.tekst(feit) for feit in verhaal.feiten if feit.soort == "mail_geweigerd"}
    regels = []
    for feit in verhaal.feiten:
        heel = [{"naam": "De hele mail", "url": reverse("loket:werkbank_mail", args=[feit.pk])}] if feit.twee else []
        wie = "E-mail, afzender niet bevestigd" if feit.wie == Echtheid.NIET else "E-mail"
        if feit.soort == "mail" and feit.een == Reden.AFZENDER:
            regels.append(regel("notitie", wie, feit.op, f"{OPZIJ}\n{verhaal.tekst(feit)}", "", heel))
        elif feit.soort == "mail" and feit.een:
            kwam_terug = feit.een == Reden.TERUGMELDING
            kop = "Onze mail kwam niet aan" if kwam_terug else Reden(feit.een).label
            regels.append(
                regel("gebeurtenis", "", feit.op, "Kijk het mailadres na, of bel." if kwam_terug else "", kop)
            )
        elif feit.soort == "mail":
            weg = [f"Niet aangenomen: {zin}" for zin in geweigerd[feit.pk].splitlines()]
            tekst = "\n".join(filter(None, [verhaal.tekst(feit), *weg])) or "Dit kwam binnen per e-mail."
            regels.append(regel("notitie", wie, feit.op, tekst, "", heel))
    return regels


def post_voor_vrager(verhaal, regel):
    """What we could not take, and that our mail does not arrive."""
    regels = []
    for feit in verhaal.feiten:
        if feit.soort == "mail" and feit.een == Reden.TERUGMELDING:
            regels.append(regel("gebeurtenis", "", feit.op, MAILADRES_FOUT, "Onze mail naar jou kwam niet aan"))
        elif feit.soort == "mail_geweigerd" and (zinnen := verhaal.tekst(feit)):
            regels.append(regel("gebeurtenis", "", feit.op, zinnen, "Dit konden we niet aannemen"))
    return regels
