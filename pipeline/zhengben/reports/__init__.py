"""Reports of a cleaning, for people and for other programs. See `zhengben.reports.base`."""

from __future__ import annotations

from zhengben.reports.base import KINDS, ReportMeta, extension, render

__all__ = ["KINDS", "ReportMeta", "extension", "render"]
