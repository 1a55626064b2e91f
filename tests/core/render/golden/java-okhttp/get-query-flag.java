OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets?archived&empty=&limit=5")
  .get()
  .build();

Response response = client.newCall(request).execute();
