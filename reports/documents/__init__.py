"""The papers we print: one description (paper), one module per format; knows no database."""

from . import docx, pdf, xlsx

FORMATS = {".docx": docx, ".pdf": pdf, ".xlsx": xlsx}
