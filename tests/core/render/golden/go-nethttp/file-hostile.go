package main

import (
	"fmt"
	"os"
	"strings"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/upload"

	payload := strings.NewReader(readFile("$x 'é` #{y} %s.bin"))

	req, _ := http.NewRequest("POST", url, payload)

	req.Header.Add("content-type", "application/octet-stream")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}

func readFile(name string) string {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(data)
}
