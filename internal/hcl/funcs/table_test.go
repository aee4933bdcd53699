package funcs

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

// everyFunction are the functions of Terraform 1.11, and what OpenTofu has
// beside them.
const everyFunction = `abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt ceil
chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains csvdecode dirname distinct
element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset filesha1 filesha256
filesha512 flatten floor format formatdate formatlist indent index issensitive join jsondecode jsonencode keys length list log lookup
lower map matchkeys max md5 merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse
rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split startswith strcontains
strrev substr sum templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist tomap
tonumber toset tostring transpose trim trimprefix trimspace trimsuffix upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap
base64gunzip cidrcontains urldecode type`

// SymbolKeepers returns the functions that keep symbols.
func SymbolKeepers() (names []string) {
	for name, r := range table() {
		if r.symbols != inspection {
			names = append(names, name)
		}
	}
	return names
}

func TestTable(t *testing.T) {
	l := New(new(value.Budget), Host{})
	known := strings.Fields(everyFunction + " try can convert")
	for _, name := range known {
		r, ok := table()[name]
		switch {
		case !ok:
			t.Errorf("%s is not in the table", name)
		case IsEvaluated(name):
			if f := l.function(name); len(f.Params()) == 0 && f.VarParam() == nil {
				t.Errorf("%s takes no arguments", name)
			}
		case r.symbols != inspection || r.result != newValue || r.price != 0:
			t.Errorf("%s is not evaluated, and %+v", name, r)
		}
	}
	for name := range FunctionNames() {
		if !slices.Contains(known, name) {
			t.Errorf("%s is not a function of Terraform's", name)
		}
	}
}
