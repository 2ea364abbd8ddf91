from django.db import migrations, models

FOUND = [
    ("income_poor", "hộ nghèo về thu nhập"),
    ("service_poor", "hộ nghèo thiếu hụt tiếp cận các dịch vụ xã hội cơ bản"),
    ("poor", "hộ nghèo"),
    ("near_poor", "hộ cận nghèo"),
    ("average", "hộ có mức sống trung bình"),
    ("above", "hộ có mức sống trên trung bình"),
    ("outside", "hộ không thuộc diện nghèo, cận nghèo"),
    ("moved_out", "chuyển đi"),
    ("merged", "nhập hộ"),
    ("died", "chết, không còn ai trong hộ"),
]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_households_by_the_people_of_their_head")]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="classed_before",
            field=models.CharField(blank=True, choices=FOUND, max_length=15, verbose_name="loại khi khiếu nại"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="classed_after",
            field=models.CharField(blank=True, choices=FOUND, max_length=15, verbose_name="loại sau phúc tra"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_on__isnull", False), ("classed_after", ""), _connector="OR"),
                name="class_after_comes_with_answer",
            ),
        ),
    ]
