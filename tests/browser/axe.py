"""axe-core in the page: every rule of WCAG 2.2 A and AA, best practice and EN 301 549."""

from pathlib import Path

import axe_playwright_python

# Reading a colour out of a style is a fifth of axe's work, and a page has a few dozen of them: each is read once.
LEES_EEN_KLEUR_EENMAAL = """(() => {
    const {Color} = axe.commons.color, lees = Color.prototype.parseString, gelezen = new Map();
    Color.prototype.parseString = function (tekst) {
        if (!gelezen.has(tekst)) gelezen.set(tekst, lees.call(new Color(0, 0, 0), tekst));
        const {r, g, b, alpha} = gelezen.get(tekst);
        return Object.assign(this, {r, g, b, alpha});
    };
})()"""
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text() + LEES_EEN_KLEUR_EENMAAL
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "EN-301-549"]

# Only what is wrong is worked out in full, and nothing is fetched again: half the time, the same findings.
LOOP = """([regels, duur]) => {
    for (const id of ["color-contrast", "target-size"]) axe.configure({rules: [{id, selector: duur}]});
    return axe.run(document, {runOnly: {type: "tag", values: regels}, resultTypes: ["violations"], preload: false});
}"""


def zet_klaar(context):
    """Every page of this window brings axe along. Half a megabyte goes to the browser once, and not once per page."""
    context.add_init_script(AXE)


def overtredingen(pagina, duur="*"):
    """List of 'rule: target (summary)' for everything axe finds wrong on the page; also sideways scrolling.

    The two rules that take most of the time, contrast and size of targets, look at what `duur` chooses; all others look
    at the whole page.
    """
    if not pagina.evaluate("() => 'axe' in window"):
        pagina.evaluate(AXE)
    uitslag = pagina.evaluate(LOOP, [REGELS, duur])
    gevonden = [
        f"{fout['id']}: {' '.join(map(str, knoop['target']))} ({knoop['failureSummary'].splitlines()[-1].strip()})"
        for fout in uitslag["violations"]
        for knoop in fout["nodes"]
    ]
    return gevonden + zijwaarts(pagina)


def zijwaarts(pagina):
    """A line when the page scrolls sideways."""
    te_breed = pagina.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {te_breed} px"] if te_breed > 0 else []
