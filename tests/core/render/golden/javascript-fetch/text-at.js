const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "text/plain" },
  body: "@/etc/passwd"
});

console.log(await response.text());
