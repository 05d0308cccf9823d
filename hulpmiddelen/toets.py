"""`make test`: every test, those in a browser included where a Chromium can be had.

Without one Debian's is installed when that is allowed (root, with apt). Otherwise the browser tests are skipped, and
the last line says so. Arguments go to pytest. The whole suite runs on all cores (at most four), a file on one of them.
"""

import os
import shutil
import subprocess
import sys

NAMEN = ["chromium", "chromium-browser", "google-chrome"]
GEEN = "Niet uitgevoerd: de tests in de browser, want er is geen Chromium. Zo krijg je die: sudo apt install chromium"


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


def main():
    if not chromium() and os.geteuid() == 0 and shutil.which("apt-get"):
        installeer_chromium()
    uitslag = subprocess.call([sys.executable, "-m", "pytest", *verdeling(sys.argv[1:]), *sys.argv[1:]])
    if not chromium():
        print(GEEN)
    return uitslag


if __name__ == "__main__":
    sys.exit(main())
