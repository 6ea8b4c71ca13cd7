package abtest

func (r *Report) words() []string { return nil }
