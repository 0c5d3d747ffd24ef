# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# What building and testing need, installed by the system's package manager once somebody has said yes.

may_install=${may_install:-}

has_tool() {
  case $1 in
    jdk) has_java javac ;;
    maven) command -v mvn >/dev/null ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
    # its driver, without which no test can use it
    chromium) command -v chromedriver >/dev/null && { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

package_manager() {
  local each
  for each in apt-get dnf pacman brew; do
    ! command -v "$each" >/dev/null || { echo "$each" && return; }
  done
  return 1
}

# package_of MANAGER TOOL
package_of() {
  case $1:$2 in
    apt-get:jdk) jdk_of_apt ;;
    dnf:jdk) echo java-21-openjdk-devel ;;
    pacman:jdk) echo jdk21-openjdk ;;
    brew:jdk) echo openjdk@21 ;;
    apt-get:chromium) echo 'chromium chromium-driver' ;;
    dnf:chromium) echo 'chromium chromedriver' ;;
    dnf:shellcheck) echo ShellCheck ;;
    brew:bats) echo bats-core ;;
    *) echo "$2" ;;
  esac
}

# The oldest that is new enough: Debian 12 has 17, Debian 13 has 21. Before the first apt-get update apt knows none.
jdk_of_apt() {
  local version
  for version in 17 21 25; do
    ! apt-cache show "openjdk-$version-jdk-headless" >/dev/null 2>&1 || break
  done
  [ -n "$(apt-cache pkgnames openjdk- 2>/dev/null)" ] || version=17
  echo "openjdk-$version-jdk-headless"
}

# What a person decides by, with what each brings along.
label_of() {
  case $1 in
    jdk) echo 'un JDK 17 ou plus récent (Java, 280 Mo)' ;;
    maven) echo 'Maven (30 Mo)' ;;
    shellcheck) echo 'shellcheck (20 Mo)' ;;
    git) echo 'git (100 Mo)' ;;
    postgresql) echo 'PostgreSQL (60 Mo)' ;;
    radicale) echo 'Radicale (20 Mo)' ;;
    chromium) echo 'chromium et son pilote (350 Mo)' ;;
    khal) echo 'khal (10 Mo)' ;;
    vdirsyncer) echo 'vdirsyncer (20 Mo)' ;;
    *) echo "$1 (1 Mo)" ;;
  esac
}

# install_command MANAGER TOOL…: the line to type.
install_command() {
  local manager=$1 packages='' tool
  for tool in "${@:2}"; do
    packages+=" $(package_of "$manager" "$tool")"
  done
  case $manager in
    apt-get) echo "apt-get install -y --no-install-recommends$packages" ;;
    dnf) echo "dnf install -y$packages" ;;
    pacman) echo "pacman -S --needed --noconfirm$packages" ;;
    brew) echo "brew install$packages" ;;
  esac
}

missing_of() {
  local tool
  for tool in "$@"; do
    has_tool "$tool" || echo "$tool"
  done
}

# ensure_tools TOOL…: true when they are there, or are by now. Else $trouble says what is missing and the line to type.
ensure_tools() {
  local missing=() tool labels='' manager line sudo=''
  while read -r tool; do
    missing+=("$tool")
    labels+="${labels:+, }$(label_of "$tool")"
  done < <(missing_of "$@")
  [ -n "$labels" ] || return 0
  trouble="il manque $labels"
  manager=$(package_manager) || { trouble+=". Installez-les avec les outils de ce système." && return 1; }
  [ "$manager" = brew ] || [ "$(id -u)" = 0 ] || sudo='sudo '
  line=$sudo$(install_command "$manager" "${missing[@]}")
  trouble+=". À taper : $([ "$manager" != apt-get ] || echo "${sudo}apt-get update && ")$line"
  [ -z "$sudo" ] || command -v sudo >/dev/null || { trouble+=' (ou sans sudo, par root)' && return 1; }
  if [ "$may_install" != yes ] && [ "${CI:-}" != true ]; then
    [ "$may_install" != no ] && [ -t 0 ] || return 1
    may_install=no
    yes_or_no "Il manque $labels. Installer par « $line » ?" || return 1
    may_install=yes
  fi
  say "Installation : $labels…"
  if [ "$manager" = apt-get ]; then
    # shellcheck disable=SC2086 # nothing, or a word
    quietly ${sudo}env DEBIAN_FRONTEND=noninteractive apt-get update -q || true
    # what apt knows now may have another name
    line=${sudo}"env DEBIAN_FRONTEND=noninteractive $(install_command "$manager" "${missing[@]}")"
  fi
  # shellcheck disable=SC2086 # words
  quietly $line || return 1
  hash -r
  [ -z "$(missing_of "$@")" ]
}

need_tools() {
  ensure_tools "$@" || fail "$trouble"
}
