"""Official files of other publishers, read, checked against their own totals, and put into the register."""


class ImportRefused(ValueError):
    """A file is not taken in, and nothing has been written; the message says why."""
