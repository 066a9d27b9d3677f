"""Checks what `run` wrote: python3 .ci/check_report.py REPORT_FOLDER"""

import json
import re
import struct
import sys
from pathlib import Path

folder = Path(sys.argv[1])
result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
assert result["format"] == "stockburst-result", result.get("format")
assert result["products"], "no product"
for product in result["products"]:
    candidates = product["candidates"]
    assert [c["id"] for c in candidates] == list(range(len(candidates)))
    chosen = candidates[product["decision"]["choice"]["chosen"]]
    assert chosen["feasible"] == product["decision"]["choice"]["feasible"]
    for candidate in candidates:
        stockout = candidate["kpis"]["event"]["stockout"]
        assert 0.0 <= stockout["value"] <= 1.0 and stockout["n"] == result["paths"], stockout

html = (folder / "report.html").read_text(encoding="utf-8")
assert "<svg" in html and "Content-Security-Policy" in html
outside = re.findall(r"""(?:src|href|url\()\s*=?\s*["']?\s*(https?:|//)""", html)
assert not outside, f"the report asks for something outside: {outside[:3]}"

for picture in sorted((folder / "charts").glob("*.png")):
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", picture
    width, height = struct.unpack(">II", head[16:24])
    assert width >= 900 and height >= 300, (picture, width, height)

print(f"{folder}: {len(result['products'])} products, report and charts are whole")
