"""The line in one's own language stays within its box on a phone, also where that language goes from right to left."""

import pytest


@pytest.mark.parametrize(
    "adres", ["/loket/vraag/?taal=ar", "/loket/zoeken/?q=%D9%84%D8%A7+%D8%A3%D8%B3%D8%AA%D8%B7%D9%8A%D8%B9"]
)
def test_the_buttons_stay_within_the_box(bezoek, adres):
    pagina = bezoek(breedte=320).pagina
    pagina.goto(adres)
    ruimte = pagina.eval_on_selector_all(
        ".melding[lang=ar] .knop",
        """knoppen => knoppen.flatMap((knop) => {
            const [binnen, doos] = [knop.getBoundingClientRect(), knop.closest(".melding").getBoundingClientRect()];
            return [binnen.left - doos.left, doos.right - binnen.right];
        })""",
    )
    assert ruimte, "no buttons"
    assert min(ruimte) > 0, ruimte
