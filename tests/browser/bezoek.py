"""A browser window of one person, and what people do in it everywhere."""

import re
import time

WACHTWOORD = "wilgenbeke-demo"


class Bezoek:
    """One browser window of one person on the portal."""

    def __init__(self, portaal, chromium, breedte=1280, schema="light", javascript=True, sessie=None):
        self.portaal = portaal
        self.context = chromium.new_context(
            base_url=portaal.url,
            viewport={"width": breedte, "height": 900},
            color_scheme=schema,
            locale="nl-BE",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            storage_state=sessie,
        )
        self.pagina = self.context.new_page()
        self.pagina.set_default_timeout(10_000)

    def vraag_code(self, email):
        """Asks for a code by mail, and returns it as it stands in the mail."""
        al = len(self.portaal.mails(email))
        self.pagina.goto("/account/login/code/")
        self.pagina.fill("input[name=email]", email)
        self.pagina.click("main button[type=submit]")
        tekst = self.portaal.wacht_op_mail(email, na=al).get_body(("plain",)).get_content()
        return re.search(r"^[A-Z0-9-]{4,12}$", tekst, re.MULTILINE)[0]

    def meld_aan_met_code(self, email):
        """Logs in with a code that comes by mail."""
        self.pagina.fill("input[name=code]", self.vraag_code(email))
        self.pagina.click("main button[type=submit]")
        self.pagina.wait_for_url(lambda url: "/code/" not in url)
        return self

    def stel_vraag(self, tekst, email="", thema=""):
        """Asks a question, with a mail at the answer when there is an address; returns the code of the receipt."""
        self.pagina.goto("/loket/vraag/")
        self.pagina.fill("[name=tekst]", tekst)
        self.pagina.check(f"[name=antwoordwijze][value={'mail' if email else 'hier'}]")
        if email:
            self.pagina.fill("[name=email]", email)
        self.pagina.select_option("[name=thema]", thema)
        self.pagina.check("[name=akkoord]")
        self.wacht_als_een_mens()
        self.pagina.click("[name=stuur]")
        return self.pagina.inner_text(".bon-code").strip()

    def wacht_als_een_mens(self):
        """A form that is sent within three seconds waits in quarantine."""
        time.sleep(3.2)

    def open_vraag(self, code):
        self.pagina.goto("/loket/opvolgen/")
        self.pagina.fill("[name=code]", code)
        self.pagina.click("main [type=submit]")
        self.pagina.wait_for_url("**/loket/opvolgen/*/")  # a question, or an appointment
        return self

    def meld_aan(self, naam):
        """Logs in as a demo account, `naam` without the town's mail domain."""
        self.pagina.goto("/account/login/")
        self.pagina.fill("input[name=login]", f"{naam}@wilgenbeke.example")
        self.pagina.fill("input[name=password]", WACHTWOORD)
        self.pagina.click("main button[type=submit]")
        self.pagina.wait_for_url(lambda url: "/account/login/" not in url)
        return self


class Toetsenbord:
    """Somebody without a mouse: everything goes with Tab, Enter, Space and letters."""

    def __init__(self, pagina):
        self.pagina, self.toets = pagina, pagina.keyboard.press

    def naar(self, kiezer):
        """Presses Tab until the focus is there."""
        for _ in range(150):
            self.toets("Tab")
            if self.pagina.evaluate("kiezer => document.activeElement.matches(kiezer)", kiezer):
                return self
        raise AssertionError(f"Tab never comes at {kiezer} on {self.pagina.url}")

    def typ(self, kiezer, tekst):
        self.naar(kiezer)
        self.pagina.keyboard.type(tekst)

    def kies(self, kiezer, toets="Enter"):
        """Opens a link, presses a button (Enter) or puts a mark (Space)."""
        self.naar(kiezer)
        if toets == "Space":
            return self.toets("Space")
        with self.pagina.expect_navigation():
            self.toets("Enter")
