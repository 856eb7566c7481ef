// Go (Debian: golang-go): goroutines that take chunks from a channel.
// $ go run independent.go
package main

import (
	"fmt"
	"runtime"
)

func isPrime(n int) int {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return 0
		}
	}
	return 1
}
func main() {
	const tasks, chunk = 1_000_000, 1000
	firsts, found, primes := make(chan int), make(chan int), 0
	for i := 0; i < runtime.NumCPU(); i++ {
		go func() {
			sum := 0
			for first := range firsts {
				for n := first; n < first+chunk; n++ {
					sum += isPrime(n)
				}
			}
			found <- sum
		}()
	}
	for first := 2; first < tasks; first += chunk {
		firsts <- first
	}
	close(firsts)
	for i := 0; i < runtime.NumCPU(); i++ {
		primes += <-found
	}
	fmt.Println(primes)
}
