"""What happened out of the ordinary: meetings, decisions, returns, withdrawals, disciplines; day by day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial

from django.db.models import F

from chungtay.accounts.actions import give_seat
from chungtay.accounts.models import Desk, Notice
from chungtay.council import actions as council
from chungtay.council import roll
from chungtay.council.models import Item, Meeting, Member
from chungtay.decisions import actions as decisions
from chungtay.decisions import reckoning
from chungtay.decisions.models import Award, Decision
from chungtay.desk.demo import bodies, cases, dossiers
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import DAY, Demo
from chungtay.law.procedure import Desk as DeskKind
from chungtay.nominations import actions as nominations
from chungtay.parties import actions as parties
from chungtay.parties.models import Discipline

VENUE = "Phòng họp số 2, trụ sở Ủy ban nhân dân tỉnh"
