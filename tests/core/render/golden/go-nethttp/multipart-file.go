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

	payload := strings.NewReader("-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nRex\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"rex.png\"\r\n\r\n" + readFile("rex.png") + "\r\n-----011000010111000001101001--\r\n")

	req, _ := http.NewRequest("POST", url, payload)

	req.Header.Add("X-Trace", "t-1")
	req.Header.Add("content-type", "multipart/form-data; boundary=---011000010111000001101001")

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
