#!/usr/bin/env bash
# Branch coverage (JaCoCo) and mutation score (PIT) of what decides, a line a package.
# Branches: reached by the tests of this build but for the simulation, which reaches nearly everything by chance, and the finished program as
# a process. Mutations: killed by the tests of the same package; in run those that start Camel count as well, but for the longest, and in ecal
# and moncampus what only routes call is left out. Each property tries 30 times at most. What is killed by taking too long is counted apart.
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

packages=(sync ecal moncampus http memory run)
if [ $# -gt 0 ]; then
  packages=("$@")
fi
for package in "${packages[@]}"; do
  if [ ! -d "src/main/java/fr/moncampus/ecal/$package" ]; then
    printf 'erreur : « %s » n'\''est pas un paquet.\n' "$package" >&2
    exit 2
  fi
done

# maven GOAL…: what it says goes to standard error, the table alone to standard output.
maven() {
  mvn -B -ntp -q -Pquality "$@" </dev/null >&2
}

branches_of() {
  awk -F, -v name="fr.moncampus.ecal.$1" '$2 == name { missed += $6; covered += $7 }
    END { if (missed + covered) printf "%d/%d = %d %%", covered, missed + covered, 100 * covered / (missed + covered) }' target/site/jacoco/jacoco.csv
}

mutations_of() {
  awk -F, '{ all++; if ($6 != "SURVIVED" && $6 != "NO_COVERAGE") killed++; if ($6 == "TIMED_OUT") late++ }
    END { if (all) printf "%d/%d = %d %% (%d)", killed, all, 100 * killed / all, late }' "target/pit-reports/$1/mutations.csv"
}

printf 'Branches : les tests sans la simulation…\n' >&2
maven -Dmaven.test.failure.ignore=true test
printf '%-10s %18s %22s\n' paquet branches 'mutations (trop long)'
for package in "${packages[@]}"; do
  printf 'Mutations : %s…\n' "$package" >&2
  options=()
  case $package in
    http | memory) options=(-Dquality.classes-without=none -Dquality.tests-without=none) ;;
    # whose RunSteps, SyncSteps, Engine and FollowUp routes call; what is left out takes minutes, for each mutation that survives
    run) options=(-Dquality.classes-without=none '-Dquality.tests-without=*.AnyStepRouteTest,*.Caldav*,*.Many*,*.Change*,*.Feed*,*.Ics*,*.Unknowns*') ;;
  esac
  maven "-Dquality.package=$package" "${options[@]}" org.pitest:pitest-maven:mutationCoverage
  printf '%-10s %18s %22s\n' "$package" "$(branches_of "$package")" "$(mutations_of "$package")"
done
printf 'Détails : target/site/jacoco/index.html, target/pit-reports/*/index.html\n'
