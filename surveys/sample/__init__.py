"""A believable nation for trying the site: real bodies, made-up procurements, the same for the same seed."""
