"""The card of a guarantee is one sheet of paper."""

import io

import pikepdf


def test_every_card_prints_on_one_sheet(bezoek, portaal):
    pagina = bezoek().pagina
    codes = [
        code for (code,) in portaal.rijen("SELECT code FROM plan_onderdeel WHERE soort = 'garantie' ORDER BY code")
    ]
    assert len(codes) == 8
    bladen = {}
    for code in codes:
        pagina.goto(f"/plan/2026-2031/garanties/{code}/kaart/")
        with pikepdf.open(io.BytesIO(pagina.pdf(prefer_css_page_size=True))) as pdf:
            bladen[code] = [tuple(round(float(maat)) for maat in blad.MediaBox[2:]) for blad in pdf.pages]
    assert bladen == dict.fromkeys(codes, [(595, 842)])
