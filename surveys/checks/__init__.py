"""What is checked before an edition is published: errors forbid it, warnings must be confirmed one by one."""

from .check import Check, Finding, Place
from .checklist import Checklist, checklist
from .table import CHECKS, FIGURE_CHECKS

__all__ = ["CHECKS", "FIGURE_CHECKS", "Check", "Checklist", "Finding", "Place", "checklist"]
