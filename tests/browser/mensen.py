"""Everyone who visits the pages of paginas.py, let in once; a window of each opens with that session."""

import re
from uuid import UUID

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from sociaalhuis.ontvangst import code_bij
from sociaalhuis.rollen import ORGANISATIELID
from tests.browser.bezoek import WACHTWOORD, Bezoek

DOMEIN = "wilgenbeke.example"


def code_van_app(sleutel):
    """The six digits that an app shows now for this key."""
    return format_hotp_value(hotp_value(sleutel, next(iter(yield_hotp_counters_from_time()))))


class Mensen:
    def __init__(self, portaal, chromium):
        self.portaal, self.chromium = portaal, chromium
        self.sessies, self.open_ = {None: None}, []

    def venster(self, wie=None, **keuzes):
        """A window of this person, who is let in when they were not yet."""
        if wie not in self.sessies:
            eerste = Bezoek(self.portaal, self.chromium)
            {
                "vrager": self.vrager,
                "wie-komt": self.wie_komt,
                "vrager-verwezen": self.vrager_verwezen,
                "zonder-wachtwoord": self.zonder_wachtwoord,
                "met-app": self.met_app,
            }.get(wie, lambda bezoek: bezoek.meld_aan(wie))(eerste)
            self.sessies[wie] = eerste.context.storage_state()
            eerste.context.close()
        bezoek = Bezoek(self.portaal, self.chromium, sessie=self.sessies[wie], **keuzes)
        self.open_.append(bezoek)
        return bezoek

    def vrager(self, bezoek):
        bezoek.open_vraag(bezoek.stel_vraag("Mijn rekening van het water is veel hoger dan vorig jaar."))

    def wie_komt(self, bezoek):
        """Someone who booked the first free moment and opened the appointment with the code."""
        pagina = bezoek.pagina
        pagina.goto("/loket/afspraak/onthaal/wilgenplein/hier/")
        pagina.click("main .knop-hoofd")
        pagina.fill("[name=naam]", "Robin")
        pagina.check("[name=contactwijze][value=geen]")
        pagina.check("[name=akkoord]")
        pagina.click("[name=boek]")
        bezoek.open_vraag(pagina.inner_text(".bon-code"))

    def vrager_verwezen(self, bezoek):
        """Someone of the demo town whom the desk proposed to refer; the code is on their receipt."""
        vraag = "SELECT v.inzending FROM loket_vraag v JOIN loket_doorverwijzing d ON d.vraag_id = v.id"
        [(inzending,)] = self.portaal.rijen(f"{vraag} WHERE d.staat = 'voorgesteld'")
        bezoek.open_vraag(code_bij(UUID(str(inzending))))

    def zonder_wachtwoord(self, bezoek):
        self.portaal.maak_account("zonder-wachtwoord", ORGANISATIELID, wachtwoord=False)
        bezoek.meld_aan_met_code(f"zonder-wachtwoord@{DOMEIN}")

    def met_app(self, bezoek):
        self.portaal.maak_account("met-app", ORGANISATIELID)
        bezoek.meld_aan("met-app")
        self.sleutel = zet_app_aan(bezoek.pagina)

    def sluit(self):
        for bezoek in self.open_:
            bezoek.context.close()
        self.open_.clear()


def zet_app_aan(pagina, onderweg=lambda: None):
    """Puts on the app with codes, as somebody would, and calls `onderweg` on the page that asks; returns its key."""
    pagina.goto("/account/2fa/totp/activate/")
    if "/reauthenticate/" in pagina.url:
        pagina.fill("[name=password]", WACHTWOORD)
        pagina.click("main form button")
    pagina.wait_for_url("**/activate/**")
    onderweg()
    sleutel = re.sub(r"\s", "", pagina.inner_text("main code"))
    pagina.fill("[name=code]", code_van_app(sleutel))
    pagina.click("main form button")
    pagina.wait_for_url(lambda url: "/activate/" not in url)
    return sleutel
