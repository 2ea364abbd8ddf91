"""The WSGI application that granian (or gunicorn) serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from chungtay.records import wall_laying  # noqa: E402 - its models exist only now

wall_laying.say_at_start()
