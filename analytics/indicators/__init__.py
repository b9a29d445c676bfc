"""The measures, one small file each. A file defines `INDICATOR`; nothing else need know of it."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from analytics.indicator import Indicator


@cache
def indicators() -> dict[str, Indicator]:
    """Every measure by id, in the order in which the list of measures shows them."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    found = [importlib.import_module(f"{__name__}.{name}").INDICATOR for name in names]
    return {indicator.id: indicator for indicator in sorted(found, key=lambda one: (one.group_order, one.order, one.id))}
