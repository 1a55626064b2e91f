const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { Authorization: "Bearer REPLACE_token", "Content-Type": "application/json" },
  body: JSON.stringify({
    name: "string",
    age: 0,
    weight: 0.1,
    ok: true,
    tags: ["string"],
    owner: { email: "user@example.com", phones: [{ kind: "home", number: "1" }] }
  })
});

console.log(await response.text());
