"""What schemathesis cannot make up: the token that the forms of a session hold."""

import os

import schemathesis


@schemathesis.hook
def map_body(context, body):
    # Every other one without it, so that what is refused is looked at as well.
    if isinstance(body, dict) and len(str(body)) % 2:
        body["token"] = os.environ["SAYSO_TOKEN"]
    return body
