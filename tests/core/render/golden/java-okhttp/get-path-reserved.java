OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/%C3%A9")
  .get()
  .build();

Response response = client.newCall(request).execute();
