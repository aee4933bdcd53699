package diagram

import (
	"cmp"
	"slices"
)

// The sizes of a drawing in CSS pixels. Its text is monospaced: a character
// of 12 pixels is 7.3 wide, one of 11 pixels 6.7.
const (
	margin     = 6
	boxWidth   = 156
	columnGap  = 36
	boxGap     = 14
	headHeight = 26 // the names of the columns
	padding    = 10

	stateLine = 20
	nameLine  = 16
	smallLine = 14

	nameWidth  = 18 // characters on a line
	smallWidth = 20
)

// A box is a node with its text in lines and its place on the drawing.
type box struct {
	Node
	module, name, details []string
	faults                []line
	x, y, height          int
}

// A line of a fault has its colour.
type line struct {
	text  string
	state State
}

// middle returns where lines meet the box.
func (b box) middle() int { return b.y + b.height/2 }

// A layout is a drawing before it is printed.
type layout struct {
	width, height int
	columns       []Kind
	boxes         []box // in the order of the graph's nodes
}

// newLayout places every box: columns by kind, the boxes of a column near to their
// neighbours.
func newLayout(g Graph) layout {
	var l layout
	for _, n := range g.Nodes {
		l.boxes = append(l.boxes, newBox(n))
		if !slices.Contains(l.columns, n.Kind) {
			l.columns = append(l.columns, n.Kind)
		}
	}
	slices.Sort(l.columns)
	columns := order(g, l.columns)
	for _, column := range columns {
		l.height = max(l.height, l.columnHeight(column))
	}
	for i, column := range columns {
		y := margin + headHeight + (l.height-l.columnHeight(column))/2
		for _, n := range column {
			l.boxes[n].x, l.boxes[n].y = margin+i*(boxWidth+columnGap), y
			y += l.boxes[n].height + boxGap
		}
	}
	l.width = 2*margin + len(columns)*(boxWidth+columnGap) - columnGap
	l.height += 2*margin + headHeight
	return l
}

// newBox breaks the text of a node into lines.
func newBox(n Node) box {
	b := box{Node: n}
	name, module := short(n.Address)
	b.module, b.name = fold(module, smallWidth, 2), fold(name, nameWidth, 3)
	for _, d := range n.Details {
		b.details = append(b.details, fold(d, smallWidth, 4)...)
	}
	for _, f := range n.Faults {
		for _, text := range fold(f.String(), smallWidth, 2) {
			b.faults = append(b.faults, line{text, f.State})
		}
	}
	b.height = padding + stateLine + nameLine*len(b.name) + smallLine*(len(b.module)+len(b.details)+len(b.faults)) + padding/2
	return b
}

// columnHeight returns the height of a column.
func (l layout) columnHeight(column []int) int {
	height := -boxGap
	for _, n := range column {
		height += l.boxes[n].height + boxGap
	}
	return height
}

// sweeps is how often columns are sorted, to the right and back.
const sweeps = 4

// order returns the boxes of each column. Few lines cross if every box is
// at the average height of its neighbours (the barycentre heuristic of
// Sugiyama, Tagawa and Toda, 1981); boxes of the same height keep their order.
func order(g Graph, kinds []Kind) [][]int {
	columns := make([][]int, len(kinds))
	place := make([]float64, len(g.Nodes))
	for i, n := range g.Nodes {
		c := slices.Index(kinds, n.Kind)
		columns[c] = append(columns[c], i)
	}
	setPlaces := func(column []int) {
		for at, n := range column {
			place[n] = (float64(at) + 0.5) / float64(len(column))
		}
	}
	for _, column := range columns {
		setPlaces(column)
	}
	for sweep := range sweeps {
		for _, column := range columns {
			weight := barycentres(g, place)
			slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(weight[a], weight[b]) })
			setPlaces(column)
		}
		if sweep%2 == 0 {
			slices.Reverse(columns)
		}
	}
	slices.SortFunc(columns, func(a, b []int) int { return cmp.Compare(g.Nodes[a[0]].Kind, g.Nodes[b[0]].Kind) })
	return columns
}

// barycentres returns the average places of each box's neighbours; its own where it
// has none.
func barycentres(g Graph, place []float64) []float64 {
	sum, n := make([]float64, len(place)), make([]float64, len(place))
	for _, e := range g.Edges {
		sum[e.From], n[e.From] = sum[e.From]+place[e.To], n[e.From]+1
		sum[e.To], n[e.To] = sum[e.To]+place[e.From], n[e.To]+1
	}
	for i := range sum {
		if n[i] == 0 {
			sum[i], n[i] = place[i], 1
		}
		sum[i] /= n[i]
	}
	return sum
}
