import { readFile } from "node:fs/promises";

const response = await fetch("https://api.example.com/v1/upload/7", {
  method: "PUT",
  headers: { "Content-Type": "image/png" },
  body: await readFile("photo.png")
});

console.log(await response.text());
