"""Who calls: what the gateway says and signs in the header Valetkey-Caller."""

import base64
import json
import os
import time
import urllib.request

from es256 import verifies

GATEWAY = os.environ["GATEWAY"]  # the URL that clients call
KEYS = os.environ["GATEWAY_KEYS"]  # its /.well-known/valetkey-gateway/jwks.json
AUDIENCE = os.environ["AUDIENCE"]  # caller_token.audience in its rules

keys = {}
asked_at = float("-inf")
are_away = False


class KeysAway(Exception):
    """The gateway's keys cannot be read now, so nobody can say whether a token is its own."""


def caller_of(token):
    """The claims of a token that the gateway signed for this service and that still counts; None for any other.

    Raises KeysAway.
    """
    try:
        signed, _, signature = token.rpartition(".")
        header, claims = (json.loads(decoded(part)) for part in signed.split("."))
        key = key_of(header["kid"])
        is_ours = header["alg"] == "ES256" and header["typ"] == "caller+jwt"
        is_for_us = claims["iss"] == GATEWAY and claims["aud"] == AUDIENCE and claims["exp"] > time.time()
        if key and is_ours and is_for_us and verifies(key, signed.encode(), decoded(signature)):
            return claims
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        pass  # not even a token
    return None


def key_of(kid):
    """A gateway makes a new key when it starts, so an unknown one is looked up: once in ten seconds at most."""
    global keys, asked_at, are_away
    if kid not in keys and time.monotonic() - asked_at > 10:
        asked_at = time.monotonic()
        try:
            with urllib.request.urlopen(KEYS, timeout=5) as answer:
                found = json.load(answer)["keys"]
            are_away = False
            keys = {key["kid"]: (number(key["x"]), number(key["y"])) for key in found}
        except (OSError, KeyError, TypeError, ValueError):  # no answer in time, or no keys in it
            are_away = True
    if kid not in keys and are_away:
        raise KeysAway
    return keys.get(kid)


def number(text):
    return int.from_bytes(decoded(text), "big")


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
