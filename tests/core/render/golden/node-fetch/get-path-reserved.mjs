const response = await fetch("https://api.example.com/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/%C3%A9");

console.log(await response.text());
