#!/bin/sh
# An agent that says what it must not: each line of the file `says` is one of its stream, `errors` its standard error.
cat says
cat errors >&2
[ ! -e fails ] || exit 1
