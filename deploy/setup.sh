#!/bin/sh
# Writes what docker compose needs into .env. Run it as often as you like: what is there is kept.
#
#   sh deploy/setup.sh                                             on this machine, without TLS
#   sh deploy/setup.sh chat.example.org you@example.org 203.0.113.7
#
# The name needs a DNS record that leads here, the e-mail address goes to the certificate authority
# only, and the last is this machine's public address (looked up by the name when it is not given).
set -eu

file=${ENV_FILE:-.env}
domain=${1:-}
email=${2:-}
address=${3:-}

case $domain in
  *[!a-zA-Z0-9.-]*)
    echo "\"$domain\" is no host name: give chat.example.org, without https:// and without a path." >&2
    exit 1
    ;;
esac

# The containers write backups as a user of their own, and nobody else can read those.
if [ ! -d backups ]; then mkdir -m 1777 backups && chmod 1777 backups; fi

umask 077
touch "$file"

value_of() {
  sed -n "s/^$1=//p" "$file" | tail -n 1
}

# Whole or not at all: a machine that loses power here has the old file.
put() {
  grep -v "^$1=" "$file" > "$file.new" || true
  if [ -s "$file.new" ] && [ -n "$(tail -c 1 "$file.new")" ]; then echo >> "$file.new"; fi
  printf '%s=%s\n' "$1" "$2" >> "$file.new"
  mv "$file.new" "$file"
}

# Keeps what is there.
ensure() {
  if [ -z "$(value_of "$1")" ]; then put "$1" "$2"; fi
}

secret() {
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'
}

for name in JWT_SECRET JWT_REFRESH_SECRET POSTGRES_PASSWORD S3_SECRET_ACCESS_KEY; do
  ensure "$name" "$(secret)"
done

if [ -n "$domain" ]; then
  put DOMAIN "$domain"
  put CLIENT_URL "https://$domain"
  if [ -n "$email" ]; then put ACME_EMAIL "$email"; fi
  if [ -z "$address" ] && [ -z "$(value_of MEDIASOUP_ANNOUNCED_IP)" ]; then
    address=$(getent ahostsv4 "$domain" 2> /dev/null | awk 'NR == 1 { print $1 }') || true
  fi
fi
if [ -n "$address" ]; then put MEDIASOUP_ANNOUNCED_IP "$address"; fi
ensure CLIENT_URL http://localhost

echo "$file is ready; keep it secret, and keep a copy of it with your backups."
if [ -n "$(value_of DOMAIN)" ] && [ -z "$(value_of MEDIASOUP_ANNOUNCED_IP)" ]; then
  echo "Voice needs this machine's public address: add MEDIASOUP_ANNOUNCED_IP=<address> to $file."
fi
echo "Next: docker compose up -d"
