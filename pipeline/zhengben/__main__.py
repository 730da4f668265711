"""Lets ``python -m zhengben`` stand for the command."""

from __future__ import annotations

import sys

from zhengben.cli import main

sys.exit(main())
