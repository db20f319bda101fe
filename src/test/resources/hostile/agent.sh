#!/bin/sh
# An agent that does what no agent should. What it does is the name of the directory that it is started in.
init='{"type":"system","subtype":"init","session_id":"s","model":"none"}'
noise='{"type":"system","subtype":"status","status":"busy","padding":"................................................"}'
begin() { echo "$init"; }
text() { echo '{"type":"assistant","message":{"model":"m","content":[{"type":"text","text":"'"$1"'"}]}}'; }
result() { echo '{"type":"result","subtype":"success","is_error":false,"result":"'"${1:-done}"'","num_turns":1,"session_id":"s"}'; }
hang() { while :; do sleep 0.1; done; }
stubborn='trap "" TERM; while :; do sleep 0.1; done'

if [ -n "$HOPS" ]; then
    [ "$HOPS" -eq 0 ] || { HOPS=$((HOPS - 1)) sh "$0" & sleep 0.01; }
    exit
fi

case "${PWD##*/}" in
hang-at-once) hang ;;
hang) begin; hang ;;
ignore-term) trap '' TERM; begin; hang ;;
stubborn-grandchildren) begin; sh -c "(sh -c '$stubborn' & wait) & wait" ;;
setsid-and-result) begin; setsid sleep 300 & result ;;
setsid-without-result) begin; setsid sleep 300 & exit 0 ;;
stubborn-setsid-and-result) begin; (setsid sh -c "$stubborn" &); result ;;
hopping) begin; HOPS=400 setsid sh "$0" & result ;;
unmarked-child) begin; env -i sh -c 'sleep 300; :' & sleep 3; result ;;
unmarked-daemon) begin; (env -i setsid sleep 60 < /dev/null > /dev/null 2>&1 &); result ;;
noise-before-init) while :; do echo "$noise"; sleep 0.05; done ;;
noise) begin; while :; do echo "$noise"; sleep 0.05; done ;;
flood) begin; yes "$noise" | head -n 200000; result ;;
flood-for-ever) begin; yes "$noise" | head -c 2000000000; hang ;;
tool-flood) begin
    seq 200000 |
        sed 's/.*/{"type":"assistant","message":{"content":[{"type":"tool_use","id":"t&","name":"Read","input":{}}]}}/'
    result ;;
long-line) begin; head -c 30000000 /dev/zero | tr '\0' x; echo; result ;;
long-result) begin; result "$(head -c 100000 /dev/zero | tr '\0' x)" ;;
garbage)
    printf '\377\376\000\000half \303\n[[[[\n"text"\n{"type":"assis'
    echo; begin; printf '{"type":"user","message":{"content":[null,1,"\342\202'; echo
    printf '\000\000\000'; result 'd\u00f6ne'; printf '{"type":"result","is_error":tr' ;;
odd-types) begin
    echo '{"type":{"a":1},"message":[]}'
    echo '{"type":"assistant","message":{"content":{"type":"tool_use","id":[],"input":7}}}'
    echo '{"type":"user","message":{"content":"tool_result"}}'
    echo '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1e999999999,"total_cost_usd":-1e999999999,"modelUsage":{"m":{"outputTokens":1e999}},"permission_denials":[[],null,7]}' ;;
deep) begin; yes '[' | head -n 100000 | tr -d '\n'; echo; result ;;
no-result) begin; text working ;;
nothing) ;;
result-then-hang) begin; result; hang ;;
result-then-flood) begin; result; yes "$noise" | head -c 2000000000; hang ;;
segv) begin; kill -SEGV $$ ;;
kill) begin; kill -KILL $$ ;;
term) begin; kill -TERM $$ ;;
closes-stdout) begin; exec >&- 2>&-; hang ;;
closes-stdout-after-result) begin; result; exec >&- 2>&- <&-; sleep 0.3 ;;
cuts-stream) begin; text one; sleep 0.5; : > /proc/$$/fd/1; result ;;
stretches-stream) begin; truncate -s 3G /proc/$$/fd/1; hang ;;
deletes-stream) begin; rm "$(readlink /proc/$$/fd/1)"; sleep 0.5; result ;;
replaces-stream) begin; file=$(readlink /proc/$$/fd/1); sleep 0.5; rm "$file"; mkfifo "$file"; exit 1 ;;
floods-stderr) begin; head -c 200000000 /dev/zero | tr '\0' e >&2; result ;;
leaves-stdin) exec 0<&-; begin; result ;;
exit-one-with-result) begin; result; exit 1 ;;
late-result) trap 'result late; exit 0' TERM; begin; hang ;;
talks) begin; n=0; while :; do n=$((n + 1)); text "line $n"; sleep 0.05; done ;;
waits-then-floods) begin; until [ -e ../go ]; do sleep 0.05; done; yes "$noise" | head -n 200000; result ;;
waits-then-leaves) begin
    if [ -e ../left ]; then
        # Not kill -0, which takes a zombie for alive.
        case $(ps -o stat= -p "$(cat ../left)") in
        '' | Z*) result alone ;;
        *) result 'not alone' ;;
        esac
    else
        until [ -e ../go ]; do sleep 0.05; done
        setsid sh -c 'echo $$ > ../left; '"$stubborn" &
        until [ -s ../left ]; do sleep 0.05; done
    fi ;;
well) begin; result ;;
*) echo "no such mode: $PWD" >&2; exit 9 ;;
esac
