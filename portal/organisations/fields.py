"""A column that follows another one."""

from __future__ import annotations

from typing import Any

from django.db import models

from portal.organisations.names import fold_name


class FoldedNameField(models.CharField):  # type: ignore[type-arg]
    """Holds `fold_name` of `source`, written at every save of both; so the database itself refuses the same name."""

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key_of(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, key)
        return key

    def key_of(self, value: str) -> str:
        return fold_name(value)
