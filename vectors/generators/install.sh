#!/usr/bin/env bash
# This script installs the systems that make and verify the vectors: packages of Debian 12 or a relative, of npm and of PyPI, and
# WordPress's class of phpass from Debian's package. It says which it leaves out because they cannot be had.
set -uo pipefail
cd "$(dirname "$0")"

PACKAGES=(php-cli php-symfony-password-hasher argon2 libsodium23 libcrypt-eksblowfish-perl python3-venv python3-passlib python3-bcrypt python3-argon2 python3-django
  python3-pycryptodome python3-markupsafe)
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }
left_out() { echo "install.sh: left out: $1" >&2; }

missing=()
for package in "${PACKAGES[@]}"; do is_installed "$package" || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ] || [ ! -f systems/downloads/class-phpass.php ]; then
  as_root apt-get update -qq >/dev/null || left_out 'apt-get update'
fi
for package in "${missing[@]}"; do
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || left_out "$package"
done

mkdir -p systems/downloads
if [ ! -f systems/downloads/class-phpass.php ]; then
  folder=$(mktemp -d)
  (cd "$folder" && apt-get download -qq wordpress >/dev/null 2>&1 && dpkg-deb --fsys-tarfile wordpress_*.deb |
    tar -xO ./usr/share/wordpress/wp-includes/class-phpass.php) >"$folder/class" &&
    mv "$folder/class" systems/downloads/class-phpass.php || left_out "WordPress's class-phpass.php"
  rm -rf "$folder"
fi

npm ci --silent --no-audit --no-fund --prefix systems || left_out 'the packages of npm'

# Python uses Debian's packages; those that are missing or too old come from PyPI.
[ -x .venv/bin/python ] || /usr/bin/python3 -m venv --system-site-packages .venv || left_out '.venv'
.venv/bin/python -m pip install --quiet --no-deps --requirement requirements.txt 2>/dev/null || left_out 'the packages of PyPI'
