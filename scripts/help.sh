# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# What ./manage.sh --help and ./manage.sh COMMAND --help print.

usage() {
  cat <<'EOT'
Usage : ./manage.sh COMMANDE [OPTIONS]

Découvrir
  demo                     démonstration complète sur un bac à sable (construit si besoin)
  sandbox                  sert un MonCampus et un ECAL d'essai

Configurer (configs/*.yml ; config.yml dans ce dossier est la configuration « default »)
  add-config [NOM]         crée une configuration, en posant les questions
  config                   les configurations et leur état
  check [CONFIG…]          vérifie fichiers, routes, MonCampus et ECAL, sans rien écrire

Faire tourner (un conteneur par configuration)
  start [CONFIG]           construit ce qui a changé, et démarre
  stop [CONFIG]            arrête
  restart [CONFIG]         vérifie, puis redémarre
  logs [CONFIG]            journaux
  status [CONFIG…]         tout sur un écran : état, derniers passages, ce qui attend
  console CONFIG [PAGE]    console de Camel dans le conteneur
  update                   prend la nouvelle version, et redémarre un conteneur après l'autre
  clean                    efface conteneurs, images et données ; jamais configs/
  generate-compose         écrit docker-compose.yml
  build                    construit l'image, ou le programme là où Docker n'est pas

Synchroniser
  plan [CONFIG…]           montre ce qu'une synchronisation ferait
  sync [CONFIG…]           synchronise une fois
  approve CONFIG [SOMME]   montre ce qui est retenu ; avec la somme, l'exécute
  adopt CONFIG HASH        reprend les événements d'un autre propriétaire
  errors [CONFIG…]         fichier d'erreurs ; --journal : ce qui a été écrit
  run [CONFIG…]            sans Docker : synchronise selon l'horaire, jusqu'à Ctrl-C

Développer
  test                     tous les tests
  soak                     simule des milliers d'années scolaires, et dit la première promesse rompue (long)
  quality [PAQUET…]        branches couvertes et mutations tuées, par paquet (long)
  bench                    mesures de durée et de mémoire, du programme et de ses conteneurs

Chaque commande a son aide : ./manage.sh COMMANDE --help
EOT
}

# Commands of the application say more about themselves; these lines need no program to be built.
help_of() {
  case $1 in
    add-config)
      cat <<'EOT'
Usage : ./manage.sh add-config [NOM] [OPTIONS]
Crée configs/NOM.yml (lisible par vous seul), après l'avoir vérifié chez MonCampus et ECAL.
Sur un terminal, ce qui manque est demandé. Ailleurs, chaque réponse est une option ou une variable :

  NOM, --name NOM           CONFIG_NAME
  --username IDENTIFIANT    MONCAMPUS_USERNAME
  --password-file FICHIER   MONCAMPUS_PASSWORD       mot de passe
  --start JOUR              MONCAMPUS_START_DATE     défaut : le 1er septembre de cette année scolaire
  --end JOUR                MONCAMPUS_END_DATE       défaut : le 31 août
  --url SITE                MONCAMPUS_URL            défaut : https://ws-edt-igs.wigorservices.net
  --api-key-file FICHIER    ECAL_API_KEY
  --api-secret-file FICHIER ECAL_API_SECRET
  --calendar-id ID          ECAL_CALENDAR_ID
  --set CLE=VALEUR          une autre clé de configs/README.md (plusieurs fois)
  --offline                 ne vérifie ni MonCampus ni ECAL

Un FICHIER « - » est une ligne de l'entrée standard, dans l'ordre des options. Un secret n'est jamais un argument.
EOT
      ;;
    config) echo 'Usage : ./manage.sh config
Les configurations : fichier valide ou non, conteneur, dernier succès, prochain passage.' ;;
    start) echo 'Usage : ./manage.sh start [CONFIG] [--wait]
Construit l'\''image si le code a changé, récrit docker-compose.yml si configs/ a changé, vérifie, démarre.
Un conteneur dont la configuration ou les routes ont changé est redémarré. --wait attend qu'\''il soit prêt.' ;;
    restart) echo 'Usage : ./manage.sh restart [CONFIG] [--wait]
Vérifie la configuration et les routes, puis redémarre. Si quelque chose est faux, ce qui tourne continue.' ;;
    stop) echo 'Usage : ./manage.sh stop [CONFIG]
Arrête : la modification en cours est finie, le reste attend le prochain démarrage.' ;;
    logs) echo 'Usage : ./manage.sh logs [CONFIG] [-f] [--tail N] [--since DURÉE]
Journaux ; sur un terminal, la suite s'\''affiche jusqu'\''à Ctrl-C.' ;;
    status) echo 'Usage : ./manage.sh status [CONFIG…] [--format text|json]
Par configuration : conteneur, dernier passage, dernier succès, prochain passage, ce qui attend ou est retenu, erreurs.' ;;
    console) echo 'Usage : ./manage.sh console CONFIG [PAGE]
La console de Camel (/q/dev), qui n'\''écoute que dans le conteneur. Pages : moncampus, health, route, context…' ;;
    update) echo 'Usage : ./manage.sh update [--no-pull]
Prend la nouvelle version du code (git pull), reconstruit l'\''image et redémarre un conteneur après l'\''autre.
Celui qui était prêt et ne l'\''est plus revient à l'\''ancienne image. --no-pull : le code est déjà à jour.' ;;
    clean) echo 'Usage : ./manage.sh clean [--yes]
Efface les conteneurs, les images et le dossier data/ de ce projet, après confirmation. Jamais configs/.' ;;
    generate-compose) echo 'Usage : ./manage.sh generate-compose [--watch] [--single]
Écrit docker-compose.yml d'\''après configs/*.yml.
--watch   santé, mesures et JMX de chaque conteneur sur des ports de 127.0.0.1 (docs/operations.md)
--single  toutes les configurations dans un seul conteneur, pour une petite machine' ;;
    build) echo 'Usage : ./manage.sh build [--local] [--yes]
Construit l'\''image ; là où Docker n'\''est pas, ou avec --local, le programme (Java 17 et Maven).' ;;
    soak) cat <<'EOT'
Usage : ./manage.sh soak [--seeds N] [--from GRAINE] [--threads N]
Simule N graines (100000) à partir de GRAINE (0) : 60 passages d'une école et d'un calendrier où tout peut échouer,
comparés à un modèle. S'arrête à la première promesse rompue et dit comment la rejouer ; Ctrl-C dit jusqu'où c'est allé.
--threads N   graines à la fois (autant que de processeurs)

Usage : ./manage.sh soak --endurance [--configs N] [--runs N]
Une année du planificateur, dans la JVM d'un conteneur : N configurations (10), N passages de chacune (365), l'un dès la fin de
l'autre. L'école change tous les jours, échoue chaque semaine, et l'horloge saute. Un tableau dit chaque mois mémoire, fils, fichiers et
durées ; ce qui grandit de plus de 2 % est nommé, et la commande échoue. Long : --configs 1 --runs 400 prend une minute.
EOT
      ;;
    quality) echo 'Usage : ./manage.sh quality [PAQUET…]
Mesure les branches couvertes (JaCoCo) et les mutations tuées (PIT), par paquet (sync, ecal, moncampus, http, memory, run). Long.' ;;
    bench) echo 'Usage : ./manage.sh bench [--containers] [--latency MS] [--sessions N,N…]
Mesure le programme sur un bac à sable, puis, là où Docker est, son image et ses conteneurs : taille, première requête, mémoire.
Rien de ce qui est à vous n'\''est touché. --containers : les conteneurs seulement ; BENCH_STARTS=N : nombre de démarrages (3).' ;;
    test) echo 'Usage : ./manage.sh test [--yes] [OPTIONS DE MAVEN]
Tous les tests : shellcheck, bats, ceux du programme, et les conteneurs là où un moteur Docker répond ; ce qui est sauté est dit.
Avec des options de Maven (-Dtest=…), ceux du programme seulement. --yes installe ce qui manque sans demander.' ;;
    demo)
      # the program says more about it, where it is there
      ! has_java || is_stale || return 1
      echo 'Usage : ./manage.sh demo [--yes]
Démonstration complète sur un bac à sable. Sans Java ni Docker, ce qui manque est nommé, demandé une fois et installé ;
--yes (ou CI=true) : sans demander.' ;;
    *) return 1 ;;
  esac
}

# The application's own commands, for a machine without Java.
application_help() {
  usage | sed -n "s/^  \($1\( [^ ]\{1,\}\)*\)  *\([^ ].*\)$/Usage : .\/manage.sh \1 [OPTIONS]\n\3/p"
  echo 'Options : --format text|json · --configs, --data, --routes DOSSIER (sans conteneur)'
}
