"""Reading the files of the invented town."""

import tomllib
from pathlib import Path


def lees(pad: Path) -> dict:
    """The content of a TOML file. Raises ValueError that names the file when it cannot be read."""
    try:
        return tomllib.loads(pad.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fout:
        raise ValueError(f"{pad.name}: {fout}") from fout
