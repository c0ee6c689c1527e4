"""Exit codes of every command."""

FINE = 0
USER_CAN_FIX = 1
USAGE = 2
BUG = 70
INTERRUPTED = 130
