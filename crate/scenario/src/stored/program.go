package main

import "fmt"

const (
	// "go-1.21" (in a module that says so), "go-1.22", "outside", "copy",
	// "parameter", "method", "method-pointer"
	holds = "copy"
	count = 3 // setting functions
)

type number int

func main() {
	for _, f := range functions() {
		f()
	}
}

func functions() []func() {
	var s []func()
	if holds == "outside" || holds == "method-pointer" {
		var i number
		for i = 0; i < count; i++ { //= next
			if holds == "method-pointer" {
				s = append(s, i.showPointer) // (&i).showPointer
			} else {
				s = append(s, func() { show(&i) })
			}
		}
		return s
	}
	for i := number(0); i < count; i++ { //= next
		switch holds {
		case "copy":
			i := i //= copy
			s = append(s, func() { show(&i) })
		case "parameter":
			s = append(s, shower(i)) //= argument
		case "method":
			s = append(s, i.show) //= method
		default:
			s = append(s, func() { show(&i) })
		}
	}
	return s
}

func shower(i number) func() {
	return func() { show(&i) }
}

func (n number) show() {
	fmt.Printf("a copy of %d\n", n) //= print-copy
}

func (n *number) showPointer() {
	show(n)
}

func show(i *number) {
	value := *i                                      //= read
	fmt.Printf("cell %d holds %d\n", cell(i), value) //= print
}

// Addresses differ from run to run. So cells have numbers: the loop's first
// variable is 1, and whoever is seen for the first time gets the next.
var cells = map[*number]int{}

func cell(address *number) int {
	if cells[address] == 0 {
		cells[address] = len(cells) + 1
		if holds == "copy" || holds == "parameter" {
			cells[address]++
		}
	}
	return cells[address]
}
