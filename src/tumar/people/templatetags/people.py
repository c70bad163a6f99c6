"""Words about a contact, for the templates of this room."""

from django.template import Library

from tumar.people.lists import words
from tumar.people.rules import Contact
from tumar.reference.codelists import code_list
from tumar.ui.parts import Badge

register = Library()


@register.filter
def safe_badge(contact: Contact) -> Badge:
    """Whether this way to reach her is safe."""
    return words.safe_badge(contact)


@register.filter
def channel_label(channel: str) -> str:
    """What a way to reach somebody is called."""
    return code_list("contact_channels").label(channel)
