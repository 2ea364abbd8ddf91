"""Phiên họp đang diễn ra: holding it, reading it anew, and who may act."""

from datetime import date

from chungtay.accounts.models import Seat
from chungtay.council import roll
from chungtay.council.models import Item, Meeting
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Reasons, Refused
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party

CLAUSE = "KH V.2"


def require_secretary(by: Seat, council: Party, on: date) -> None:
    """Raise Refused unless `by` sits at the secretary's desk of that Council, or of one in whose area it lies."""
    if by.kind is not Desk.SECRETARY:
        raise Refused.because(f"Việc này do {Desk.SECRETARY.label} làm, không phải {by.kind.label}.", clause=CLAUSE)
    if not in_sight(council, by, on):
        raise Refused.because("Hội đồng này ở ngoài địa bàn của bàn làm việc này.", clause=CLAUSE)


def hold(meeting: Meeting, *states: Meeting.State) -> Meeting:
    """The meeting as it is now, held until commit, so that no vote slips in while it is counted.

    Raises Refused when it is in none of `states`.
    """
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.state not in states:
        wanted = " hoặc ".join(f"“{state.label}”" for state in states)
        raise Refused.because(f"Chỉ làm được khi phiên họp {wanted}; phiên họp này: “{now.get_state_display()}”.")
    return now


def at_table(item: Item) -> tuple[Item, roll.Roll]:
    """The item and its roll as they are now, the meeting held. Raises Refused when the meeting is not open."""
    meeting = hold(item.meeting, Meeting.State.OPEN)
    now = Item.objects.select_related(
        "dossier__unit", "dossier__party", "dossier__round__plan_version"
    ).get(pk=item.pk)  # fmt: skip
    now.meeting = meeting
    return now, roll.of(now)


def still_appraised(item: Item, reasons: Reasons) -> None:
    """Add a reason when the dossier left the Council's hands meanwhile, e.g. the unit withdrew it."""
    if item.dossier.at is not State.APPRAISED:
        text = f"{item.dossier}: hồ sơ đang ở “{item.dossier.at.label}”, không đưa ra biểu quyết được."
        reasons.add(text, clause=CLAUSE)
