"""The demo province while it is built, and the days on which it came to be."""

from dataclasses import dataclass, field
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.council.models import Meeting, Member
from chungtay.decisions.models import Decision
from chungtay.desk.demo.names import Names
from chungtay.documents.models import StoredFile
from chungtay.movements.models import Movement, Round
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.journal import System

SEED = 2016
DAY = date(2020, 10, 20)
"""The day on which the demo province works; nothing in it is later, but for a planned meeting."""
SEATED, REGISTERED, RENAMED = date(2017, 2, 15), date(2017, 3, 1), date(2018, 9, 12)


@dataclass
class Demo:
    """Tỉnh mô phỏng: everything in it by the key that the tables use."""

    names: Names
    by: System
    password: str
    places: dict[str, Place]
    movement: Movement
    rounds: dict[tuple[str, int], Round]
    papers: dict[str, StoredFile]
    parties: dict[str, Party] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def dossier(self, key: str) -> Dossier:
        """The dossier as the database has it now."""
        return Dossier.objects.select_related("round__plan_version__movement", "party__place", "unit").get(
            pk=self.dossiers[key].pk
        )
