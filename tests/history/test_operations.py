"""Several migration operations at once leave what they leave one by one."""

from __future__ import annotations

from django.db import migrations, models
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

from history.operations import AllAtOnce


def operations() -> list[migrations.operations.base.Operation]:
    key = ("id", models.BigAutoField(primary_key=True))
    never = UpsertTriggerSql(
        func="RETURN NULL;",
        hash="0",
        operation="DELETE",
        pgid="pgtrigger_never_goes",
        table="history_leaf",
        when="BEFORE",
    )
    name = models.CharField(max_length=9)
    return [
        migrations.CreateModel("Tree", [key], {"indexes": []}),
        migrations.CreateModel(
            "Leaf",
            [key, ("name", name), ("tree", models.ForeignKey("history.Tree", models.CASCADE))],
            {"constraints": [models.UniqueConstraint(fields=["name"], name="leaf_once")]},
        ),
        AddTrigger("leaf", Trigger(name="never_goes", sql=never)),
    ]


def test_the_state_is_the_same() -> None:
    one_by_one, at_once = ProjectState(), ProjectState()
    for operation in operations():
        operation.state_forwards("history", one_by_one)
    AllAtOnce(operations()).state_forwards("history", at_once)
    assert at_once == one_by_one
