import { readFile } from "node:fs/promises";

const response = await fetch("https://api.example.com/v1/upload", {
  method: "POST",
  headers: { "Content-Type": "application/octet-stream" },
  body: await readFile("$x 'é` #{y} %s.bin")
});

console.log(await response.text());
