"""What boards say of a model that was trained in this workspace, and what its figures came from.

>>> as_trained(Plan("free-0+pets@40"), store).base_model
'tiny'
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.errors import UnknownNameError
from core.models.trained import made_with, split_name
from core.store.database import Store
from core.store.training_runs import TrainingRun, run_named
from pipeline.evaluation.plan import Plan


def as_trained(plan: Plan, store: Store) -> Plan:
    """The plan with what its model was trained on, where that was trained here and nobody has said
    otherwise.
    """
    run = _run(plan, store)
    if run is None:
        return plan
    made = made_with(run.folder)
    return replace(
        plan,
        base_model=plan.base_model or str(run.settings.get("base", "")),
        template=plan.template or str(made.get("template", "")),
        mixture=plan.mixture or _mixture(run),
        data_size=plan.data_size or made.get("num_examples"),
    )


def training_of(plan: Plan, store: Store) -> dict[str, Any]:
    """Where the weights of a plan's model come from; empty where they were not trained here."""
    run = _run(plan, store)
    if run is None:
        return {}
    return {
        "run": run.id,
        "step": split_name(plan.model)[1],
        "seed": run.settings.get("seed"),
        "data_hash": run.data_hash,
        "code_version": run.code_version,
        "settings": dict(run.settings),
    }


def _run(plan: Plan, store: Store) -> TrainingRun | None:
    try:
        return run_named(store, split_name(plan.model)[0]) if plan.model else None
    except UnknownNameError:  # a model of a server, or weights of a folder
        return None


def _mixture(run: TrainingRun) -> str:
    """``ladder curl``, ``mixture go`` …"""
    said = (run.settings.get("recipe", ""), run.settings.get("language", ""))
    return " ".join(filter(None, said))
