OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .get()
  .addHeader("X-Hostile", "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //")
  .addHeader("X-Tab", "a\tb  c")
  .addHeader("X-At", "@file")
  .addHeader("X-Semicolon", "a; b=\"c, d\";")
  .addHeader("!#$%&'*+-.^_`|~9", "every token character")
  .build();

Response response = client.newCall(request).execute();
