"""The OpenAPI document, drawn from the dataclasses of the messages: what it says of a body is what the codec reads."""

from typing import Any, TypeAlias

from pydantic import TypeAdapter

from counter_app.sync.codec import GZIP
from counter_app.sync.enrolment import Turned

Schema: TypeAlias = dict[str, Any]
Answers: TypeAlias = dict[int | str, Schema]
_PLACE = "#/components/schemas/"
_MANY_STATUSES = (400, 401, 403, 408, 413, 415, 500, 503)


def describe(question: type | None, answer: type | None, *, token: bool = True) -> tuple[Schema, Answers]:
    """What a route takes, as `openapi_extra`, and what it answers, as `responses`."""
    extra: Schema = {"security": [{"token": []}]} if token else {}
    if question is not None:
        body = {"schema": {"$ref": _PLACE + question.__name__}}
        extra["requestBody"] = {"required": True, "content": {"application/json": body}}
        extra["parameters"] = [
            {"name": "Content-Encoding", "in": "header", "schema": {"type": "string", "enum": [GZIP]}}
        ]
    answers: Answers = {}
    if answer is not None:
        answers[200] = {"description": "Answered", "content": {"application/json": _ref(answer)}}
    for status in _MANY_STATUSES if question else ():
        answers[status] = {"description": "Turned down, in words", "content": {"application/json": _ref(Turned)}}
    return extra, answers


def components(kinds: tuple[type, ...]) -> Schema:
    """Schemas of messages by name, and how a desk shows its token."""
    schemas: Schema = {}
    for kind in (*kinds, Turned):
        found = TypeAdapter(kind).json_schema(ref_template=_PLACE + "{model}")
        for name, schema in (*found.pop("$defs", {}).items(), (kind.__name__, found)):
            schemas[name] = _exact(schema)
    return {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}


def _ref(kind: type) -> Schema:
    return {"schema": {"$ref": _PLACE + kind.__name__}}


def _exact(schema: Schema) -> Schema:
    """Every field of a message is written, and no other."""
    fields = schema.get("properties")
    if fields is None:
        return schema
    shown = {name: {key: told for key, told in one.items() if key != "default"} for name, one in fields.items()}
    return {**schema, "properties": shown, "required": list(fields), "additionalProperties": False}
