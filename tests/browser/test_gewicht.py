"""What a first look costs: every byte over the wire with an empty cache, headers included."""

import pytest

MEEST = 40_000  # bytes


@pytest.mark.parametrize(
    "adres",
    ["/", "/loket/zoeken/?q=huur", "/loket/diensten/leefloon/", "/loket/vraag/", "/plan/2026-2031/", "/account/login/"],
)
def test_a_first_look_is_light(bezoek, adres):
    venster = bezoek(breedte=320)
    namen, gewicht = {}, {}
    meter = venster.context.new_cdp_session(venster.pagina)
    meter.send("Network.enable")
    meter.send("Network.setCacheDisabled", {"cacheDisabled": True})
    meter.on("Network.requestWillBeSent", lambda feit: namen.update({feit["requestId"]: feit["request"]["url"]}))
    meter.on("Network.loadingFinished", lambda feit: gewicht.update({feit["requestId"]: feit["encodedDataLength"]}))
    venster.pagina.goto(adres, wait_until="networkidle")
    per_bestand = sorted(((gewicht[nummer], namen[nummer]) for nummer in gewicht), reverse=True)
    assert len(per_bestand) >= 5, "the style sheets were not weighed"
    assert sum(gewicht.values()) <= MEEST, per_bestand
