#!/usr/bin/env bats
# What is missing is named, asked for once, and installed by the package manager that this machine has. Package managers only remember.
load helper

# A machine with the tools that every one has, and this package manager. What is written is never in the folder of links: it would go through.
machine() {
  tools=$STATE/tools links=$STATE/links
  mkdir "$tools" "$links"
  ln -s /usr/local/bin/* /usr/bin/* /bin/* "$links/" 2>/dev/null || true
  rm -f "$links"/{java,javac,mvn,docker,sudo,apt-get,apt-cache,dnf,pacman,brew}
  cat >"$tools/$1" <<EOT
#!/bin/bash
echo "$1 \$*" >>"\$STATE/calls"
case " \$* " in
  *' install '* | *' -S '*)
    [ -z "\${INSTALL_FAILS:-}" ] || { echo 'kein Netz' && exit 1; }
    cp "$source"/test/bats/bin/java "$source"/test/bats/bin/javac "$tools/"
    printf '#!/bin/sh\necho "mvn \$*" >>"\$STATE/calls"; mkdir -p "\$TOP/target/moncampus-ecal"; touch "\$TOP/target/moncampus-ecal/moncampus-ecal.jar"\n' >"$tools/mvn"
    chmod +x "$tools/mvn"
    ;;
esac
EOT
  # which Java each system has
  printf '#!/bin/sh\ncase $* in *-%s-*|pkgnames*) echo there ;; *) exit 1 ;; esac\n' "${2:-17}" >"$tools/apt-cache"
  # an ordinary user, who may use sudo
  printf '#!/bin/sh\necho "sudo $*" >>"$STATE/calls"\nexec "$@"\n' >"$tools/sudo"
  rm -f "$top/target/moncampus-ecal/moncampus-ecal.jar"
  printf '#!/bin/sh\necho "${ID:-1000}"\n' >"$tools/id"
  chmod +x "$tools"/{"$1",apt-cache,id,sudo}
  export PATH=$tools:$links TOP=$top
}

@test "demo installs what is missing with --yes, builds and runs" {
  machine apt-get
  manage demo --yes
  [ "$status" = 0 ]
  [[ $output == *JDK*Mo*Maven*Mo* ]]
  asked 'sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openjdk-17-jdk-headless maven'
  asked 'package -Dmaven.test.skip=true'
  asked 'moncampus-ecal.jar demo'
  never_asked '--yes demo'
}

@test "CI=true installs without a question, and root needs no sudo" {
  machine apt-get 21
  ID=0 CI=true manage demo
  [ "$status" = 0 ]
  asked 'apt-get install -y --no-install-recommends openjdk-21-jdk-headless maven'
  never_asked sudo
}

@test "without a terminal or a yes nothing is installed, and the line to type is said" {
  machine apt-get
  manage demo
  [ "$status" = 2 ]
  [[ $output == *'À taper : sudo apt-get update && sudo apt-get install'*maven* ]]
  never_asked install
  rm "$STATE/tools/sudo"
  manage demo --yes
  [ "$status" = 2 ]
  [[ $output == *'par root'* ]]
}

@test "on a terminal it asks once: enter means no, o installs" {
  command -v script >/dev/null || skip 'script(1) is not installed'
  machine apt-get
  echo >"$STATE/answers"
  run script -qec "'$top/manage.sh' demo" /dev/null <"$STATE/answers"
  [[ $output == *'[o/N]'*'À taper'* ]]
  never_asked install
  echo o >"$STATE/answers"
  run script -qec "'$top/manage.sh' demo" /dev/null <"$STATE/answers"
  echo "$output"
  [ "$(grep -o 'o/N' <<<"$output" | wc -l)" = 1 ]
  asked 'install'
  asked 'moncampus-ecal.jar demo'
}

@test "each package manager gets its own names" {
  for names in 'dnf:dnf install -y java-21-openjdk-devel maven' 'pacman:pacman -S --needed --noconfirm jdk21-openjdk maven' 'brew:brew install openjdk@21 maven'; do
    machine "${names%%:*}"
    manage demo --yes
    [ "$status" = 0 ]
    asked "${names#*:}"
    never_asked 'sudo brew'
    rm -rf "$STATE/tools" "$STATE/links"
    : >"$STATE/calls"
    PATH=/usr/bin:/bin
  done
}

@test "a Java that is too old is none, and an installation that fails shows why" {
  machine apt-get
  printf '#!/bin/sh\necho "    java.specification.version = 11" >&2\n' >"$STATE/tools/java"
  cp "$STATE/tools/java" "$STATE/tools/javac"
  chmod +x "$STATE/tools/java" "$STATE/tools/javac"
  INSTALL_FAILS=yes manage demo --yes
  [ "$status" = 2 ]
  [[ $output == *'kein Netz'*'À taper : sudo apt-get update && sudo apt-get install'* ]]
  never_asked 'moncampus-ecal.jar'
}

@test "test without shellcheck and bats skips their parts, says what to type, and runs the rest" {
  machine apt-get
  manage build --local --yes
  rm -f "$STATE"/links/{shellcheck,bats}
  mkdir -p "$top/test/bats" "$top/test/container"
  echo '@test "one" {' | tee "$top/test/bats/a.bats" >"$top/test/container/c.bats"
  : >"$STATE/calls"
  ENGINE=absent manage test
  [ "$status" = 0 ]
  [[ $output == *'shellcheck sauté : il manque shellcheck'*'À taper'*'test/bats sauté : il manque bats'* ]]
  asked 'mvn -B -ntp clean verify'
  [ "${lines[-1]}" = '0 passed, 0 failed, 3 skipped' ]
  never_asked install
}
