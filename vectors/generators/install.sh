#!/usr/bin/env bash
# Installs the systems that make and verify the vectors: packages of Debian 12 or a kin of it, of npm and of PyPI, and single
# files out of packages of Debian: WordPress's class of phpass, and an old Werkzeug's security.py. What cannot be had is left out with a line that says so; the programs say what they found.
set -uo pipefail
cd "$(dirname "$0")"

PACKAGES=(php-cli php-symfony-password-hasher argon2 libsodium23 libcrypt-eksblowfish-perl python3-venv python3-passlib python3-bcrypt python3-argon2 python3-django
  python3-pycryptodome python3-pymongo python3-markupsafe openssl apache2-utils dovecot-core 389-ds-base mosquitto erlang-base erlang-crypto
  mariadb-server-core mariadb-client-core postgresql-15 slapd slapd-contrib ldap-utils sqlite3
  mono-mcs mono-runtime default-jdk-headless libshiro-java libjasypt-java libtomcat9-java)
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }
left_out() { echo "install.sh: left out: $1" >&2; }

missing=()
for package in "${PACKAGES[@]}"; do is_installed "$package" || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ] || [ ! -f systems/downloads/class-phpass.php ] || [ ! -f systems/downloads/werkzeug-security.py ]; then
  as_root apt-get update -qq >/dev/null || left_out 'apt-get update'
fi
for package in "${missing[@]}"; do
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || left_out "$package"
done

mkdir -p systems/downloads
# One file out of a package: its name here, the package, its path there.
take_out() {
  local folder
  [ -f "systems/downloads/$1" ] && return
  folder=$(mktemp -d)
  (cd "$folder" && apt-get download -qq "$2" >/dev/null 2>&1 && dpkg-deb --fsys-tarfile "$2"_*.deb | tar -xO "./$3") >"$folder/file" &&
    mv "$folder/file" "systems/downloads/$1" || left_out "$2's $3"
  rm -rf "$folder"
}
take_out class-phpass.php wordpress usr/share/wordpress/wp-includes/class-phpass.php
take_out werkzeug-security.py python3-werkzeug usr/lib/python3/dist-packages/werkzeug/security.py

mcs -out:systems/downloads/mono.exe systems/mono.cs || left_out "what Mono's class library makes"

# WordPress since 6.8 hashes otherwise; Debian 12 has an older one.
WORDPRESS=wordpress_6.8.7+dfsg1-0+deb13u1_all.deb
if [ ! -f systems/downloads/wordpress/wp-includes/pluggable.php ]; then
  folder=$(mktemp -d)
  mkdir -p systems/downloads/wordpress
  parts=(./usr/share/wordpress/wp-includes/{pluggable,plugin,class-wp-hook,version}.php)
  curl -fsS -o "$folder/deb" "http://deb.debian.org/debian/pool/main/w/wordpress/$WORDPRESS" &&
    dpkg-deb --fsys-tarfile "$folder/deb" | tar -x -C systems/downloads/wordpress --strip-components=4 "${parts[@]}" ||
    left_out "WordPress 6.8's pluggable.php"
  rm -rf "$folder"
fi

# RabbitMQ's modules of passwords, out of Debian's package: Erlang runs them without the server.
if [ ! -f systems/downloads/rabbitmq/rabbit_password.beam ]; then
  folder=$(mktemp -d)
  mkdir -p systems/downloads/rabbitmq
  (cd "$folder" && apt-get download -qq rabbitmq-server >/dev/null 2>&1 && dpkg-deb --fsys-tarfile rabbitmq-server_*.deb |
    tar -x --strip-components=9 --wildcards './usr/lib/rabbitmq/lib/*/plugins/rabbit-*/ebin/rabbit_password*.beam') &&
    mv "$folder"/*.beam systems/downloads/rabbitmq/ || left_out "RabbitMQ's modules of passwords"
  rm -rf "$folder"
fi

npm ci --silent --no-audit --no-fund --prefix systems || left_out 'the packages of npm'
npm ci --silent --no-audit --no-fund --ignore-scripts --prefix exports/run || left_out 'the packages of npm of the sample exports'

# Payload's file that makes digests. What it imports for messages is replaced by nothing.
PAYLOAD=systems/downloads/payload
if [ ! -f $PAYLOAD/auth/strategies/local/generatePasswordSaltHash.js ]; then
  folder=$(mktemp -d)
  mkdir -p $PAYLOAD/{errors,fields}
  npm pack --silent --pack-destination "$folder" payload@3.90.2 >/dev/null &&
    tar -xzf "$folder"/payload-*.tgz -C $PAYLOAD --strip-components=2 package/dist/auth/strategies/local/generatePasswordSaltHash.js &&
    echo '{"type":"module","version":"3.90.2"}' >$PAYLOAD/package.json &&
    echo 'export class ValidationError extends Error {}' >$PAYLOAD/errors/index.js &&
    echo 'export const password = () => true' >$PAYLOAD/fields/validations.js || left_out "Payload's generatePasswordSaltHash.js"
  rm -rf "$folder"
fi

# Python uses Debian's packages; those that are missing or too old come from PyPI.
[ -x .venv/bin/python ] || /usr/bin/python3 -m venv --system-site-packages .venv || left_out '.venv'
.venv/bin/python -m pip install --quiet --no-deps --requirement requirements.txt 2>/dev/null || left_out 'the packages of PyPI'
# Beside Debian's Django, under the same name.
[ -d systems/downloads/django ] || .venv/bin/python -m pip install --quiet --no-deps --target systems/downloads/django Django==5.2.17 2>/dev/null ||
  left_out 'Django 5.2'
# MediaWiki's classes of passwords, out of Debian's package.
if [ ! -f systems/downloads/mediawiki/Password.php ]; then
  folder=$(mktemp -d)
  (cd "$folder" && apt-get download -qq mediawiki >/dev/null 2>&1 && dpkg-deb --fsys-tarfile mediawiki_*.deb |
    tar -x --strip-components=6 ./usr/share/mediawiki/includes/password) &&
    mkdir -p systems/downloads/mediawiki && mv "$folder"/*.php systems/downloads/mediawiki/ || left_out "MediaWiki's classes of passwords"
  rm -rf "$folder"
fi
