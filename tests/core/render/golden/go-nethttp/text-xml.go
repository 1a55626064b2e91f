package main

import (
	"fmt"
	"strings"
	"net/http"
	"io"
)

func main() {

	url := "https://api.example.com/v1/pets"

	payload := strings.NewReader("<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n")

	req, _ := http.NewRequest("PUT", url, payload)

	req.Header.Add("content-type", "text/xml")

	res, _ := http.DefaultClient.Do(req)

	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)

	fmt.Println(res)
	fmt.Println(string(body))

}
