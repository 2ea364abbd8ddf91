"""All dossiers of the demo, in the order of their years."""

from chungtay.desk.demo.cases_earlier import EARLIER
from chungtay.desk.demo.cases_five_years import FIVE_YEARS
from chungtay.desk.demo.cases_this_year import THIS_YEAR

CASES = (*EARLIER, *FIVE_YEARS, *THIS_YEAR)
BY_KEY = {case.key: case for case in CASES}
