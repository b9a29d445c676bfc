"""Whether what pages share is made ready: one flag of the process, for whoever waits before sending visitors here."""

from __future__ import annotations

import threading
from typing import Final

READY: Final = threading.Event()
