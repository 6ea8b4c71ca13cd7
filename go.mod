module sparrow

go 1.26
