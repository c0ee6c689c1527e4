"""The command line: arguments → one use case → report → exit code. The only place that prints."""
