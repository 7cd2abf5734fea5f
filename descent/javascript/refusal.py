"""What cannot be translated."""


class UntranslatableError(NotImplementedError):
    """A program has an operation that has no translation; tests ask this of all programs, readers never do."""
