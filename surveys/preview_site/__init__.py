"""The public site as it will be, behind sign-in: below /preview/<survey>/ every public address with what is not yet published."""
