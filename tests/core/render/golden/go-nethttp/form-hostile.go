package main

import (
	"fmt"
	"strings"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/token"

	payload := strings.NewReader("2=two&a%5B%5D=%40file&a%5B%5D=&=nameless&%27%22%5C+%24HOME+%24%7Bx%7D+%24%28id%29+%60id%60+%23%7B1%2B1%7D+%5C%28x%29+%25s+%25%25+%25%40+%7Bx%7D+%3F%3F%2F+%3F%3F%3D+%5Cn+%5Cu0041+%3Cb%3E%26amp%3B+%2A%2F+%2F%2F=one%0Atwo%0D%0Athree%09tab%0B%0C%1B%5B0m%0D%C3%A9+%C3%9F+%E6%B1%89%E5%AD%97+%F0%9F%98%80+%E2%80%A8%E2%80%A9+%EF%BB%BF+%7F+%C2%85+%C2%9F+e%CC%81")

	req, _ := http.NewRequest("POST", url, payload)

	req.Header.Add("content-type", "application/x-www-form-urlencoded")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
