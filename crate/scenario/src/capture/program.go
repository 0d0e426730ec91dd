package main

import (
	"fmt"
	"sync"
)

const (
	// "go-1.21" (in a module that says so), "go-1.22", "copy", "parameter"
	variable = "parameter"
	wait     = true
)

var wg sync.WaitGroup

func main() {
	wg.Add(3)                                   //= add
	for _, v := range []string{"a", "b", "c"} { //= next
		switch variable {
		case "copy":
			v := v      //= copy
			go func() { //= start
				defer wg.Done() //= done
				fmt.Println(v)  //= read print
			}()
		case "parameter":
			go func(v string) { //= start
				defer wg.Done() //= done
				fmt.Println(v)  //= print
			}(v) //= parameter
		default:
			go func() { //= start
				defer wg.Done() //= done
				fmt.Println(v)  //= read print
			}()
		}
	}
	if wait {
		wg.Wait() //= wait
	}
}
