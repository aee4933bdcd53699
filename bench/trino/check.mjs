// Checks that files hold SQL of Trino's, as Athena's queries have to: npm run --silent check FILE...
// Each statement that does not parse is told with its place. The exit status is 1 then.
import { readFileSync } from "node:fs";
import { TrinoSQL } from "dt-sql-parser";

const parser = new TrinoSQL();

// A grammar that admits everything would prove nothing.
for (const wrong of ["SELECT FROM WHERE", "SELECT count(*) FILTER WHERE a FROM t", "SELECT r[1 FROM t"]) {
  if (parser.validate(wrong).length === 0) {
    console.error(`the grammar admits: ${wrong}`);
    process.exit(1);
  }
}

let faults = 0;
const files = process.argv.slice(2);
for (const file of files) {
  for (const e of parser.validate(readFileSync(file, "utf8"))) {
    console.error(`${file}:${e.startLine}:${e.startColumn}: ${e.message}`);
    faults++;
  }
}
console.log(`${files.length} files parsed, ${faults} faults`);
process.exit(faults === 0 && files.length > 0 ? 0 : 1);
