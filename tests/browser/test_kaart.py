"""The card of a guarantee is one sheet of paper, and so is the coverage matrix with all its columns."""

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


def test_the_matrix_prints_on_one_sheet_on_its_side_and_loses_no_column(bezoek, portaal):
    pagina = bezoek().pagina
    pagina.goto("/plan/2026-2031/matrix/")
    with pikepdf.open(io.BytesIO(pagina.pdf(prefer_css_page_size=True))) as pdf:
        assert [tuple(round(float(maat)) for maat in blad.MediaBox[2:]) for blad in pdf.pages] == [(842, 595)]
    pagina.set_viewport_size({"width": 1032, "height": 700})  # A4 on its side within its margins
    pagina.emulate_media(media="print")
    meet = (
        "() => [document.querySelector('.matrix').getBoundingClientRect().right, document.documentElement.scrollWidth]"
    )
    assert max(pagina.evaluate(meet)) <= 1032
    assert portaal.rijen("SELECT count(*) FROM sociaalhuis_doelgroep") == [
        (pagina.locator(".matrix thead th").count() - 1,)
    ]
