"""What prefecture staff see and do. Views translate: request in, verb, message out."""
