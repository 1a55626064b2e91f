const response = await fetch("https://api.example.com/v1/pets?filter%5Bname%5D=Rex&at=%C3%A9%E2%82%AC");

console.log(await response.text());
