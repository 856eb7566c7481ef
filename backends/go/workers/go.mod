module runoff

go 1.18
