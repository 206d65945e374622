"""Charts and pictures of a DOCX: native charts that Word draws and edits as its own, pictures with their captions."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from .paper import Chart, Picture, Series
from .sheet import FILLS, chart_height, picture_size

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
LEGEND = 14.0  # mm
SIZE = 1200  # hundredths of a point


def chart_run(document: Document, chart: Chart, room: float, number: int):
    """The run that holds the chart, drawn over the whole `room` (mm)."""
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, CONTENT_TYPE, chart_xml(chart).encode(), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    high = chart_height(chart) + (LEGEND if len(chart.series) > 1 else 4.0)
    return parse_xml(
        f"<w:r {nsdecls('w', 'wp', 'a', 'r')}><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{Mm(room)}" cy="{Mm(high)}"/>'
        f'<wp:docPr id="{1000 + number}" name="Biểu đồ {number}" descr={quoteattr(chart.alt or chart.title)}/>'
        f"<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{URI}"><c:chart xmlns:c="{URI}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic>"
        f"</wp:inline></w:drawing></w:r>"
    )


def chart_xml(chart: Chart) -> str:
    """The chart part: bars from top to bottom, each with its number in the document's own words."""
    grouping = "percentStacked" if chart.stacked else "clustered"
    series = "".join(_series(chart, index, each) for index, each in enumerate(chart.series))
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_letters()}</c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{URI}" xmlns:a="{MAIN}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="45"/><c:overlap val="{100 if chart.stacked else 0}"/>'
        '<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_letters()}<c:crossAx val="222"/></c:catAx>'
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>{_most(chart)}<c:min val="0"/>'
        "</c:scaling>"
        '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="111"/></c:valAx></c:plotArea>'
        f'{legend if len(chart.series) > 1 else ""}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_letters()}</c:chartSpace>"
    )


def _series(chart: Chart, index: int, series: Series) -> str:
    shown = [no for no, value in enumerate(series.values) if value is not None]
    points = "".join(f'<c:pt idx="{no}"><c:v>{series.values[no]}</c:v></c:pt>' for no in shown)
    labels = "".join(f'<c:pt idx="{no}"><c:v>{escape(text)}</c:v></c:pt>' for no, text in enumerate(chart.labels))
    count = f'<c:ptCount val="{len(chart.labels)}"/>'
    position = "ctr" if chart.stacked else "outEnd"
    said = "".join(_said(no, series.printed[no], position) for no in shown if series.values[no])
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f'<c:tx><c:strRef><c:f>S!$A${index + 1}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{FILLS[index % len(FILLS)]}"/></a:solidFill>'
        '<a:ln w="3175"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>'
        f'<c:invertIfNegative val="0"/><c:dLbls>{said}{_shown(position, "0")}</c:dLbls>'
        f"<c:cat><c:strLit>{count}{labels}</c:strLit></c:cat><c:val><c:numLit>{count}{points}</c:numLit></c:val></c:ser>"
    )


def _most(chart: Chart) -> str:
    """Room for the numbers behind the longest bar; shares fill the width."""
    longest = max((value for series in chart.series for value in series.values if value), default=1)
    return "" if chart.stacked else f'<c:max val="{longest * 1.28}"/>'


def _said(no: int, text: str, position: str) -> str:
    """The number beside a bar, in words of ours: an engine's own format would follow the reader's language."""
    return (
        f'<c:dLbl><c:idx val="{no}"/><c:tx><c:rich><a:bodyPr wrap="none"/>'
        f'<a:p><a:r><a:rPr lang="vi-VN" sz="{SIZE - 100}">'
        f'<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Times New Roman"/></a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>{_shown(position, '1')}</c:dLbl>"
    )


def _shown(position: str, value: str) -> str:
    return (
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _letters() -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{SIZE}" b="0"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill>'
        '<a:latin typeface="Times New Roman"/><a:cs typeface="Times New Roman"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
    )


def put_picture(run, picture: Picture) -> None:
    """The picture in a run, as large as a gallery lets it, with words for who cannot see it."""
    wide, high = picture_size(picture)
    shape = run.add_picture(BytesIO(picture.data), Mm(wide), Mm(high))
    properties = shape._inline.docPr
    properties.set("descr", picture.alt or picture.caption)
    properties.set("name", f"Ảnh {properties.id}")
