"""How a row goes from one state to another: in this one function, along the steps its model allows."""


class MagNiet(Exception):
    """This is not allowed now. The text is for the person who tried."""


class Ondertussen(MagNiet):
    """A colleague saved something meanwhile; nothing was written."""


def ga_naar(rij, staat, **velden):
    """Brings a row that is held (`select_for_update`) into another state, together with what belongs to it.

    The model says in `OVERGANGEN` which steps exist. Raises MagNiet for a step that does not.
    """
    if staat not in rij.OVERGANGEN[rij.staat]:
        raise MagNiet(
            f"Dit kan niet meer: de toestand is intussen “{rij.get_staat_display().lower()}”. Er is niets veranderd."
        )
    rij.staat = staat
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.save(update_fields=["staat", *velden])
    return rij
