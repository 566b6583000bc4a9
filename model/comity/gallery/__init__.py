"""The gallery: on one page what the model was fitted to, what it was not, where it misses and why."""

from comity.gallery.making import PARTS, Gallery, gallery

__all__ = ["PARTS", "Gallery", "gallery"]
