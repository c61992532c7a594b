#!/usr/bin/env bash
# Tries a built binary as a stranger would: alone in an empty folder, with nothing but PATH and HOME in its environment.
# Says what passed, how long the starts took, and exits non-zero when something failed. Bounded in time.
#   scripts/try-binary.sh dist/rockhopper
set -uom pipefail # m: what runs in the background gets a process group of its own, as on a terminal
original=$(realpath "${1:?which binary?}") || exit 2
folder=$(mktemp -d)
bin="$folder/rockhopper"
mkdir "$folder/home"
cp "$original" "$bin"
cd "$folder" || exit 2
passed=0
failed=0
groups=()
trap 'for group in "${groups[@]}"; do kill -KILL -- "-$group"; done 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

# The whole environment the binary gets; more may follow.
alone=(env -i PATH=/usr/bin:/bin HOME="$folder/home")
now() { echo "${EPOCHREALTIME/[.,]/}"; }                                  # microseconds
since() { awk -v us="$(($(now) - $1))" 'BEGIN { printf "%.2f s", us / 1e6 }'; }

# verdict STATUS NAME: counts it, and shows what was said when it failed. The status first: a name may change it.
verdict() {
  if [ "$1" -eq 0 ]; then
    passed=$((passed + 1))
    echo "ok    $2"
  else
    failed=$((failed + 1))
    echo "FAIL  $2"
    tail -n 40 said | sed 's/^/      | /'
  fi
}

# says NAME CODE TEXT ARG...: runs the binary, which must end with CODE and have said TEXT.
says() {
  local name=$1 code=$2 text=$3 began
  shift 3
  began=$(now)
  "${alone[@]}" timeout -k 5 120 "$bin" "$@" >said 2>&1 </dev/null
  local got=$?
  [ "$got" -eq "$code" ] || echo "exit code $got instead of $code" >>said
  [ "$got" -eq "$code" ] && grep -qE -- "$text" said
  verdict $? "$name ($(since "$began"))"
}

# within SECONDS COMMAND...: tries until it succeeds.
within() {
  local end=$(($(now) + $1 * 1000000))
  shift
  until "$@"; do
    [ "$(now)" -lt "$end" ] || return 1
    sleep 0.02
  done
}

# hears SECONDS COMMAND...: as within, but for no longer than the binary runs.
hears() {
  local seconds=$1
  shift
  within "$seconds" gone_or "$@" && "$@"
}
gone_or() { ended "$pid" || "$@"; }

# get URL: the body, when the answer is 200. Without curl, which a small machine may not have.
get() {
  local rest=${1#http://}
  local host=${rest%%/*} path=/${rest#*/}
  [ "$host" = "$rest" ] && path=/
  exec 9<>"/dev/tcp/${host%:*}/${host##*:}" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$host" >&9
  timeout 10 cat <&9 >got
  exec 9<&- 9>&-
  head -n 1 got | grep -q ' 200' && sed '1,/^\r*$/d' got
} 2>/dev/null

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)) && (exec 9<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# left: processes that still run this copy of the binary.
left() { find /proc -maxdepth 2 -path '/proc/[0-9]*/exe' -lname "$bin*" 2>/dev/null | grep -c .; }
nobody_left() { [ "$(left)" -eq 0 ]; }
ended() { ! kill -0 "$1" 2>/dev/null; }
# ends PID SECONDS CODE: it ends by itself in time, with that code.
ends() { within "$2" ended "$1" || return 1; wait "$1" 2>/dev/null; local got=$?; echo "exit code $got" >>said; [ "$got" -eq "$3" ]; }

# stop SIGNAL TARGET: the binary, asked so, ends with 0 within 25 seconds.
stop() { kill "$1" -- "$2" 2>/dev/null; ends "$pid" 25 0; }

# begin VARIABLE=VALUE... COMMAND: starts the binary in the background; its words go to the file `said`, its id to $pid.
begin() {
  local -a env=()
  while [[ $1 == *=* ]]; do env+=("$1"); shift; done
  : >said
  "${alone[@]}" "${env[@]}" "$bin" "$@" >said 2>&1 </dev/null &
  pid=$!
  groups+=("$pid")
}

answers() { [ "$(grep -c 'answered in' said)" -ge "$1" ]; }
page_url() { sed -nE 's/.*Open (http[^ ]*) .*/\1/p' said | head -n 1; }
memory() { awk '/^VmRSS|^VmHWM/ { printf "%s %d MB  ", $1, $2 / 1024 }' "/proc/$1/status" 2>/dev/null; }

# The page and all it names load from the binary.
page_is_whole() {
  local url page part parts
  url=$(page_url)
  page=$(get "$url/") || return 1
  parts=$(grep -oE '(src|href)="[^"#]+"' <<<"$page" | sed -E 's/^[^"]*"//; s/"$//')
  grep -q . <<<"$parts" || return 1
  for part in $parts; do
    case $part in
      data:*) ;;
      http*) echo "the page loads $part from outside" >>said; return 1 ;;
      *) part=${part#.}; get "$url/${part#/}" >/dev/null || { echo "the page lacks $part" >>said; return 1; } ;;
    esac
  done
}

# --- the subcommands
version=$(sed -nE 's/.*"version": "([^"]+)".*/\1/p' "$(dirname "$original")/../package.json" 2>/dev/null | head -n 1)
says 'version prints its version' 0 "^${version:-[0-9]+\.[0-9]+\.[0-9]+}\$" version
says 'help lists the commands' 0 '^ *doctor ' help
says 'config prints the configuration' 0 '^DATA_DIR' config
says 'an unknown word exits with 2 and what was probably meant' 2 'Did you mean start' strat
says 'run without a token exits with 78 and names it' 78 'DISCORD_TOKEN' run
says 'doctor finds every worker task and the database in order' 0 'All is well' doctor
says 'migrate has nothing left to do' 0 'up to date' migrate

# --- start: local Discord, bot, page, pool, database, file from the first word to the last
http=$(free_port)
here=(SANDBOX_ADDRESS=127.0.0.1:0 HTTP_ADDRESS="127.0.0.1:$http")
rm -rf data
began=$(now)
begin "${here[@]}" start
hears 60 answers 1
verdict $? "start answers a first command, on an empty folder ($(since "$began"))"
hears 30 grep -q '^Open http' said && answers 2 && grep -q 'region' said
verdict $? 'start plays its scene to the end: a message, a command, a file that is fetched and read'
page_is_whole
verdict $? 'the page and its parts load'
get "http://127.0.0.1:$http/readyz" >/dev/null
verdict $? 'the health endpoint says ready'
echo "      memory of the bot with the embedded database, first start: $(memory "$pid")"
stop -TERM "$pid"
verdict $? 'SIGTERM ends it with 0'
within 5 nobody_left
verdict $? 'no process is left'

began=$(now)
begin "${here[@]}" start
hears 30 answers 1
verdict $? "the second start answers a first command ($(since "$began"); 3 s are wanted)"
echo "      memory of the bot with the embedded database, second start: $(memory "$pid")"
hears 30 grep -q '^Open http' said
stop -INT "-$pid" # as Ctrl-C on a terminal: every process of it at once
verdict $? 'Ctrl-C ends it with 0'

begin "${here[@]}" start
disown "$pid" # or the shell reports its violent end
hears 30 answers 1 && kill -KILL "$pid" && within 10 nobody_left
verdict $? 'the sandbox ends when the bot is killed'
says 'the database opens again after a kill' 0 'up to date' migrate

# --- run: the bot alone, with a token, on the local Discord, in a folder with somebody else's code in it
mkdir -p node_modules/zlib-sync
echo 'console.log("planted")' | tee planted.js >node_modules/zlib-sync/index.js
echo 'preload = ["./planted.js"]' >bunfig.toml
mkfifo stdin
"${alone[@]}" SANDBOX_ADDRESS=127.0.0.1:0 "$bin" sandbox --child <stdin >place 2>&1 &
sandbox=$!
groups+=("$sandbox")
exec 8>stdin
within 20 grep -q '"token"' place
field() { sed -nE "s/.*\"$1\":\"([^\"]+)\".*/\1/p" place; }
begin HTTP_ADDRESS=off DISCORD_TOKEN="$(field token)" DISCORD_API_URL="$(field apiUrl)" run
hears 30 grep -q '"msg":"ready"' said
verdict $? 'run with a token gets ready'
stop -TERM "$pid"
verdict $? 'SIGTERM ends run with 0'
! grep -q planted said
verdict $? 'code that lies in the folder is not run'
exec 8>&-
ends "$sandbox" 10 0
verdict $? 'the sandbox ends when its standard input closes'
nobody_left
verdict $? 'no process is left at the end'

echo "Tests  $passed passed, $failed failed"
[ "$failed" -eq 0 ]
