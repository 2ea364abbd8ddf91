"""The product's settings, with two addresses more: an empty answer, and an empty page in the product's frame."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.site_urls"
