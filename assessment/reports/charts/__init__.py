"""Charts, with every position worked out, ready to be drawn as SVG."""

from assessment.reports.charts.scores import Chart, ChartPoint, ChartRow, Series, chapter_chart, point
from assessment.reports.charts.spine import Ticks, ticks

__all__ = ["Chart", "ChartPoint", "ChartRow", "Series", "Ticks", "chapter_chart", "point", "ticks"]
