"""Tumar: the working system of a country's response to trafficking in persons and migrant smuggling."""
