"""A mistake in a template that only its functions can see; the environment adds template and line."""


class TemplateMistake(Exception):
    """Raised by what templates call. `code`, `message` and `hint` are those of the diagnostic to be."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        self.code = code
        self.message = message
        self.hint = hint
        super().__init__(message)

    def __reduce__(self) -> tuple[type["TemplateMistake"], tuple[str, str, str]]:
        return (type(self), (self.code, self.message, self.hint))
