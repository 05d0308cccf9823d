"""`make test`: every test, those in a browser included where a Chromium can be had.

Without one Debian's is installed when that is allowed (root, with apt). Otherwise the browser tests are skipped, and
the last line says so. Arguments go to pytest. The whole suite runs on all cores (at most four), a file on one of them.

Of the whole suite a few tests that fail run once more, alone and after each other: real servers and a real browser on a
busy machine can be late. What is broken fails again; what does not is named at the end, to be mended.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMEN = ["chromium", "chromium-browser", "google-chrome"]
GEEN = "Niet uitgevoerd: de tests in de browser, want er is geen Chromium. Zo krijg je die: sudo apt install chromium"
MISLUKT = Path(__file__).resolve().parent.parent / ".pytest_cache" / "v" / "cache" / "lastfailed"
TESTS_MISLUKT = 1  # pytest's exit code; others are about the run itself
HERKANSINGEN = 5  # more than these is no accident


def chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, NAMEN)), None)


def installeer_chromium():
    print("Chromium installeren voor de tests in de browser ...", flush=True)
    omgeving = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for opdracht in (["update", "-qq"], ["install", "-qqy", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *opdracht], env=omgeving, stdout=subprocess.DEVNULL)


def verdeling(argumenten) -> list[str]:
    """Options that spread the tests; nothing when a part of them is asked for, which is faster in one process."""
    if any("tests" in argument or argument.startswith("-n") for argument in argumenten):
        return []
    return ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder"]


def pytest(*argumenten) -> int:
    """pytest's exit code."""
    return subprocess.call([sys.executable, "-m", "pytest", *argumenten])


def herkans(argumenten) -> int:
    """Runs what just failed once more, alone; the exit code of that, or of the first run when too much failed."""
    namen = sorted(json.loads(MISLUKT.read_text())) if MISLUKT.exists() else []
    if not 0 < len(namen) <= HERKANSINGEN:
        return TESTS_MISLUKT
    print("\nWat mislukte, nog één keer, nu alleen:", *namen, sep="\n  ", flush=True)
    uitslag = pytest("--last-failed", "--last-failed-no-failures", "none", *argumenten)
    if uitslag == 0:
        print("Wankel: lukte pas de tweede keer. Zoek uit waarom:", *namen, sep="\n  ")
    return uitslag


def main():
    if not chromium() and os.geteuid() == 0 and shutil.which("apt-get"):
        installeer_chromium()
    argumenten = sys.argv[1:]
    spreiding = verdeling(argumenten)
    if spreiding:
        MISLUKT.unlink(missing_ok=True)  # of an earlier run
    uitslag = pytest(*spreiding, *argumenten)
    if uitslag == TESTS_MISLUKT and spreiding:
        uitslag = herkans(argumenten)
    if not chromium():
        print(GEEN)
    return uitslag


if __name__ == "__main__":
    sys.exit(main())
