"""A QR code as a drawing: dark on white with the white edge that readers need, in any colour scheme."""

from __future__ import annotations

from django.utils.html import format_html
from qrcode.main import QRCode

EDGE = 4  # modules of white around, as the standard asks


def qr_svg(text: str) -> str:
    code = QRCode(border=EDGE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{column} {line}h1v1h-1z"
        for line, row in enumerate(rows)
        for column, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{1}"/></svg>',
        len(rows),
        path,
    )
