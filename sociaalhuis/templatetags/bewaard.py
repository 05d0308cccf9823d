"""{% bewaard ... %}: a part of a page that is rendered once per version of everything public.

    {% bewaard request.path snel_weg %}...{% endbewaard %}

The arguments are what the part depends on besides public data. Nothing inside may depend on the visitor, and no
{% block %} may stand inside, unless an argument tells it. Kept in the process, at most half a minute and never past
the minute (parts may say whether the house is open now), see `sociaalhuis.versie`.
"""

from django import template

from sociaalhuis import versie
from sociaalhuis.voorraad import Kort

register = template.Library()


class Bewaard(template.Node):
    def __init__(self, nodelist, delen):
        self.nodelist, self.delen = nodelist, delen
        self.kort = Kort()

    def render(self, context):
        request = context.get("request")
        nummer = versie.van(request) if request is not None else 0
        sleutel = tuple(deel.resolve(context, ignore_failures=True) for deel in self.delen)
        return self.kort.neem(nummer, sleutel, lambda: self.nodelist.render(context))


@register.tag
def bewaard(parser, token):
    delen = [parser.compile_filter(deel) for deel in token.split_contents()[1:]]
    nodelist = parser.parse(("endbewaard",))
    parser.delete_first_token()
    return Bewaard(nodelist, delen)
