const response = await fetch("http://[::1]:8080/v1/pets?ids%5B%5D=1");

console.log(await response.text());
