import { readFile } from "node:fs/promises";

const response = await fetch("https://api.example.com/v1/upload", {
  method: "POST",
  headers: { "Content-Type": "multipart/form-data; boundary=---011000010111000001101001" },
  body: new Blob([
    "-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"k\":\"a;b, c\"}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photos/my rex.png\"\r\nContent-Type: image/png\r\n\r\n",
    await readFile("photos/my rex.png"),
    "\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"second.png\"\r\nContent-Type: image/png\r\n\r\n",
    await readFile("second.png"),
    "\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nlast\r\n-----011000010111000001101001--\r\n"
  ])
});

console.log(await response.text());
