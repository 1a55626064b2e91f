const response = await fetch("https://{region}.example.com/v1/pets");

console.log(await response.text());
