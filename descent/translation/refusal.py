"""What cannot be translated."""


class UntranslatableError(NotImplementedError):
    """A program has an operation that has no translation; tests ask that of all."""
