"""Rich text as signs that anyone can type, and back, without losing a word."""

import pytest

from sociaalhuis.opmaak import als_html, als_tekst


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<p>a<sub>2</sub></p>",
        "<blockquote>a</blockquote>",
        "<p>2 ** 3 ** 4 en - **5**</p><p>- geen lijst</p>",
    ],
)
def test_what_signs_cannot_say_stays_html(html):
    assert als_tekst(html) is None


@pytest.mark.parametrize(
    ("html", "tekst"),
    [
        ("", ""),
        ("<p>Een.</p><p>Twee &amp; <strong>drie</strong>.</p>", "Een.\n\nTwee & **drie**."),
        ("<h3>Kop</h3><p>a<br>b</p><h4>Kleiner</h4>", "## Kop\n\na\nb\n\n### Kleiner"),
        ("<p>Wij doen:</p><ul><li>een</li><li><em>twee</em></li></ul>", "Wij doen:\n\n- een\n- _twee_"),
        ("<ol><li>een</li><li>twee</li></ol><p>Klaar</p>", "1. een\n2. twee\n\nKlaar"),
        (
            '<p>Kijk op <a href="https://x.be/a_b" rel="noopener noreferrer">de site</a>.</p>',
            "Kijk op [de site](https://x.be/a_b).",
        ),
    ],
)
def test_there_and_back(html, tekst):
    assert als_tekst(html) == tekst
    assert als_html(tekst) == html


@pytest.mark.parametrize(
    ("getypt", "html"),
    [
        ("Wij doen:\n- een\r\n- twee\nKlaar", "<p>Wij doen:</p><ul><li>een</li><li>twee</li></ul><p>Klaar</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[klik](javascript:alert(1))", "<p>[klik](javascript:alert(1))</p>"),
        ("bedrag_2026_totaal en 3 * 4", "<p>bedrag_2026_totaal en 3 * 4</p>"),
        ("   \n\n  ", ""),
    ],
)
def test_any_text_becomes_clean_html(getypt, html):
    assert als_html(getypt) == html
