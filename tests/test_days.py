"""A day of which only a span is known: what follows is what follows on the days of the span, all taken together."""

from __future__ import annotations

import datetime
import random
from itertools import product
from pathlib import Path

import pytest

from pyliab.kb.case import CaseFile
from pyliab.kb.read import load_case
from pyliab.kb.reading import complete
