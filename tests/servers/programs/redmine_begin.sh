#!/usr/bin/env bash
# Makes the database that each test of Redmine begins with: FOLDER/pristine.sqlite3, and FOLDER/key with its key for REST.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$1
cp /var/lib/dbconfig-common/sqlite3/redmine/instances/default/redmine_default "$folder/beginning"
export RAILS_ENV=production DATABASE_URL="sqlite3:$folder/beginning"
cd /usr/share/redmine
ruby bin/rails runner "$here/redmine_seed.rb" | sed -n 's/^KEY //p' >"$folder/key"
test -s "$folder/key"
mv "$folder/beginning" "$folder/pristine.sqlite3"
