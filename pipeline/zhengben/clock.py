"""What time it is, for whatever writes a date."""

from __future__ import annotations

import os
from datetime import datetime, timezone


def now() -> datetime:
    """The time, or the one that SOURCE_DATE_EPOCH asks for so that outputs can be reproduced."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), timezone.utc) if epoch.isdecimal() else datetime.now().astimezone()
