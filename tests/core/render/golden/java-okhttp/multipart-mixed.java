OkHttpClient client = new OkHttpClient();

RequestBody body = new MultipartBody.Builder("---011000010111000001101001")
  .setType(MediaType.parse("multipart/mixed"))
  .addFormDataPart("meta", null, RequestBody.create(MediaType.parse("application/json"), "{}"))
  .addFormDataPart("data", "data.csv", RequestBody.create(null, new File("data.csv")))
  .build();
Request request = new Request.Builder()
  .url("https://api.example.com/v1/upload")
  .post(body)
  .addHeader("content-type", "multipart/mixed; boundary=---011000010111000001101001")
  .build();

Response response = client.newCall(request).execute();
