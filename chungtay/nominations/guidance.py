"""What the Council sets for a round: scale, weights of criteria, how many of each award."""

from django.db import models
from django.db.models import Q

from chungtay.law.awards import Award, Payee
from chungtay.movements.models import Round
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy

AWARDS = [(award.value, award.label) for award in Award]
PAYEES = [("", "mọi đối tượng"), *((payee.value, payee.label) for payee in Payee)]


class Guidance(Editable):
    """Hướng dẫn xét khen của Hội đồng: one for a round (KH IV.2.2.a, V.4), frozen when the first nominee is judged."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="guidance", verbose_name="đợt xét")
    number = models.CharField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    source = models.CharField("tên văn bản, nơi ban hành", max_length=300)
    scale = models.PositiveSmallIntegerField("thang điểm của mỗi tiêu chuẩn", default=10)
    frozen_on = models.DateField("bắt đầu chấm từ ngày", null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        public="round number issued_on source scale", internal="frozen_on is_demo"
    )  # fmt: skip

    class Meta:
        verbose_name = "hướng dẫn xét khen"
        ordering = ["-round__year", "round_id"]
        constraints = [
            models.CheckConstraint(condition=Q(scale__gte=1, scale__lte=100), name="guidance_scale_is_possible"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(source=""), name="guidance_names_its_text"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.issued_on:%d/%m/%Y}"

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each criterion that has one."""
        return {one.criterion: one.weight for one in self.weighed.all()}


class Weight(models.Model):
    """Hệ số của một tiêu chuẩn: how much it counts among the points."""

    guidance = models.ForeignKey(Guidance, on_delete=models.CASCADE, related_name="weighed")
    criterion = models.CharField("tiêu chuẩn", max_length=40)
    weight = models.PositiveSmallIntegerField("hệ số")
    privacy = Privacy(public="guidance criterion weight")

    class Meta:
        verbose_name = "hệ số tiêu chuẩn"
        ordering = ["guidance", "id"]
        constraints = [
            models.UniqueConstraint(fields=["guidance", "criterion"], name="one_weight_a_criterion"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="weight_is_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.weight}"


class Quota(models.Model):
    """Số lượng: at most so many of one award in the round, for one kind of payee or for all together."""

    guidance = models.ForeignKey(Guidance, on_delete=models.CASCADE, related_name="quotas")
    award = models.CharField("hình thức khen", max_length=40, choices=AWARDS)
    payee = models.CharField("đối tượng", max_length=10, choices=PAYEES, blank=True)
    most = models.PositiveIntegerField("nhiều nhất")
    privacy = Privacy(public="guidance award payee most")

    class Meta:
        verbose_name = "số lượng khen"
        ordering = ["guidance", "id"]
        constraints = [
            models.UniqueConstraint(fields=["guidance", "award", "payee"], name="one_quota_an_award_and_payee"),
            models.CheckConstraint(condition=Q(award__in=[award.value for award in Award]), name="quota_award_known"),
            models.CheckConstraint(
                condition=Q(payee__in=["", *(payee.value for payee in Payee)]), name="quota_payee_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.payee}: {self.most}"
