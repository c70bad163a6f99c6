"""Components: each a function and the template of the same name. `{% load ui %}` has them all."""

from django.template import Library

register = Library()
