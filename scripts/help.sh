# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the other parts
# What ./manage.sh --help and ./manage.sh COMMAND --help print.

usage() {
  cat <<'EOT'
Usage : ./manage.sh COMMANDE [OPTIONS]

Découvrir
  demo [--page]            démonstration sur un bac à sable (construit si besoin ; --page : et la page, jusqu'à Ctrl-C)
  sandbox                  sert un MonCampus, un ECAL et un agenda CalDAV d'essai

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
  page [CONFIG…]           l'adresse de la page, à ouvrir dans un navigateur
  feed-address CONFIG      l'adresse à laquelle un téléphone s'abonne, quand la cible est « feed » ; --new : une autre
  page-password [CONFIG…]  lui donne un mot de passe, sans lequel elle ne répond qu'à cette machine
  console CONFIG [PAGE]    console de Camel dans le conteneur
  update                   prend la nouvelle version, et redémarre un conteneur après l'autre
  clean                    efface conteneurs, images et données ; jamais configs/
  generate-compose         écrit docker-compose.yml
  generate-k8s             écrit des manifestes pour Kubernetes
  move-memory              porte la mémoire dans une base PostgreSQL, que plusieurs machines partagent, ou l'inverse
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

# help_of COMMAND: these lines need no program to be built. The application's commands say more about themselves.
help_of() {
  sed -n "/^Usage : .\/manage.sh $1\b/,/^$/p" <<'EOT' | grep . || application_help "$1"
Usage : ./manage.sh config
Les configurations : fichier valide ou non, conteneur, dernier succès, prochain passage.

Usage : ./manage.sh start [CONFIG] [--wait]
Construit l'image si le code a changé, récrit docker-compose.yml si configs/ a changé, vérifie, démarre.
Un conteneur dont la configuration ou les routes ont changé est redémarré. --wait attend qu'il soit prêt.

Usage : ./manage.sh restart [CONFIG] [--wait]
Vérifie la configuration et les routes, puis redémarre. Si quelque chose est faux, ce qui tourne continue.

Usage : ./manage.sh stop [CONFIG]
Arrête : la modification en cours est finie, le reste attend le prochain démarrage.

Usage : ./manage.sh logs [CONFIG] [-f] [--tail N] [--since DURÉE]
Journaux ; sur un terminal, la suite s'affiche jusqu'à Ctrl-C.

Usage : ./manage.sh page [CONFIG…]
L'adresse de la page de chaque configuration (docs/page.md).

Usage : ./manage.sh page-password [CONFIG…] [--remove]
Demande un mot de passe (8 signes au moins), ou le lit sur l'entrée standard : la page le demande dès lors partout, et peut être
publiée hors de cette machine. L'ancien ne vaut plus rien aussitôt. --remove l'enlève.

Usage : ./manage.sh console CONFIG [PAGE]
La console de Camel (/q/dev), qui n'écoute que dans le conteneur. Pages : moncampus, health, route, context…

Usage : ./manage.sh update [--no-pull]
Prend la nouvelle version du code (git pull), reconstruit l'image et redémarre un conteneur après l'autre.
Celui qui était prêt et ne l'est plus revient à l'ancienne image. --no-pull : le code est déjà à jour.

Usage : ./manage.sh clean [--yes]
Efface les conteneurs, les images et le dossier data/ de ce projet, après confirmation. Jamais configs/.

Usage : ./manage.sh generate-compose [--watch] [--single | --cluster] [--page-port N] [--feed-port N]
Écrit docker-compose.yml d'après configs/*.yml.
--watch   santé, mesures et JMX de chaque conteneur sur des ports de 127.0.0.1 (docs/operations.md)
--page-port N  la page du premier conteneur est sur ce port de 127.0.0.1 (8046), celle du suivant sur le suivant ; 0 : pas de pages
--feed-port N  de même pour les flux (8146), là où une configuration en a un
--single  toutes les configurations dans un seul conteneur, pour une petite machine
--cluster toutes les configurations dans chacun de deux conteneurs, qui se partagent le travail par une base PostgreSQL : l'un
          s'arrête, l'autre continue (docs/scale.md). Le mot de passe de la base est fait une fois, dans data/database-password ;
          MONCAMPUS_POSTGRES_IMAGE nomme une autre image que postgres:17

Usage : ./manage.sh generate-k8s [--groups N] [--image IMAGE] [--output DOSSIER]
Écrit des manifestes pour kustomize d'après configs/*.yml, dans k8s/ : kubectl apply -k k8s (docs/scale.md). MEMORY_URL, MEMORY_USER
et MEMORY_PASSWORD_FILE disent où est la base. Le dossier, lisible par vous seul, contient les mots de passe des configurations.
--groups N       répartit les configurations en N groupes (1), de deux processus chacun
--image IMAGE    avec une étiquette autre que latest (moncampus-ecal et la version du programme)
--output DOSSIER (k8s)

Usage : ./manage.sh move-memory [--back]
Porte la mémoire (historique, journal, ce qui attend, connexions refusées) des fichiers de data/ dans la base que dit MEMORY_URL, ou,
après generate-compose --cluster, dans la base des deux conteneurs ; avec --back, de la base dans data/. Rien ne doit tourner, et
l'arrivée doit être vide : sinon rien n'est changé. Les lignes de chaque table sont comptées avant et après ; le départ reste tel quel.

Usage : ./manage.sh build [--local] [--yes]
Construit l'image ; là où Docker n'est pas, ou avec --local, le programme (Java 17 et Maven).

Usage : ./manage.sh soak [--seeds N] [--from GRAINE] [--threads N] [--failures N]
Simule N graines (100000) à partir de GRAINE (0) : 60 passages d'une école et d'un calendrier où tout peut échouer,
processus, horloge et connexions compris, comparés à un modèle. S'arrête à la première promesse rompue et dit comment la rejouer ; Ctrl-C dit jusqu'où c'est allé.
--threads N   graines à la fois (autant que de processeurs)
--failures N  ne s'arrête qu'à la N-ième graine qui rompt une promesse (1) ; chacune est dite dès qu'elle est finie
--endurance [--configs N] [--runs N]
  une année du planificateur, dans la JVM d'un conteneur : N configurations (10), N passages de chacune (365), l'un dès la fin
  de l'autre. L'école change tous les jours, échoue chaque semaine, et l'horloge saute. Un tableau dit chaque mois mémoire, fils,
  fichiers et durées ; ce qui grandit de plus de 2 % est nommé, et la commande échoue. --configs 1 --runs 400 prend une minute.

Usage : ./manage.sh quality [PAQUET…]
Mesure les branches couvertes (JaCoCo) et les mutations tuées (PIT), par paquet (sync, ecal, moncampus, http, memory, run). Long.

Usage : ./manage.sh bench [--containers] [--latency MS] [--sessions N,N…] [--scale[=N,N…]]
Mesure le programme sur un bac à sable, puis, là où Docker est, son image et ses conteneurs : taille, première requête, mémoire.
Rien de ce qui est à vous n'est touché. --containers : les conteneurs seulement ; BENCH_STARTS=N : nombre de démarrages (3).
--scale : à la place, « run » avec 1, 10, 100 et 1000 configurations dans un processus, et 1000 dans deux, avec PostgreSQL là où il est
installé : démarrage, mémoire, connexions, requêtes par seconde à l'école, processeur par passage (40 minutes).

Usage : ./manage.sh test [--yes] [OPTIONS DE MAVEN]
Tous les tests : shellcheck, bats, ceux du programme, et les conteneurs là où un moteur Docker répond ; ce qui est sauté est dit.
Avec des options de Maven (-Dtest=…), ceux du programme seulement. --yes installe ce qui manque sans demander.
EOT
}

# By itself where it is built, else by its line above. False for what is no command.
application_help() {
  if usage | grep -q "^  $1 "; then
    ! is_runnable || become_program "$1" --help
    ! docker image inspect "$image" >/dev/null 2>&1 || exec docker run --rm "$image" "$1" --help
  fi
  usage | sed -n "s/^  \($1\( [^ ]\{1,\}\)*\)  *\([^ ].*\)$/Usage : .\/manage.sh \1 [OPTIONS]\n\3/p" | grep .
}
