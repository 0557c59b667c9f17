"""Charts: one description of values each, and beside it the layout of its drawing as SVG."""

from assessment.reports.charts.calendar import PlanChart, plan_chart
from assessment.reports.charts.coverage import Coverage, coverage
from assessment.reports.charts.dumbbell import Dumbbell, dumbbell
from assessment.reports.charts.scores import ScoreChart, chapter_scores, principle_scores
from assessment.reports.charts.spine import Ticks, ticks
from assessment.reports.wording.charts import KINDS

__all__ = [
    "KINDS",
    "Coverage",
    "Dumbbell",
    "PlanChart",
    "ScoreChart",
    "Ticks",
    "chapter_scores",
    "coverage",
    "dumbbell",
    "plan_chart",
    "principle_scores",
    "ticks",
]
