"""The day on which people work. Views and commands ask it and hand it down as `on=`; nothing else reads a clock."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The working day in Vietnam: the real one, or the fixed day of the demo province, which lives in its own year."""
    fixed: date | None = settings.WORKING_DAY
    return fixed or timezone.localdate()
