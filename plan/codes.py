"""How things stand in an address: the code of a part (G1, G1.2, G1.2.a), the form of a file (pdf)."""

from django.urls import register_converter


class CodeConverter:
    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(CodeConverter, "onderdeelcode")


class VormConverter(CodeConverter):
    """The forms of `Uitvoer`."""

    regex = r"pdf|xlsx|csv|json"


register_converter(VormConverter, "uitvoervorm")


class MomentConverter(CodeConverter):
    """The moments of `Jaaropvolging`."""

    regex = r"halfjaar|jaar"


register_converter(MomentConverter, "opvolgmoment")
