#!/usr/bin/env bash
# Makes the database that each test of Tryton begins with: FOLDER/pristine.sqlite, and FOLDER/key with its key for REST.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$1
work=$(mktemp -d "$folder/beginning.XXXX")
trap 'rm -rf "$work"' EXIT
printf '[database]\nuri = sqlite://\npath = %s\n' "$work" >"$work/conf"
printf 'admin-pass-1' >"$work/password"
: >"$work/erp.sqlite"
TRYTONPASSFILE="$work/password" "$folder/bin/trytond-admin" -c "$work/conf" -d erp --email admin@example.invalid -l en \
  -u party company account account_invoice --activate-dependencies
"$folder/bin/python" "$here/tryton_seed.py" "$work/conf" >"$work/key"
mv "$work/key" "$folder/key"
mv "$work/erp.sqlite" "$folder/pristine.sqlite"
