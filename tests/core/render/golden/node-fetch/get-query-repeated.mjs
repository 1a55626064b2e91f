const response = await fetch("https://api.example.com/v1/pets?tag=cat&tag=dog&page=2");

console.log(await response.text());
