package cover

import (
	"testing"

	"github.com/iacgate/iacgate/internal/widetest"
)

func TestMain(m *testing.M) { widetest.Main(m) }
