OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://example.com/")
  .get()
  .build();

Response response = client.newCall(request).execute();
