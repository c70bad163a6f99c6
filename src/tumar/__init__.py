"""Tumar: the working system of a country's response to trafficking and smuggling."""
