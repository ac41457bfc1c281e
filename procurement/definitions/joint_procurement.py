"""Definition 1-1: what is a joint procurement and what is not."""

MINIMUM_ORGANIZATIONS = 2


def is_joint_procurement(*, single_specification, single_operator, organizations):
    """One specification agreed upon by all, one operator, and at least two organizations.

    The two statements are `True`, `False` or `None` (not stated, which is not enough).
    """
    enough = organizations >= MINIMUM_ORGANIZATIONS
    return bool(single_specification and single_operator and enough)
