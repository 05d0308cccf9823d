"""Contrast of colours, after WCAG 2.2 (relative luminance). Imports nothing of the project."""

MINIMUM = 4.5


def rgb(hexkleur):
    """'#1d5c56' -> (29, 92, 86)."""
    return tuple(int(hexkleur[i : i + 2], 16) for i in (1, 3, 5))


def helderheid(hexkleur):
    """Relative luminance of a colour, 0 (black) to 1 (white)."""
    lineair = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (d / 255 for d in rgb(hexkleur))]
    return 0.2126 * lineair[0] + 0.7152 * lineair[1] + 0.0722 * lineair[2]


def contrast(een, twee):
    """Contrast ratio between two colours, 1 to 21."""
    licht, donker = sorted((helderheid(een), helderheid(twee)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def meng(kleur, met, deel):
    """The colour `deel` (0 to 1) of the way towards `met`."""
    return "#" + "".join(f"{round(a + (b - a) * deel):02x}" for a, b in zip(rgb(kleur), rgb(met), strict=True))


def lichter_tot(kleur, op, minimum=7.0):
    """The colour, made lighter until its contrast on the background `op` reaches the minimum."""
    for stap in range(0, 21):
        gemengd = meng(kleur, "#ffffff", stap / 20)
        if contrast(gemengd, op) >= minimum:
            return gemengd
    return "#ffffff"
