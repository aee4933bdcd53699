# METADATA
# description: The one document that iacgate asks for.
package iacgate.main

import data.iacgate.lib.chain
import data.iacgate.lib.remarks

# results holds the answer of every control that the input asks for. A control without an answer is an error, never a
# pass: Go looks for each.
results[control] := remarks.with_remarks(facts, chain.result(chain.question(control, facts), facts.candidates)) if {
	some control, facts in input.controls
}
