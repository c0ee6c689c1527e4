"""One module per command; generator.cli.main.COMMANDS lists them."""
