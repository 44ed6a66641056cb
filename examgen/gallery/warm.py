"""Imported by the process that all cards are made in: what takes long only the first time."""

from examgen.gallery.templates import environment

environment().get_template("gallery/card.html")
