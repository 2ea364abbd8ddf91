from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "chungtay.reviews"
    label = "reviews"
