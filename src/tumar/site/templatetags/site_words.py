"""Acts and accounts in words."""

from django.template import Library
from django.utils.functional import Promise

from tumar.access.models import User
from tumar.site.lists import state_of
from tumar.site.words import words_of
from tumar.ui.parts import Badge

register = Library()


@register.filter
def in_words(event: str) -> str | Promise:
    """An act of the log in words."""
    return words_of(event)


@register.filter
def account_state(user: User) -> Badge:
    """Whether an account can be used, and what is missing if not."""
    return state_of(user)
