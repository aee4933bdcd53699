package query

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
)

func TestReadTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "other.ddl"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadTable(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"audit", "trail"}, got.Name); diff != "" {
		t.Error(diff)
	}
	if f, ok := named(got.Columns, "errorMessage"); !ok || f.Name != "message" {
		t.Errorf("%+v: the mapping is not used", f)
	}
	if len(got.Columns) != 4 || len(got.Partitions) != 5 || got.Partitions[4].Type.Kind != Integer {
		t.Errorf("%+v", got)
	}
	d := Documented()
	user, _ := named(d.Columns, "userIdentity")
	session, _ := named(user.Type.Fields, "sessionContext")
	web, _ := named(session.Type.Fields, "webIdFederationData")
	attributes, _ := named(web.Type.Fields, "attributes")
	if attributes.Type.Kind != Map || attributes.Type.Of.Kind != String || d.formats["timestamp"] != "yyyy/MM/dd" {
		t.Errorf("%+v %+v", attributes, d.formats)
	}
}

// TestReadTableRefuses: an error names the line and what is wrong.
func TestReadTableRefuses(t *testing.T) {
	deep := strings.Repeat("array<", 40) + "string" + strings.Repeat(">", 40)
	for text, want := range map[string]string{
		"":                                       "not a CREATE TABLE statement",
		"SELECT 1":                               "line 1: not a CREATE TABLE statement",
		"CREATE VIEW x":                          `TABLE is expected here, not "VIEW"`,
		"CREATE TABLE":                           "a name is expected here",
		"CREATE TABLE t":                         "( is expected here, not the end",
		"CREATE TABLE t (\neventtime\n)":         `line 3: a name is expected here, not ")"`,
		"CREATE TABLE t (eventtime text)":        `"text" is no type of Athena's tables`,
		"CREATE TABLE t (eventtime bigint)":      "eventtime is of the type bigint",
		"CREATE TABLE t (records array<string>)": "no column eventtime",
		"CREATE TABLE t (a string, A string)":    `"a" is there twice`,
		"CREATE TABLE t (a " + deep + ")":        "nested more than 32 deep",
		"CREATE TABLE t (a struct<b string)":     "is expected here",
		"CREATE TABLE t (a varchar(x))":          "a length is expected here",
		"CREATE TABLE t (eventtime string) TBLPROPERTIES ('a'=b)":      "'key'='value' is expected",
		"CREATE TABLE t (eventtime string); CREATE TABLE u (a string)": "a second statement",
		"CREATE TABLE t (a" + strings.Repeat(" string, a", 3000):       "is there twice",
		"CREATE TABLE t (a string COMMENT 'x)":                         "line 1: what begins with ' here is never closed",
		"CREATE\n/* TABLE":                                             "line 2: what begins with / here is never closed",
		"CREATE TABLE `t":                                              "what begins with ` here",
		"\xff":                                                         "not a text in UTF-8",
		"CREATE TABLE t (eventtime string) TBLPROPERTIES (":            "is expected here",
	} {
		_, err := ReadTable(strings.NewReader(text))
		var d *diag.Diagnostic
		if err == nil || !strings.Contains(err.Error(), want) || !errors.As(err, &d) && text != "\xff" {
			t.Errorf("%.60q: error %v, want %q", text, err, want)
		}
	}
}

// TestPartitions: days of the delivery, a day wider, as the table spells them.
func TestPartitions(t *testing.T) {
	for ddl, want := range map[string]string{
		"PARTITIONED BY (d string) TBLPROPERTIES ('projection.d.type'='date', 'projection.d.format'='yyyy-MM-dd-HH')": `WHERE "d" >= '2026-11-01-00' AND "d" <= '2026-11-09-00'`,
		"PARTITIONED BY (d date)":                                      `WHERE "d" >= DATE '2026-11-01' AND "d" <= DATE '2026-11-09'`,
		"PARTITIONED BY (region string, year int, month int, day int)": `CAST("day" AS integer) <= 20261109`,
		"PARTITIONED BY (dt string)":                                   "this reads the whole table",
		"":                                                             "this reads the whole table",
		"PARTITIONED BY (d string) TBLPROPERTIES ('projection.d.type'='date', 'projection.d.format'='dd/MM/yyyy')": "this reads the whole table",
	} {
		table, err := ReadTable(strings.NewReader("CREATE EXTERNAL TABLE t (eventtime string, errorcode string) " + ddl))
		if err != nil {
			t.Fatal(err)
		}
		q := of(t, `{ $.errorCode = "x" }`)
		q.Table, q.Until = table, q.Until.Truncate(time.Minute)
		text, err := q.Text(Athena)
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("%s: %v\n%s", ddl, err, text)
		}
	}
}

// TestOtherColumns: types of other tables are asked as they are.
func TestOtherColumns(t *testing.T) {
	table, err := ReadTable(strings.NewReader("CREATE TABLE t (eventtime string, useridentity string, readonly boolean, count int, when timestamp, " +
		"responseelements map<string,string>, resources array<struct<arn:string>>, eventcontext struct<a:struct<b:string>>, apiversion double, mystery string)"))
	if err != nil {
		t.Fatal(err)
	}
	for pattern, want := range map[string]string{
		`{ $.userIdentity.type = "Root" }`:               `s1 = 'Root'`,
		`{ $.readOnly IS FALSE }`:                        `coalesce(NOT "readonly", false)`,
		`{ $.count != 5 }`:                               `coalesce("count" <> 5, false)`,
		`{ $.responseElements.x = "y" }`:                 `element_at("responseelements", 'x') = 'y'`,
		`{ $.resources[1].arn NOT EXISTS }`:              `(element_at("resources", 2)."arn" IS NULL)`,
		`{ $.eventContext.a.b = "*x" }`:                  `"eventcontext"."a"."b" LIKE '%x'`,
		`{ $.eventContext.a = "x" }`:                     "false AS p1",
		`{ $.resources.arn NOT EXISTS }`:                 "true AS p1",
		`{ $.eventTime.x = 1 }`:                          "false AS p1",
		`{ $.mystery = "abc" }`:                          `"mystery" = 'abc'`,
		`{ $.userIdentity.a[0] IS NULL }`:                `'$["a"][0]'`,
		`{ $.when NOT EXISTS }`:                          `("when" IS NULL)`,
		`{ $.mystery = "x" && $.apiVersion NOT EXISTS }`: `("apiversion" IS NULL)`,
	} {
		q := of(t, pattern)
		q.Table = table
		if text, err := q.Text(Athena); err != nil || !strings.Contains(text, want) {
			t.Errorf("%s: %v, want %s\n%s", pattern, err, want, text)
		}
	}
	for pattern, want := range map[string]string{
		`{ $.count = "5" }`:        "the column count is of the type int",
		`{ $.when = "2026" }`:      "the column when is of the type timestamp",
		`{ $.apiVersion = 1 }`:     "the column apiversion is of the type double",
		`{ $.mystery != "abc" }`:   "the column mystery is a string",
		`{ $.mystery = "t*e" }`:    "the column mystery is a string",
		`{ $.mystery = 5 }`:        "the column mystery is a string",
		`{ $.readOnly = "x" }`:     "readOnly holds true or false",
		`{ $.eventcontext.c = 1 }`: "CloudTrail spells",
		`{ $.eventContext.c = 1 }`: "has no member c",
	} {
		q := of(t, pattern)
		q.Table = table
		if _, err := q.Text(Athena); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", pattern, err, want)
		}
	}
}

// FuzzReadTable: a definition is read or refused, and what is read can be asked.
func FuzzReadTable(f *testing.F) {
	text, err := os.ReadFile(filepath.Join("testdata", "other.ddl"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{documented, string(text), "CREATE TABLE `a\"b`.\"c\" (eventtime timestamp NOT NULL, m map<string,array<int>>)", "CREATE TABLE t (eventtime string /* x */ COMMENT 'a\\'b''c') -- end"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := ReadTable(strings.NewReader(text))
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("an error of several lines: %q", err)
			}
			return
		}
		q := of(t, `{ $.eventTime NOT EXISTS }`)
		q.Table = table
		if _, err := q.Text(Athena); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
