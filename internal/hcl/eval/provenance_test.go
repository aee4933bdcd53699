package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestProvenance(t *testing.T) {
	tests := []struct{ expr, want string }{
		{`aws_sns_topic.a.arn`, `a.arn`},
		{`"${aws_sns_topic.a.arn}"`, `a.arn`},
		{`"${aws_sns_topic.a.arn}:*"`, `a.arn made`},
		{`(aws_sns_topic.a.arn)`, `a.arn`},
		{`[aws_sns_topic.a.arn]`, `[a.arn]`},
		{`local.topics`, `[a.arn b.arn]`},
		{`local.topics[1]`, `b.arn`},
		{`local.maybe`, `a.arn`},
		{`aws_sns_topic.n[*].arn`, `[n[0].arn n[1].arn]`},
		{`aws_sns_topic.n.*.arn`, `[n[0].arn n[1].arn]`},
		{`aws_sns_topic.n[1].arn`, `n[1].arn`},
		{`aws_sns_topic.e["x"].arn`, `e["x"].arn`},
		{`values(aws_sns_topic.e)[*].arn`, `[e["x"].arn e["y"].arn]`},
		{`[for k, t in aws_sns_topic.e : t.arn]`, `[e["x"].arn e["y"].arn]`},
		{`[for k, t in aws_sns_topic.e : t.arn if k == "y"]`, `[e["y"].arn]`},
		{`{ for k, t in aws_sns_topic.e : k => t.arn }`, `{x=e["x"].arn y=e["y"].arn}`},
		{`{ for k, t in aws_sns_topic.e : t.name => t.arn }["x"]`, `e["x"].arn`},
		{`{ for t in aws_sns_topic.n : "k" => t.arn... }["k"]`, `[n[0].arn n[1].arn]`},

		{`try(aws_sns_topic.one[0].arn, "")`, `one[0].arn`},
		{`try(aws_sns_topic.none[0].arn, "")`, `""`},
		{`try(aws_sns_topic.none[0].arn, aws_sns_topic.a.arn)`, `a.arn`},
		{`can(aws_sns_topic.one[0].arn) ? "yes" : "no"`, `"yes"`},
		{`can(aws_sns_topic.none[0].arn) ? "yes" : "no"`, `"no"`},
		{`one(aws_sns_topic.one[*].arn)`, `one[0].arn`},
		{`one(aws_sns_topic.none[*].arn)`, `null`},
		{`element(concat(aws_sns_topic.one[*].arn, [""]), 0)`, `one[0].arn`},
		{`element(concat(aws_sns_topic.none[*].arn, [""]), 0)`, `""`},
		{`element(concat(aws_sns_topic.one.*.arn, [""]), 0)`, `one[0].arn`},
		{`concat(aws_sns_topic.one[*].arn, [""])[0]`, `one[0].arn`},
		{`join("", aws_sns_topic.one[*].arn)`, `one[0].arn made`},
		{`coalesce("", aws_sns_topic.a.arn)`, `a.arn`},
		{`coalesce(null, aws_sns_topic.a.arn, "x")`, `a.arn`},
		{`coalesce(var.unset, aws_sns_topic.a.arn)`, `unset(var.unset)a.arn`},
		{`coalescelist([], [aws_sns_topic.a.arn])`, `[a.arn]`},
		{`coalescelist([aws_sns_topic.a.arn], ["x"])`, `[a.arn]`},
		{`compact(["", aws_sns_topic.a.arn, null])`, `[a.arn]`},
		{`compact(concat([aws_sns_topic.a.arn], var.list))`, `[a.arn]`},
		{`distinct([aws_sns_topic.a.arn, aws_sns_topic.a.arn, aws_sns_topic.b.arn])`, `[a.arn b.arn]`},
		{`flatten([[aws_sns_topic.a.arn], [[aws_sns_topic.b.arn]], "x"])`, `[a.arn b.arn "x"]`},
		{`merge({ t = "x" }, { t = aws_sns_topic.a.arn })["t"]`, `a.arn`},
		{`merge({ t = "x" }, { t = aws_sns_topic.a.arn }).t`, `a.arn`},
		{`lookup({ t = aws_sns_topic.a.arn }, "t", "")`, `a.arn`},
		{`lookup({ t = aws_sns_topic.a.arn }, "u", aws_sns_topic.b.arn)`, `b.arn`},
		{`lookup(var.map, "t", aws_sns_topic.b.arn)`, `b.arn`},
		{`zipmap(["t"], [aws_sns_topic.a.arn])["t"]`, `a.arn`},
		{`tolist(toset([aws_sns_topic.a.arn, aws_sns_topic.b.arn]))`, `[a.arn b.arn]`},
		{`toset([aws_sns_topic.a.arn])`, `[a.arn]`},
		{`slice(local.topics, 1, 2)`, `[b.arn]`},
		{`reverse(local.topics)`, `[b.arn a.arn]`},
		{`sort(local.topics)`, `[a.arn+b.arn a.arn+b.arn]`},
		{`chunklist(local.topics, 1)[1]`, `[b.arn]`},
		{`matchkeys(local.topics, ["x", "y"], ["y"])`, `[b.arn]`},
		{`sensitive(aws_sns_topic.a.arn)`, `a.arn`},
		{`nonsensitive(sensitive(aws_sns_topic.a.arn))`, `a.arn`},
		{`tostring(aws_sns_topic.a.arn)`, `a.arn`},
		{`split(":", aws_sns_topic.a.arn)[5]`, `"a"`},
		{`length(split(":", aws_sns_topic.a.arn))`, `6`},
		{`split("/", aws_sns_topic.a.arn)[0]`, `~a.arn`},
		{`split(":", "arn:${var.unset}:x")[2]`, `unset(var.unset)`},
		{`replace(aws_sns_topic.a.arn, ":*", "")`, `a.arn made`},
		{`trimsuffix(aws_sns_topic.a.arn, ":*")`, `a.arn`},
		{`format("%s:*", aws_sns_topic.a.arn)`, `a.arn made`},
		{`formatlist("%s:*", local.topics)`, `[a.arn made b.arn made]`},
		{`jsonencode({ t = aws_sns_topic.a.arn })`, `a.arn made`},
		{`jsonencode(local.topics)`, `a.arn+b.arn`},
		{`jsondecode(jsonencode({ t = aws_sns_topic.a.arn })).t`, `a.arn made`},
		{`provider::aws::arn_parse(aws_sns_topic.a.arn).resource`, `~a.arn`},

		{`var.unset`, `unset(var.unset)`},
		{`"${var.unset}-x"`, `unset(var.unset)`},
		{`var.hidden ? aws_sns_topic.a.arn : aws_sns_topic.b.arn`, `unset(var.hidden)a.arn+b.arn`},
		{`var.hidden ? [aws_sns_topic.a.arn] : []`, `unset(var.hidden)a.arn`},
		{`[for t in local.topics : t if var.hidden]`, `unset(var.hidden)a.arn+b.arn`},
		{`local.topics[var.unset]`, `unset(var.unset)a.arn+b.arn`},
		{`aws_sns_topic.n[var.unset].arn`, `unset(var.unset)n[0].arn+n[1].arn`},
		{`aws_sns_topic.a.owner == "x" ? aws_sns_topic.a.arn : aws_sns_topic.b.arn`, `~a.arn+b.arn`},
		{`aws_sns_topic.a.arn != "" ? aws_sns_topic.a.arn : "none"`, `a.arn`},
		{`aws_sns_topic.a.arn == null ? "none" : aws_sns_topic.a.arn`, `a.arn`},
		{`length(aws_sns_topic.n) > 1 ? aws_sns_topic.n[0].arn : ""`, `n[0].arn`},
		{`aws_sns_topic.a.name == "a" ? aws_sns_topic.b.arn : ""`, `b.arn`},

		{`data.aws_sns_topic.d.arn`, `data.d.arn`},
		{`data.aws_sns_topic.d.name`, `"d"`},
		{`data.aws_ssm_parameter.p.value`, `outside data.aws_ssm_parameter.p.value`},
		{`data.terraform_remote_state.r.outputs.topic`, `outside data.terraform_remote_state.r.outputs.topic`},
		{`aws_sqs_queue.q.arn`, `aws_sqs_queue.q.arn`},
		{`aws_sqs_queue.q.name`, `"q"`},
		{`aws_sns_topic.a.name`, `"a"`},
		{`timestamp()`, `opaque(timestamp())`},
		{`provider::x::y(1)`, `opaque(provider::x::y())`},
		{`path.cwd`, `opaque(path.cwd)`},
		{`terraform.workspace`, `unset(terraform.workspace)`},
	}
	var code strings.Builder
	code.WriteString(hcltest.Infrastructure)
	for i, tt := range tests {
		fmt.Fprintf(&code, "resource \"aws_test\" \"t%d\" {\n  v = %s\n}\n", i, tt.expr)
	}
	doc := hcltest.ReadOptions(t, code.String(), hcl.Options{Keep: hcltest.KeepTests})
	for i, tt := range tests {
		got := hcltest.Describe(hcltest.Find(t, doc, fmt.Sprintf("aws_test.t%d", i)).Attr("v"))
		got = strings.ReplaceAll(got, "data.aws_sns_topic.d", "data.d")
		if got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.expr, got, tt.want)
		}
	}
	if i := slices.IndexFunc(doc.Notes, func(n string) bool { return !strings.Contains(n, "is not evaluated") }); i >= 0 {
		t.Errorf("note %s", doc.Notes[i])
	}
}
