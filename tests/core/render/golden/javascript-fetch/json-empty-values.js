const response = await fetch("https://api.example.com/v1/pets", {
  method: "PUT",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ null: null, false: false, "": "", list: [], map: {}, in: [[], {}] })
});

console.log(await response.text());
