package logfile

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/intake"
)

// maxTable bounds a table in bytes: ten thousand rows, which Logs Insights gives at
// most, have some 30 MB.
const maxTable = 256 << 20

// columns are those of tables that hold records unchanged: of Logs Insights,
// and of what people make of lookup-events.
var columns = []string{"@message", "message", "CloudTrailEvent"}

// tableHeader returns the names of the columns where a text begins with such.
func (s *scanner) tableHeader() (header []string, ok bool) {
	head, _ := s.in.Peek(headSize)
	line, _, _ := strings.Cut(strings.TrimLeft(string(head), " \t\r\n"), "\n")
	if line == "" || strings.ContainsAny(line[:1], "{[") {
		return nil, false
	}
	header, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil {
		return nil, false
	}
	return header, len(header) > 1 && isTable(header) || len(header) == 1 && slices.Contains(columns, header[0])
}

// isTable tells names of columns from a line that has commas in it.
func isTable(header []string) bool {
	return !slices.ContainsFunc(header, func(name string) bool {
		return name == "" || strings.ContainsAny(name, "{}[]\"") || len(name) > 2*maxShown
	})
}

// readTable visits the values of the one column that holds records, each as JSON.
func readTable(in *bufio.Reader, header []string, visit func(json.RawMessage) error) error {
	at := slices.IndexFunc(columns, func(name string) bool { return slices.Contains(header, name) })
	if at < 0 {
		return errors.New(tableOf(header))
	}
	column, logged := slices.Index(header, columns[at]), slices.Index(header, "@timestamp")
	rows := csv.NewReader(intake.Stream(in, maxTable))
	rows.ReuseRecord, rows.FieldsPerRecord = true, len(header)
	for line := 0; ; line++ {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("CSV: %w", err)
		case line == 0:
			continue
		}
		cells := map[string]string{"@message": row[column]}
		if logged >= 0 {
			cells["@timestamp"] = row[logged]
		}
		found, err := json.Marshal(cells)
		if err == nil {
			err = visit(found)
		}
		if err != nil {
			return err
		}
	}
}

// tableOf says what a table without records is.
func tableOf(header []string) string {
	switch has := func(name string) bool { return slices.Contains(header, name) }; {
	case has("Event name"):
		return "the event history of CloudTrail as CSV, which holds a part of each record; download it as JSON"
	case has("eventname"), has("useridentity"):
		return "a table of Athena as CSV, whose columns have lost the names of the fields; give the log files of the trail"
	case has("eventName"), has("eventSource"):
		return "a table as CSV, whose columns are fields of records; give the log files of the trail"
	}
	return "a table as CSV without a column @message, message or CloudTrailEvent, which is where records are"
}
