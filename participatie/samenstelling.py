"""How an advisory council is made up on a day, and what that means for its advice.

Source: decreet over het lokaal bestuur of 22 December 2017, article 304: only the gemeenteraad sets up advisory councils;
at most two thirds of the members are of one sex, otherwise no valid advice can be given; members of the gemeenteraad and
of the college have no vote. The quorum is in the statutes of each council. What is counted are the effective members
with a vote (docs/besluiten/0038-stem.md).
"""

from collections import Counter
from dataclasses import dataclass

HOOGSTENS = (2, 3)  # of one sex


@dataclass(frozen=True)
class Samenstelling:
    """`stemmen` members have a vote; `grootste` of them are of the sex that most of them have; `quorum` must be there."""

    stemmen: int
    grootste: int
    quorum: int

    @property
    def in_evenwicht(self):
        """Whether at most two thirds are of one sex; a council without members is not."""
        teller, noemer = HOOGSTENS
        return self.stemmen > 0 and self.grootste * noemer <= self.stemmen * teller

    @property
    def verhouding(self):
        """Only the proportion, never which sex: '12 van de 20'."""
        return f"{self.grootste} van de {self.stemmen}"


def van(leden, quorum):
    """The `Samenstelling` of these members; `quorum(stemmen)` gives how many must be there."""
    stemmers = [lid for lid in leden if lid.stemt]
    telling = Counter(lid.geslacht for lid in stemmers)
    return Samenstelling(len(stemmers), max(telling.values(), default=0), quorum(len(stemmers)))
