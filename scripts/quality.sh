#!/usr/bin/env bash
# Branch coverage (JaCoCo) and mutation score (PIT) of what decides, a line a package. Takes a long while: each mutation runs the tests that reach it.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

packages=(sync ecal moncampus http memory run)
if [ $# -gt 0 ]; then
  packages=("$@")
fi
classes=$(printf 'fr.moncampus.ecal.%s.*,' "${packages[@]}")

printf 'Couverture : tous les tests…\n' >&2
mvn -B -ntp -q -Pquality -Dmaven.test.failure.ignore=true test </dev/null >&2
printf 'Mutations : %s (long)…\n' "${packages[*]}" >&2
mvn -B -ntp -q -Pquality org.pitest:pitest-maven:mutationCoverage "-DtargetClasses=${classes%,}" </dev/null >&2

printf '%-10s %18s %18s\n' paquet branches mutations
for package in "${packages[@]}"; do
  branches=$(awk -F, -v name="fr.moncampus.ecal.$package" '$2 == name { missed += $6; covered += $7 }
    END { if (missed + covered) printf "%d/%d = %d %%", covered, missed + covered, 100 * covered / (missed + covered) }' target/site/jacoco/jacoco.csv)
  mutations=$(awk -F, -v name="fr.moncampus.ecal.$package." 'index($2, name) == 1 { all++; if ($6 != "SURVIVED" && $6 != "NO_COVERAGE") killed++ }
    END { if (all) printf "%d/%d = %d %%", killed, all, 100 * killed / all }' target/pit-reports/mutations.csv)
  printf '%-10s %18s %18s\n' "$package" "$branches" "$mutations"
done
printf 'Détails : target/site/jacoco/index.html, target/pit-reports/index.html\n'
