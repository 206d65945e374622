"""Tasks pasted as a table: understood row by row, with everything that is unclear, before anything is stored."""

from campaigns.pasted.columns import COLUMNS
from campaigns.pasted.rows import Ask, PastedRow
from campaigns.pasted.table import PastedTable

__all__ = ["COLUMNS", "Ask", "PastedRow", "PastedTable"]
