"""One question and all that hangs on it: told as a story, found again, copied for who asked."""
