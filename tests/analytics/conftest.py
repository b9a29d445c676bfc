"""Random cases are drawn alike on every run and may take their time: a machine under load must not decide what is right."""

from hypothesis import settings

settings.register_profile("atlas", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("atlas")
