"""The part of an address that says how far someone is on the signpost."""


class Weg:
    """The answers so far, at most five: "k3f9-00ab", as a list of their codes."""

    regex = r"[0-9a-z]{4}(-[0-9a-z]{4}){0,4}"

    def to_python(self, value):
        return value.split("-")

    def to_url(self, value):
        return "-".join(value)
