const response = await fetch("https://api.example.com/v1/pets", { method: "HEAD" });

console.log(await response.text());
