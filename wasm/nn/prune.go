package nn

// Only returns the part of g that node depends on, with node as its output and
// the parameters shared: what a trained model leaves behind of its auxiliary losses.
// Its inputs are those of g, read or not.
func (g *Graph) Only(node int32) *Graph {
	nodes, params := make([]int32, len(g.Nodes)), make([]int32, len(g.Params))
	nodes[node] = 1
	for i := int(node); i >= 0; i-- {
		if nodes[i] == 0 {
			continue
		}
		n := &g.Nodes[i]
		for _, from := range n.In {
			nodes[from] = 1
		}
		for _, p := range n.Param {
			params[p] = 1
		}
	}
	for _, list := range [][]int32{nodes, params} { // 1 becomes the new number
		next := int32(0)
		for i, used := range list {
			list[i] = next
			next += used
			if used == 0 {
				list[i] = -1
			}
		}
	}
	out := &Graph{Numeric: g.Numeric, Fields: g.Fields, Output: nodes[node]}
	for i, to := range params {
		if to >= 0 {
			out.Params = append(out.Params, g.Params[i])
		}
	}
	for i, to := range nodes {
		if to < 0 {
			continue
		}
		n := g.Nodes[i]
		n.In, n.Param = renumbered(n.In, nodes), renumbered(n.Param, params)
		out.Nodes = append(out.Nodes, n)
	}
	return out
}

func renumbered(list, to []int32) []int32 {
	out := make([]int32, len(list))
	for i, from := range list {
		out[i] = to[from]
	}
	return out
}
