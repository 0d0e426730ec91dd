package main

import (
	"context"
	"fmt"
)

const carries = "request-id" // or "option", "parameter"

// Keys have a type of their own, so that no other package has the same ones.
type key string

func main() {
	ctx := context.Background()
	switch carries {
	case "request-id":
		handle(ctx)
		request := context.WithValue(ctx, key("id"), "7")
		handle(request)
		retry := context.WithValue(request, key("id"), "7, again")
		handle(retry)
		handle(request)
	case "option":
		limited := context.WithValue(ctx, key("limit"), 2)
		searchByContext(limited)
		searchByContext(ctx)
	case "parameter":
		search(ctx, 2)
	}
}

func handle(ctx context.Context) {
	id := ctx.Value(key("id"))
	fmt.Printf("handling request %v\n", id) //= handle
}

// Without a limit it finds nothing, and nobody is told why.
func searchByContext(ctx context.Context) {
	limit, _ := ctx.Value(key("limit")).(int)
	fmt.Printf("at most %d results\n", limit) //= search-by-context
}

func search(_ context.Context, limit int) {
	fmt.Printf("at most %d results\n", limit) //= search
}
