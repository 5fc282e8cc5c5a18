#!/usr/bin/env bash
# Installs the systems that the tests marked "servers" pull from, and what they are told apart by, into FOLDER.
# usage: bash tests/servers/programs/install.sh FOLDER [NAME …]      without a name: all of them
# Then: export INTEGRATION_AUDIT_SERVERS=FOLDER; python -m pytest -m servers
# Needs root for redmine, hledger and postgresql (Debian's packages), node 20 for prism, node_sdks and vendure. What is there is left alone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "${1:?FOLDER}"
folder=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- redmine hledger postgresql tryton localstripe prism sdks node_sdks vendure

debian() { # a program, and the packages that bring it; two steps never install at once
  command -v "$1" >/dev/null && return
  flock /tmp/integration-audit-apt sh -c 'apt-get update -q && apt-get install -y -q --no-install-recommends "$@"' apt "${@:2}"
}
python_packages() { # a folder, and what goes into its environment
  [ -e "$folder/$1/done" ] && return
  python3 -m venv "$folder/$1"
  "$folder/$1/bin/python" -m pip install -q --disable-pip-version-check "${@:2}"
  touch "$folder/$1/done"
}

for name in "$@"; do
  case $name in
    redmine)
      [ -d /usr/share/redmine ] || debian no-such-program redmine-sqlite redmine puma ruby-oj
      if [ ! -e "$folder/redmine/pristine.sqlite3" ]; then
        mkdir -p "$folder/redmine"
        bash "$here/redmine_begin.sh" "$folder/redmine"
      fi ;;
    postgresql) [ -x /usr/lib/postgresql/15/bin/postgres ] || debian no-such-program postgresql-15 ;;
    hledger) debian hledger-web hledger hledger-web ;;
    tryton)
      python_packages tryton 'trytond~=8.2.0' 'trytond_party~=8.2.0' 'trytond_company~=8.2.0' 'trytond_account~=8.2.0' \
        'trytond_account_invoice~=8.2.0' 'proteus~=8.2.0'
      if [ ! -e "$folder/tryton/pristine.sqlite" ]; then
        bash "$here/tryton_begin.sh" "$folder/tryton"
      fi ;;
    localstripe) python_packages localstripe 'localstripe==1.15.10' ;;
    prism)
      if [ ! -x "$folder/prism/node_modules/.bin/prism" ]; then
        mkdir -p "$folder/prism"
        npm install --silent --no-audit --no-fund --prefix "$folder/prism" @stoplight/prism-cli@5.14.2
      fi ;;
    vendure)
      if [ ! -d "$folder/vendure/node_modules/@vendure/core" ]; then
        mkdir -p "$folder/vendure"
        cp "$here/vendure_package.json" "$folder/vendure/package.json"
        npm install --silent --no-audit --no-fund --prefix "$folder/vendure"
      fi ;;
    sdks)
      python_packages sdks 'simple-salesforce==1.12.10' 'hubspot-api-client==12.0.0' 'zenpy==2.0.57' \
        'stripe==16.1.0' 'ShopifyAPI==12.7.0' ;;
    node_sdks)
      if [ ! -d "$folder/node_sdks/node_modules/node-quickbooks" ]; then
        mkdir -p "$folder/node_sdks"
        npm install --silent --no-audit --no-fund --prefix "$folder/node_sdks" node-quickbooks@2.0.50
      fi ;;
    *) echo "install.sh: there is no '$name'" >&2; exit 2 ;;
  esac
done
