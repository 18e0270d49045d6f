"""How it works, for statisticians: the model as it is, and what it found in the snapshot that is shown."""

import streamlit as st

from data.in_words import listed
from disclosure.gate import Released
from disclosure.views import SnapshotView
from pages.components.reading import Reading, show_reading, show_table_of


def show_for_statisticians(released: Released, *, view: SnapshotView) -> None:
    """Draw the page: model, decision, this snapshot's own numbers, checks, limits."""
    show_reading([_counts()])
    st.latex(
        r"y_{ik}\mid\theta_{ik}\sim\mathrm{NB}\!\left(E_{ik}\,e^{\theta_{ik}},\ \sigma\right),\qquad "
        r"\theta_i=\mu+\phi_i,\qquad \phi\sim\mathrm{N}\!\left(0,\ \left[\lambda R+(1-\lambda)I\right]^{-1}\otimes\Sigma\right)"
    )
    show_reading([_terms(), _second_model(), _inference(), _decision(released)])
    show_table_of(["what", "here"], _numbers(released, view=view), caption="This snapshot")
    show_reading([_changes(released), _audience(view), _checked()])


def _counts() -> Reading:
    return Reading(
        "The model",
        (
            "Wards i, measures k: referrals and incidents. Counts of the window around an expected count E, which is "
            "what the ward would have at the rate of the whole area; a field of two log relative risks with Leroux "
            "mixing on queen contiguity.",
        ),
    )


def _terms() -> Reading:
    return Reading(
        "",
        (),
        (
            "NB is Poisson around the risk times a gamma factor of mean 1; its standard deviation σ, the same for both "
            "measures, is how much reporting varies from ward to ward.",
            "R is the graph Laplacian of wards that touch, λ how much of the field is spatial, Σ the covariance of the "
            "two log risks: two standard deviations and a correlation.",
            "Priors: standard deviations exponential with 5 % above 2 (σ: above 0.5), the correlation towards 0 in "
            "proportion to 1 − r², λ uniform, both intercepts Normal(0, 10²). A ward without a land neighbour has its "
            "own independent risks.",
        ),
    )


def _second_model() -> Reading:
    return Reading(
        "A second model beside it",
        (
            "The field is averaged with a free mixing: each ward's two risks from any joint distribution on a grid, "
            "without space, prior probability 0.1. Where most wards are alike and a few stand out it takes over; where "
            "risks are smooth it has no weight.",
        ),
    )


def _inference() -> Reading:
    return Reading(
        "How it is fitted",
        (
            "Nested Laplace on sparse factors, without draws. Hyperparameters by adaptive importance sampling on "
            "scrambled Sobol points; margins with the likelihood's own skewness; the joint exceedance by a Gaussian "
            "copula of the corrected margins. The result is the same each time for the same data and seed.",
        ),
    )


def _decision(released: Released) -> Reading:
    question = released.question
    return Reading(
        "The decision",
        (
            f"p is 0.98 times the posterior probability that both relative risks exceed {question.threshold:g}: two "
            "wards in a hundred are taken to have a record that says nothing of their risk. Flagged is the largest set "
            f"of wards whose mean of 1 − p is at most {question.fdr:g} (the Bayesian false discovery rate). Of the wards"
            " that are not flagged, one is “neither”, “referrals only” or “incidents only” where that is at least "
            f"{question.certainty:g} probable; else it is too uncertain to say.",
        ),
    )


def _numbers(released: Released, *, view: SnapshotView) -> list[tuple[str, str]]:
    classes = zip(released.layers["overlap"].classes, released.layers["overlap"].class_counts(), strict=True)
    middle, low, high = released.correlation
    digits = 2 if released.exact else 1
    return [
        ("window", f"{released.window.in_words()}, {released.window.quarters} quarters"),
        ("wards", f"{len(released.wards):,}, boundaries of {view.manifest.vintage}"),
        ("referrals; incidents", f"{released.total_referrals}; {released.total_incidents}"),
        (
            "correlation of the two log risks, 95 %",
            f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})",
        ),
        *((f"wards “{name}”", f"{number:,}") for name, number in classes),
        ("flags expected to be wrong", f"{released.flags_expected_false:.1f}"),
        ("without a land neighbour", listed(released.islands) or "none"),
        ("without a denominator", listed(released.no_denominator) or "none"),
        ("denominator of incidents", released.question.denominator),
        ("seed", f"{released.question.seed}"),
        ("snapshot", view.manifest.id),
    ]


def _changes(released: Released) -> Reading:
    return Reading(
        "Change",
        (
            "Two adjoining windows are modelled together ward by ward; a class of change (new, persistent, easing, "
            f"cleared) is named where it is at least {released.question.certainty:g} probable. Known breaks in the "
            "series are named beside it.",
        ),
    )


def _audience(view: SnapshotView) -> Reading:
    told = (
        "This view is of exact counts. For the other audiences the likelihood is that of ranges."
        if view.choices.exact
        else "For this audience the counts enter as the ranges that it is shown, and as totals that are harmless beside "
        "them: the likelihood is that of a count in a range. It is the same model, and it knows less."
    )
    return Reading("What this audience's model knows", (told,))


def _checked() -> Reading:
    return Reading(
        "How it was checked",
        (
            "Against NUTS on ten data sets; in 32 kinds of made-up world, beside ten rivals, for whether its promise on"
            " false flags holds and how much it finds. The tables, with the worlds where it fails, come with the "
            "program: docs/overlap-promise.md, docs/overlap-benchmark.md, docs/overlap-exact.md; the reasons are in "
            "docs/adr.",
        ),
    )
