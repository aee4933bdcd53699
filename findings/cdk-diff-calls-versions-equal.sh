#!/usr/bin/env bash
# Guess: the library behind cdk diff takes "10" and 10 as equal, as CloudFormation does,
# and texts that differ as different: an engine that goes from "16.10" to "16.1" is a
# change, all the more since older releases mended this for "0.31.1"
# (https://github.com/aws/aws-cdk/issues/15935).
#
# Seen with @aws-cdk/cloudformation-diff 2.187.5: two texts are equal if JavaScript's
# Number makes the same of both: "16.10" and "16.1", "012345678901" and "12345678901",
# "0x10" and "16", "1e3" and "1000". "16.1.0" and "16.1" differ. The diff is empty, with no
# change of the resource to review, and so is the one of a parameter's default.
# Who lets a pipeline apply without review what has no differences applies a downgrade.
#
# Needs node, npm and bash; reads from the npm registry.
set -euo pipefail
diff=2.187.5
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund "@aws-cdk/cloudformation-diff@$diff" >/dev/null 2>&1
cat > main.mjs <<'JS'
import { fullDiff } from '@aws-cdk/cloudformation-diff';

const template = (value) => ({
  Parameters: { Version: { Type: 'String', Default: value } },
  Resources: {
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', EngineVersion: value } },
  },
});

const pairs = [
  ['10', 10], ['16.10', '16.1'], ['012345678901', '12345678901'], ['0x10', '16'], ['1e3', '1000'],
  ['16.1.0', '16.1'], ['16.10', '16.11'],
];
for (const [before, after] of pairs) {
  const found = fullDiff(template(before), template(after));
  console.log(`${JSON.stringify(before)} to ${JSON.stringify(after)}: ${found.differenceCount} differences`);
}
JS
node main.mjs > seen
cat > want <<'WANT'
"10" to 10: 0 differences
"16.10" to "16.1": 0 differences
"012345678901" to "12345678901": 0 differences
"0x10" to "16": 0 differences
"1e3" to "1000": 0 differences
"16.1.0" to "16.1": 2 differences
"16.10" to "16.11": 2 differences
WANT
cat seen
command diff -u want seen
echo "@aws-cdk/cloudformation-diff $diff: as described"
