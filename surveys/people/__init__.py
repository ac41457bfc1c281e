"""Those who sign in: how they are invited, hand over to a successor, prove who they are, and are signed out."""
