import random, time
from datetime import date
import pytest
from chungtay.places.models import Place, PlaceVersion
from chungtay.households.models import Household
from chungtay.reviews.bulk import *
from chungtay.reviews.models import *
from chungtay.records.journal import System
from tests.reviews.people import opening
pytestmark = pytest.mark.django_db
def test_speed(province):
    d = province.places["kg-903"]
    places = [province.place(f"kg-x{n:03d}", "xa", f"Xã {n}", "commune", d) for n in range(142)] + [province.places[k] for k in ("kg-30847","kg-30850","kg-30985")]
    hs=[]
    for n in range(45000):
        p = places[n % 145]
        h = Household(code=f"x{n}", place=p, area_path="0", hamlet="A", head_name=f"N{n}", head_folded=f"n{n}", persons=4, opened_on=date(2015,1,1)); hs.append(h)
    hs = Household.objects.bulk_create(hs, batch_size=2000)
    rnd = random.Random(1)
    totals = {p.pk: Totals(3000, 12000, 500) for p in places}
    prev=None
    for year in (2016, 2017, 2018):
        rows=[Row(h.pk, h.place_id, "A", 4, b1=rnd.choice((100,130,160)), b2=30, lacking=7, causes=3) for h in hs]
        t=time.time()
        prev = write_round(opening(province, year, previous=prev), rows, totals, by=System("x"), on=date(2020,1,1), source="x")
        print("write", year, round(time.time()-t,2))
    t=time.time()
    from chungtay.reviews import summing
    summing.sum_round(prev, as_of=prev.review_on, source="x"); print("sum", round(time.time()-t,2))
