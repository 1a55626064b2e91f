OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets?filter%5Bname%5D=Rex&at=%C3%A9%E2%82%AC")
  .get()
  .build();

Response response = client.newCall(request).execute();
