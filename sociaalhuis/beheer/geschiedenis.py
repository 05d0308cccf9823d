from pghistory.admin import EventsAdmin


class GeschiedenisAdmin(EventsAdmin):
    """What was changed, when and by whom: read only, for whoever may see the history."""
