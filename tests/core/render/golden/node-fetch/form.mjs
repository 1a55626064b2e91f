const response = await fetch("https://api.example.com/v1/token", {
  method: "POST",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams({ user: "user@example.com", scope: "read write" })
});

console.log(await response.text());
