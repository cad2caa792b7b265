# shellcheck shell=bash
# What Bureau needs of the system, sourced by Deploy/run and Tests/run. Looks for the thing, not for a package's name, so
# that other distributions than Debian and Ubuntu pass when they have it.

# Says why it cannot go on, in one sentence, and ends the script.
refuse() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The folder of the newest PostgreSQL programs, 15 or newer; nothing when there is none.
postgres_binaries() {
    local folder
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5 -n -r); do
        if [[ -x $folder/initdb && $(basename "$(dirname "$folder")") -ge 15 ]]; then
            printf '%s\n' "$folder"
            return
        fi
    done
}

# Prints the packages that are missing, one a line.
missing_packages() {
    command -v pkg-config >/dev/null || echo pkg-config
    pkg-config --exists libpq 2>/dev/null || echo libpq-dev
    pkg-config --exists libcrypto 2>/dev/null || echo libssl-dev
    pkg-config --exists libcurl 2>/dev/null || echo libcurl4-openssl-dev
    pkg-config --exists libargon2 2>/dev/null || echo libargon2-dev
    # Its own file names libjansson's, which the package does not bring along.
    pkg-config --exists cjose 2>/dev/null || printf '%s\n' libcjose-dev libjansson-dev
    [[ -e /usr/share/zoneinfo/Europe/Berlin ]] || echo tzdata
    [[ -n $(postgres_binaries) ]] || echo postgresql
}

# Installs what is missing, and what the caller names besides; as anybody but root it says what to run.
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages; printf '%s\n' "$@" | sed '/^$/d')
    if [[ ${#missing[@]} -eq 0 ]]; then return; fi
    command -v apt-get >/dev/null ||
        refuse "These are missing, by their Debian names: ${missing[*]}. Install them with your system's package manager."
    [[ $(id -u) -eq 0 ]] ||
        refuse "Packages are missing. Install them: sudo apt-get install ${missing[*]}"
    echo "Installing ${missing[*]} …"
    # Bureau runs its own PostgreSQL: the package must not make and start a cluster of the system. The file holds for this
    # installation only; the machine's own answer stays as it was.
    local no_cluster=/etc/postgresql-common/createcluster.d/bureau-no-cluster.conf
    install -d "$(dirname "$no_cluster")"
    echo "create_main_cluster = false" >"$no_cluster"
    local status=0
    {
        apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
    } || status=$?
    rm -f "$no_cluster"
    [[ $status -eq 0 ]] || refuse "apt-get failed; what it said stands above."
    [[ -n $(postgres_binaries) ]] ||
        refuse "This system's PostgreSQL is older than 15. Newer ones: https://www.postgresql.org/download/linux/"
}

# Ends the script unless there is a Swift to build with.
need_swift() {
    command -v swift >/dev/null ||
        refuse "Swift is missing. Bureau needs Swift 6.3 or newer: https://www.swift.org/install/linux/"
    local said version
    said=$(swift --version 2>&1) || refuse "Swift does not start: $said"
    version=$(sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' <<<"$said" | head -n 1)
    [[ $(printf '%s\n' 6.3 "$version" | sort -V | head -n 1) == 6.3 ]] ||
        refuse "This is Swift $version; Bureau needs 6.3 or newer: https://www.swift.org/install/linux/"
}
