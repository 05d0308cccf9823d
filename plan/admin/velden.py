"""Small changes to fields of the admin that several pages share."""

LINKS = ("can_add_related", "can_change_related", "can_delete_related", "can_view_related")


def zonder_links(veld):
    """The field of a row without the four links beside it: a table has no room for them."""
    for link in LINKS:
        if veld and hasattr(veld.widget, link):
            setattr(veld.widget, link, False)
    return veld


def met_regels(veld, aantal):
    """The field with a text area of so many lines."""
    veld.widget.attrs["rows"] = aantal
    return veld
