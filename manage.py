#!/usr/bin/env python
"""The door for commands: `python manage.py help`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from chungtay.records import walls

    with walls.everything("a command of the machine's own operator, or a job of the worker"):
        execute_from_command_line(sys.argv)
