"""News by mail, for any app: double opt-in, at most one mail a day or a week, one click to stop (RFC 8058).

An app has a model of its own on `sociaalhuis.models.abonnee.Abonnee`, its own messages and its own pages; how an address
is kept, asked to confirm, mailed and erased is here.
"""
