"""The gallery: one page of the whole bank, from which an instructor chooses item models."""

from examgen.gallery.make import make_gallery

__all__ = ["make_gallery"]
