OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets/7")
  .delete(null)
  .addHeader("If-Match", "\"abc\"")
  .build();

Response response = client.newCall(request).execute();
