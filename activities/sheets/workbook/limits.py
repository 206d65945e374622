"""How much is read of one file, and how the reading ends when there is more."""

MEGABYTE = 1 << 20
UNPACKED = 50 * MEGABYTE
RATIO, RATIO_FROM = 100, MEGABYTE
ENTRIES = 2_000
ROWS, HEAD_ROWS, COLUMNS = 10_000, 50, 60
ELEMENTS, DEPTH = 4_000_000, 60
TEXT, CELL_TEXT = 12 * MEGABYTE, 32_767
MERGED = ROWS * COLUMNS
PROCESSOR_SECONDS, MEMORY, ANSWER = 10, 512 * MEGABYTE, 96 * MEGABYTE
CHUNK = 1 << 16


class Stop(Exception):
    """Why the reading ends before the end of the file; the caller knows the sentence."""

    def __init__(self, why: str, **slots):
        super().__init__(why)
        self.answer = {"stop": why, **slots}
