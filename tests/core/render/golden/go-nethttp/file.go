package main

import (
	"fmt"
	"os"
	"strings"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/upload/7"

	payload := strings.NewReader(readFile("photo.png"))

	req, _ := http.NewRequest("PUT", url, payload)

	req.Header.Add("content-type", "image/png")

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
