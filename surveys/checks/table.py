"""The checks before publication, as a table. A new one is listed here, and page, command and verb ask it."""

from django.utils.translation import gettext_lazy as _

from . import answers, figures, reference
from .check import ERROR, WARNING, Check

CHECKS = (
    Check(
        "nothing-approved",
        ERROR,
        _("承認済みの回答がありません。先に回答を承認してください。"),
        _("回答一覧で回答を確かめて承認します。"),
        answers.nothing_approved,
    ),
    Check(
        "open-threads",
        ERROR,
        _("承認済みの回答に、まだ終わっていない質問が%(count)s件あります。"),
        _("回答を確かめて、質問を終わらせてください。"),
        answers.open_threads,
    ),
    Check(
        "no-system-type",
        ERROR,
        _("システムの種類が決まっていない件が%(count)s件あります。"),
        _("一覧にある種類を割り当てるか、新しい種類を作ってください。"),
        answers.without_system_type,
    ),
    Check(
        "sample-mixed-in",
        ERROR,
        _("サンプルデータと実際のデータが混ざっています（%(count)s件）。"),
        _("実際の統計を取り込むか、サンプルデータのないデータベースで公表してください。"),
        reference.sample_mixed_in,
    ),
    Check(
        "definition-without-text",
        ERROR,
        _("説明のない定義が%(count)s件あります。"),
        _("日本語と英語の用語と説明をそろえてから公表してください。"),
        reference.without_text,
    ),
    Check(
        "not-answered",
        WARNING,
        _("提出していない都道府県が%(count)s団体あります。"),
        _("このまま公表すると「未回答」（データなし）と示します。"),
        answers.not_answered,
    ),
    Check(
        "not-approved",
        WARNING,
        _("まだ承認していない都道府県が%(count)s団体あります。"),
        _("このまま公表すると「未回答」（データなし）と示します。"),
        answers.not_approved,
    ),
    Check(
        "kept-under-correction",
        WARNING,
        _("訂正中の都道府県が%(count)s団体あります。"),
        _("承認済みではないため、公表中の内容をそのまま残します。"),
        answers.kept_under_correction,
    ),
    Check(
        "undecided-duplicates",
        WARNING,
        _("別々の都道府県が同じ調達を回答したかもしれない組が%(count)s組あります。"),
        _("見比べて、1件にまとめるか、別の調達であることを記録してください。"),
        answers.undecided_duplicates,
    ),
    Check(
        "no-population",
        WARNING,
        _("統計年の人口がない市区町村が%(count)s団体あります。"),
        _("人口規模は、統計のない団体を除いた合計になります。"),
        reference.without_population,
    ),
    Check(
        "no-staff",
        WARNING,
        _("統計年の職員数がない団体が%(count)s団体あります。"),
        _("職員規模は、統計のない団体を除いた合計になります。"),
        reference.without_staff,
    ),
    Check(
        "no-english-name",
        WARNING,
        _("英語の名前がない団体またはシステムの種類が%(count)s件あります。"),
        _("英語のページに日本語の名前で示します。"),
        reference.without_english_name,
    ),
)

FIGURE_CHECKS = (
    Check(
        "notable-change",
        WARNING,
        _("前の版から大きく変わる数値が%(count)s件あります。"),
        _("数え方や取り込みの誤りでないことを確かめてください。"),
        figures.notable_changes,
    ),
)
"""Checks that need the content of the next edition (`Checklist.with_figures_of`)."""
