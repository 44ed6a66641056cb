"""A local page on one item model that follows its file: as printed, keys, counts, a trial."""

from examgen.preview.server import PreviewServer, preview

__all__ = ["PreviewServer", "preview"]
