# What the scripts of this folder share; sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What a check exits with that could not be made.
skipped=77

say() { printf '\n== %s\n' "$*"; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# install_packages FILE...: installs the Debian packages listed there that are missing.
install_packages() {
    local missing=()
    local package
    while read -r package; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done < <(grep -hv -e '^#' -e '^$' "$@")
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || die "These packages are missing: ${missing[*]}. Install them, then run this again."
    local sudo=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "Run as root, or install these packages first: ${missing[*]}"
        sudo=(sudo -n)
    fi
    say "installing ${missing[*]}"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null ||
        die "apt-get update failed: check the network and /etc/apt/sources.list."
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        die "apt-get could not install: ${missing[*]}"
}

require_swift() {
    command -v swift >/dev/null ||
        die "Swift 6.2 or later is missing: install it from https://www.swift.org/install/linux, then run this again."
    local version
    version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+')
    case "$version" in
    6.[2-9] | 6.[1-9][0-9] | [7-9].*) ;;
    *) die "Swift $version is too old: 6.2 or later is needed, see https://www.swift.org/install/linux." ;;
    esac
}

# build_quietly OPTION…: swift build with its progress on a terminal; elsewhere it is heard only when it fails.
build_quietly() {
    if [[ -t 1 ]]; then
        swift build "$@" || die "the build failed; its messages are above"
        return
    fi
    local log
    log=$(mktemp)
    if ! swift build "$@" >"$log" 2>&1; then
        grep -E 'error:' "$log" | sort -u | head -n 20 >&2
        die "the build failed; all of its messages are in $log"
    fi
    rm -f "$log"
}

# use_python: makes $python the interpreter with what the tests' Python needs.
use_python() {
    python="$root/.build-tests/venv/bin/python3"
    "$python" -c 'import aiosmtpd, zmq' 2>/dev/null && return
    say "preparing Python"
    mkdir -p "$root/.build-tests"
    python3 -m venv "$root/.build-tests/venv"
    "$python" -m pip install --quiet --disable-pip-version-check -r "$root/deploy/requirements-test.txt"
}

# use_programs: makes $programs the folder of the built programs: GREFFIER_PROGRAMS, else the release build's, else the debug build's.
use_programs() {
    programs=${GREFFIER_PROGRAMS:-}
    local folder
    for folder in .build/release .build/debug; do
        [[ -n "$programs" || ! -x "$root/$folder/greffier-notify" ]] || programs="$root/$folder"
    done
    [[ -n "$programs" ]] || die "No programs are built: run \`swift build\` first."
}
