OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets?q=x&10=ten&2=two")
  .get()
  .build();

Response response = client.newCall(request).execute();
