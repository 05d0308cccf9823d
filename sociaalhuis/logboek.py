"""How errors are written in the log: where, but not what was typed.

The message of an exception can hold what someone wrote ("Key (email)=(...) already exists"), and so can the local
variables; the class of the exception and the lines it passed cannot.
"""

import logging
import traceback


class ZonderInhoud(logging.Formatter):
    """Writes a traceback without the messages of its exceptions."""

    def formatException(self, exc_info):  # noqa: N802 (name of logging)
        fout, regels = exc_info[1], []
        while fout:
            regels += traceback.format_tb(fout.__traceback__)
            regels.append(f"{type(fout).__module__}.{type(fout).__qualname__}\n")
            fout = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
        return "".join(regels).rstrip()
