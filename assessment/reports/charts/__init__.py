"""Charts, with every position worked out, ready to be drawn as SVG."""

from assessment.reports.charts.calendar import PlanChart, plan_chart
from assessment.reports.charts.coverage import KINDS, Coverage, coverage
from assessment.reports.charts.scores import Chart, ChartPoint, ChartRow, Series, chapter_chart, point, principle_chart
from assessment.reports.charts.spine import Ticks, ticks

__all__ = [
    "KINDS",
    "Chart",
    "ChartPoint",
    "ChartRow",
    "Coverage",
    "PlanChart",
    "Series",
    "Ticks",
    "chapter_chart",
    "coverage",
    "plan_chart",
    "point",
    "principle_chart",
    "ticks",
]
