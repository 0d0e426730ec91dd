package main

import "fmt"

const given = "both" // or "captured", "arguments", "loop", "result"

func main() {
	switch given {
	case "loop":
		inALoop()
		return
	case "result":
		answer := withAResult()           //= answer
		fmt.Printf("result:%d\n", answer) //= print-answer
		return
	}
	x, y := 1, 2

	switch given {
	case "captured":
		defer func() {
			a := x                          //= read-x
			b := y                          //= read-y
			fmt.Printf("x:%d,y:%d\n", a, b) //= deferred
		}()
	case "arguments":
		defer func(a, b int) {
			fmt.Printf("x:%d,y:%d\n", a, b) //= deferred
		}(x, y) //= argument
	default:
		defer func(a int) {
			b := y                          //= read-y
			fmt.Printf("x:%d,y:%d\n", a, b) //= deferred
		}(x) //= argument
	}

	x += 100          //= add-x
	y += 100          //= add-y
	fmt.Println(x, y) //= read-both print
}

func inALoop() {
	for round := 0; round < 3; round++ {
		defer fmt.Println(round) //= deferred-round
	}
	fmt.Println("the loop is over") //= loop-over
}

func withAResult() (result int) {
	defer func() {
		result *= 2 //= double
	}()
	return 21 //= return
}
