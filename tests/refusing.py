"""Parsers refuse with ValueError and with nothing else."""


def refuses(parse, *args, **kwargs):
    """Whether the call raises ValueError; what else it raises is raised on."""
    try:
        parse(*args, **kwargs)
    except ValueError:
        return True
    return False
