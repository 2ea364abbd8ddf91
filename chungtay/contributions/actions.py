"""The life of a gift: written down, received, confirmed by those who got it, refused, withdrawn, corrected."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, prefetch_related_objects

from chungtay.accounts.models import Seat
from chungtay.contributions import authority, booking, carrying, papers, recording, telling
from chungtay.contributions.authority import CONFIRMERS, name_of
from chungtay.contributions.gifts import OPEN, Contribution, Correction, Project, State
from chungtay.contributions.papers import Paper
from chungtay.contributions.recording import Told
from chungtay.documents.models import StoredFile
from chungtay.law.giving import Nature
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.places.models import NoPlaceThen, Place
from chungtay.records import journal, versions
from chungtay.records.journal import Act
from chungtay.records.names import clean

CLAUSE = "KH IV.1.2.e"


@transaction.atomic
def open_project(name: str, place: Place, *, by: Seat, on: date, is_demo: bool = False) -> Project:
    """Ghi một công trình, dự án để nhiều người cùng góp. Raises `Refused`."""
    found = Reasons()
    name = clean(name)
    try:
        path = place.path_on(on)
    except NoPlaceThen as gone:
        found.add(gone.reasons[0].text, field="place")
        path = ""
    if by.kind not in CONFIRMERS or (path and not by.scope(on).covers(path)):
        found.add("Công trình do nơi có công trình ghi.", field="place")
    if not name:
        found.add("Cần ghi tên công trình, dự án.", field="project_name")
    elif Project.objects.filter(place=place, name=name).exists():
        found.add("Địa bàn này đã có công trình mang tên đó.", field="project_name")
    found.raise_if_any()
    row = Project(name=name, place=place, area_path=path, opened_on=on, is_demo=is_demo)
    row.save(force_insert=True)
    journal.record("open_project", by=by, on=on, noun=row, body={"name": name, "place": place.key})
    return row


@transaction.atomic
def record(told: Told, *, by: Seat, on: date) -> Contribution:
    """Ghi một khoản đóng góp, đã hứa hoặc đã nhận. Raises `Refused` with every reason."""
    recording.faults(told, by=by, on=on).raise_if_any()
    gift = recording.write(told, by=by, on=on)
    telling.tell_receivers([gift], by, on)
    _journal("record_gift", gift, by=by, on=on, body=_figures(gift, told))
    return gift


@transaction.atomic
def receive(gift: Contribution, *, by: Seat, on: date, day: date, version: int) -> Contribution:
    """Đã nhận khoản đã hứa, đúng như đã ghi, ngày `day`. Raises `Refused`, or `Conflict` if somebody was first."""
    found = authority.faults_of_receiver(gift, by, on)
    if gift.state != State.PLEDGED:
        found.add(f"Khoản này {gift.at.label.lower()}.")
    if day > on:
        found.add("Ngày nhận ở tương lai.", field="day")
    elif day < gift.day:
        found.add(f"Ngày nhận không thể trước ngày tặng ({gift.day:%d/%m/%Y}).", field="day")
    if gift.fund is not None and gift.nature == Nature.MONEY:
        found.extend(recording.outside_drive(gift.fund, day, field="day"))
    if gift.amount is not None and day != gift.day:
        found.add("Ngoại tệ tính theo tỷ giá ngày nhận: dùng “Ghi lại” để ghi tỷ giá của ngày nhận.", field="day")
    found.raise_if_any()
    versions.guarded_update(
        gift, version=version, where={"state": State.PLEDGED}, state=State.RECEIVED, received_on=day
    )
    _journal("receive_gift", gift, by=by, on=on, body={"day": day})
    return gift


@transaction.atomic
def confirm(gift: Contribution, *, by: Seat, on: date, version: int) -> Contribution:
    """Bên nhận xác nhận: from now on the gift counts; money given to a fund stands in its book by the same act.

    Whoever manages a giver that reaches the threshold by this gift is told, and decides alone what comes of it.
    Raises `Refused`, or `Conflict` if somebody was first.
    """
    faults_of_confirming([gift], by, on)[gift.pk].raise_if_any()
    versions.guarded_update(
        gift, version=version, where={"state": State.RECEIVED}, state=State.CONFIRMED, confirmed_on=on,
        confirmed_by=name_of(by), confirmed_body=by.desk.body,
    )  # fmt: skip
    _have_confirmed([gift], by, on)
    return gift


@transaction.atomic
def confirm_many(gifts: Sequence[Contribution], *, by: Seat, on: date) -> dict[int, Reasons]:
    """Xác nhận nhiều khoản: those that nothing stands against are confirmed, in a fixed number of statements.

    By the key of each of the others why it was not. Raises `Conflict` if somebody was first while this was written.
    """
    refused = {key: why for key, why in faults_of_confirming(gifts, by, on).items() if why}
    held = Contribution.objects.select_for_update(of=("self",)).filter(pk__in=[gift.pk for gift in gifts])
    now = dict(held.filter(state=State.RECEIVED).order_by("pk").values_list("pk", "version"))
    for gift in gifts:
        if gift.pk not in refused and now.get(gift.pk) != gift.version:
            refused[gift.pk] = Reasons([Reason("Người khác vừa sửa khoản này; xem lại rồi xác nhận.")])
    free = [gift for gift in gifts if gift.pk not in refused]
    rows = Contribution.objects.filter(pk__in=[gift.pk for gift in free], state=State.RECEIVED)
    told: dict[str, Any] = {
        "state": State.CONFIRMED, "confirmed_on": on, "confirmed_by": name_of(by), "confirmed_body": by.desk.body,
    }  # fmt: skip
    if free and rows.update(version=F("version") + 1, **told) != len(free):
        raise Conflict([Reason("Người khác vừa xác nhận một trong những khoản này. Xem lại rồi làm tiếp.")])
    for gift in free:
        gift.version += 1
        for name, value in told.items():
            setattr(gift, name, value)
    _have_confirmed(free, by, on)
    return refused


def _have_confirmed(gifts: Sequence[Contribution], by: Seat, on: date) -> None:
    """What follows from a confirmation: the book of the fund, the offer to who reached the threshold, the journal."""
    if not gifts:
        return
    booked = {booking.gift_of(row) for row in booking.book(gifts, by=by, on=on)}
    carrying.carry(gifts)
    telling.tell_who_reached(gifts, on)
    acts = [
        Act("confirm_gift", gift, {"value": gift.value, **({"fund": gift.fund_id} if gift.pk in booked else {})})
        for gift in gifts
    ]
    journal.record_many(acts, by=by, on=on)


@transaction.atomic
def attach(gift: Contribution, stored: StoredFile, name: str, *, by: Seat, on: date) -> Paper:
    """Đính kèm chứng từ, by whoever may write of the gift; nothing of it changes. Raises `Refused`."""
    authority.faults_of_writing(gift, by, on).raise_if_any()
    return papers.attach(gift, stored, name, signed=name_of(by), by=by, on=on)


@transaction.atomic
def refuse(gift: Contribution, *, by: Seat, on: date, reason: str, version: int) -> Contribution:
    """Bên nhận từ chối: not received, or not as told. Raises `Refused`, or `Conflict` if somebody was first."""
    return _end(gift, State.REFUSED, "refuse_gift", authority.faults_of_receiver(gift, by, on), by, on, reason, version)


@transaction.atomic
def withdraw(gift: Contribution, *, by: Seat, on: date, reason: str, version: int) -> Contribution:
    """Rút khoản chưa xác nhận, by whoever wrote it down or speaks for the giver. Raises `Refused` or `Conflict`."""
    return _end(
        gift, State.WITHDRAWN, "withdraw_gift", authority.faults_of_writer(gift, by, on), by, on, reason, version
    )


@transaction.atomic
def correct(
    gift: Contribution, told: Told | None, *, by: Seat, on: date, reason: str, version: int
) -> Contribution | None:
    """Đính chính: the gift is cancelled by a row that says why and, if `told`, written anew; nothing is changed.

    Money in the book of a fund is taken back by a counter-entry, and comes again with the next confirmation.
    Shares that an award used are free, and used by it again, for the same giver, when the new gift is confirmed.
    Raises `Refused`, or `Conflict` if somebody was first.
    """
    found = authority.faults_of_writer(gift, by, on)
    if gift.state not in (*OPEN, State.CONFIRMED):
        found.add(f"Khoản này {gift.at.label.lower()}.")
    if not reason.strip():
        found.add("Cần ghi lý do đính chính.", field="reason")
    if told is not None:
        found.extend(recording.faults(told, by=by, on=on, instead_of=gift))
    if gift.state == State.CONFIRMED:
        found.extend(booking.faults_of_taking_back(gift, by=by, on=on))
    found.raise_if_any()
    versions.guarded_update(
        gift, version=version, where={"state": gift.state}, state=State.CORRECTED, ended_on=on,
        ended_why=reason.strip()[:300],
    )  # fmt: skip
    booking.take_back(gift, reason=f"đính chính khoản đóng góp: {reason.strip()}", by=by, on=on)
    anew = recording.write(told, by=by, on=on) if told is not None else None
    if anew is not None:
        papers.carry(gift, anew)
        telling.tell_receivers([anew], by, on)
    Correction.objects.create(gift=gift, replacement=anew, reason=reason.strip()[:300], on=on, by=name_of(by))
    moved = carrying.free(gift, anew, on)
    if anew is not None:
        _journal("record_gift", anew, by=by, on=on, body={"instead_of": gift.pk, "value": anew.value})
    _journal("correct_gift", gift, by=by, on=on, body={"anew": anew.pk if anew is not None else None, "claims": moved})
    return anew


def _end(
    gift: Contribution, state: State, act: str, found: Reasons, by: Seat, on: date, reason: str, version: int
) -> Contribution:
    if gift.state == State.CONFIRMED:
        found.add("Khoản đã xác nhận thì chỉ đính chính được.")
    elif gift.state not in OPEN:
        found.add(f"Khoản này {gift.at.label.lower()}.")
    if not reason.strip():
        found.add("Cần ghi lý do.", field="reason")
    found.raise_if_any()
    versions.guarded_update(
        gift, version=version, where={"state": gift.state}, state=state, ended_on=on, ended_why=reason.strip()[:300]
    )
    _journal(act, gift, by=by, on=on, body={})
    return gift


def faults_of_confirming(gifts: Sequence[Contribution], by: Seat, on: date) -> dict[int, Reasons]:
    """Why `by` may not confirm each of these gifts. The same number of queries whatever their number."""
    found = authority.faults_of_receivers(gifts, by, on)
    ready = []
    for gift in gifts:
        if gift.state == State.PLEDGED:
            found[gift.pk].add("Chỉ xác nhận khoản đã nhận.")
        elif gift.state != State.RECEIVED:
            found[gift.pk].add(f"Khoản này {gift.at.label.lower()}.")
        else:
            ready.append(gift)
    if any(gift.fund_id is not None for gift in ready):
        prefetch_related_objects(ready, "fund__owner", "shares__party")
        for key, reasons in booking.faults(ready, by=by, on=on).items():
            found[key].extend(reasons)
    return found


def _figures(gift: Contribution, told: Told) -> dict[str, object]:
    return {
        "nature": Nature(gift.nature).value, "value": gift.value, "day": gift.day, "state": gift.state,
        "shares": [[one.party.pk if one.party else None, str(one.fraction)] for one in told.givers],
    }  # fmt: skip


def _journal(act: str, gift: Contribution, *, by: Seat, on: date, body: dict[str, object]) -> None:
    hidden = {"purpose": gift.purpose} if act == "record_gift" else {}
    if gift.ended_why:
        hidden["reason"] = gift.ended_why
    journal.record(act, by=by, on=on, noun=gift, body=body, personal=hidden)
