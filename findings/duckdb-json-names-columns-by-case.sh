#!/usr/bin/env bash
# Guess: the columns that read_json is told to read are names of SQL, and names of SQL
# have no case in DuckDB. So the columns of the usual table for CloudTrail on Athena,
# all in small letters, read the same records there.
#
# Seen with DuckDB 1.5.6: they are keys of JSON and compared byte for byte. Each value is
# NULL, in top-level columns, in the fields of a STRUCT and after COPY into a table,
# and nothing says that a column met no key at all. Without the list the same
# condition finds the records, as does a cast from one STRUCT to the other. So a
# count of what would have raised an alarm is 0. For COPY it is known and open
# (https://github.com/duckdb/duckdb/issues/15816); a CSV is loaded by position.
#
# Needs node, npm and bash; reads from the npm registry.
set -euo pipefail
duckdb=1.5.6-r.1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund "@duckdb/node-api@$duckdb" >/dev/null 2>&1
cat > trail.json <<'JSON'
{"eventName": "GetUser", "errorCode": "AccessDenied", "userIdentity": {"accountId": "123456789012"}}
{"eventName": "PutUser", "errorCode": "AccessDenied", "userIdentity": {"accountId": "123456789012"}}
JSON
cat > main.mjs <<'JS'
import { DuckDBInstance } from '@duckdb/node-api';

const db = await (await DuckDBInstance.create(':memory:')).connect();
const ask = async (what, sql) => {
  const rows = (await db.runAndReadAll(sql)).getRowsJson();
  console.log(`${what}: ${JSON.stringify(rows)}`);
};
const small = "read_json('trail.json', columns = {errorcode: 'VARCHAR', useridentity: 'STRUCT(accountid VARCHAR)'})";
const field = "read_json('trail.json', columns = {userIdentity: 'STRUCT(accountid VARCHAR)'})";
await ask('version', 'SELECT version()');
await ask('detected', "SELECT count(*) FROM 'trail.json' WHERE errorcode = 'AccessDenied'");
await ask('named', `SELECT count(*) FROM ${small} WHERE errorcode = 'AccessDenied'`);
await ask('nothing read', `SELECT count(*), count(errorcode), count(useridentity) FROM ${small}`);
await ask('field', `SELECT DISTINCT useridentity FROM ${field}`);
await ask('cast', "SELECT DISTINCT useridentity::STRUCT(accountid VARCHAR) AS i FROM 'trail.json'");
await db.run('CREATE TABLE trail (eventname VARCHAR, errorcode VARCHAR)');
await db.run("COPY trail FROM 'trail.json'");
await ask('copied', 'SELECT DISTINCT * FROM trail');
JS
node main.mjs > seen
cat > want <<'WANT'
version: [["v1.5.6"]]
detected: [["2"]]
named: [["0"]]
nothing read: [["2","0","0"]]
field: [[{"accountid":null}]]
cast: [[{"accountid":"123456789012"}]]
copied: [[null,null]]
WANT
cat seen
diff -u want seen
echo "DuckDB $duckdb: as described"
