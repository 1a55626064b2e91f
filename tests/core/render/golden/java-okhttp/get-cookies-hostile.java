OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .get()
  .addHeader("cookie", "a$b='\"\\$HOME #{x} \\(x) %s `id`; c=d=e=f")
  .build();

Response response = client.newCall(request).execute();
