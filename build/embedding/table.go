package embedding

// Table returns a file of vectors that are in memory, [·×width], a row for each id; zeros are none.
func Table(name string, ids []string, v []float32, width int) *File {
	return &File{Name: name, unit: "row", rows: len(ids), read: func(row yield) error {
		own := make([]float32, width)
		for r, id := range ids {
			copy(own, v[r*width:]) // what gets it may change it
			why := ""
			if all := v[r*width:][:width]; zero(all) {
				why = "no word that another item has, too"
			}
			if err := row(r+1, id, own, why); err != nil {
				return err
			}
		}
		return nil
	}}
}

func zero(v []float32) bool {
	for _, x := range v {
		if x != 0 {
			return false
		}
	}
	return true
}
