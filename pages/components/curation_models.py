"""Who writes, judges and orders the candidates of a new dataset: templates and rules, or models."""

from __future__ import annotations

import streamlit as st

from core.prompts import JUDGES as PROMPTED
from core.store.judge_verdicts import champion
from core.store.model_servers import model_offers
from pages.components import frame, job_view, resources, text
from pipeline.judge import JUDGES, Prompted, prompted
from pipeline.recipe import Recipe
from pipeline.with_model import NUM_CANDIDATES

_WITHOUT = {
    "refiner": ("Seed examples rewritten by", "nobody: as templates wrote them", "refine"),
    "writer": ("Candidates written by", "templates", "instruct"),
    "scorer": ("Good candidates ordered by", "what can be counted", "back-translate"),
}
"""Fields of a recipe: what is asked, who does it without a model, and the prompt for a model."""
_JUDGE = "Candidates judged by"


def show(num_operations: int) -> dict[str, str]:
    """Draw the choices; the fields of the recipe that they are."""
    names = list(dict.fromkeys(offer.name for offer in model_offers(resources.store())))
    with st.expander("With a language model", icon=":material/smart_toy:"):
        if not names:
            st.caption(
                "None is here yet, and none is needed: templates write, rules judge, and measures "
                "put the good candidates in order."
            )
            st.page_link(frame.MODELS, label="Add a language model", icon=":material/add:")
        columns = dict(zip(("refiner", "writer", "judge", "scorer"), st.columns(4), strict=True))
        fields = {
            field: columns[field].selectbox(
                label,
                ["", *names],
                format_func=lambda name, without=without: text.plain(name) or without,
                key=f"curation_{field}",
                disabled=not names,
            )
            for field, (label, without, _) in _WITHOUT.items()
        }
        fields["judge"] = _show_judge(columns["judge"], names)
        _show_plan(fields, num_operations)
    return fields


def _show_judge(column: st.delta_generator.DeltaGenerator, names: list[str]) -> str:
    by_model = [str(Prompted(prompt, name)) for name in names for prompt in PROMPTED]
    judges = [*JUDGES, *by_model]
    chosen = champion(resources.store())
    is_here = chosen is not None and chosen.judge in judges
    best = chosen.judge if chosen and is_here else Recipe.judge
    return column.selectbox(
        _JUDGE,
        judges,
        index=judges.index(best),
        format_func=lambda judge: f"{text.plain(judge)} ★" if is_here and judge == best else judge,
        key="curation_judge",
        help="★ is the champion that people chose under Labels, Agreement.",
    )


def _show_plan(fields: dict[str, str], num_operations: int) -> None:
    """Draw what models will be told, and how often, before anything is spent."""
    judge = prompted(fields["judge"])
    prompts = {prompt: fields[field] for field, (_, _, prompt) in _WITHOUT.items()}
    if judge:
        prompts[judge.prompt] = judge.model
    asked = {prompt: model for prompt, model in prompts.items() if model}
    if not asked:
        return
    per_candidate = sum(prompt != "refine" for prompt in asked)
    most = num_operations * NUM_CANDIDATES * per_candidate
    st.caption(
        f"At most about {job_view.counted(most, 'question')}: {NUM_CANDIDATES} for each operation "
        "and each of these steps, and three seed examples for each document. Answers are kept: "
        "what was asked before costs nothing, and an interrupted run goes on with what is missing. "
        "Read what will be asked:"
    )
    with st.container(horizontal=True):
        for prompt in asked:
            st.page_link(
                frame.PROMPTS,
                label=prompt,
                icon=":material/edit_note:",
                query_params={"prompt": prompt},
                width="content",
            )
    able = {offer.name: offer for offer in model_offers(resources.store())}
    scorer = able.get(fields["scorer"])
    server = getattr(scorer, "server", None)
    if server is not None and "score" not in server.capabilities:
        st.warning(
            f"{text.escape(fields['scorer'])} was not seen to tell the probability of given text. "
            "The good candidates will be ordered by what can be counted, and the card will say so.",
            icon=":material/warning:",
        )
