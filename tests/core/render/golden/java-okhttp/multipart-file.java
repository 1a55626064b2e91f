OkHttpClient client = new OkHttpClient();

RequestBody body = new MultipartBody.Builder("---011000010111000001101001")
  .setType(MultipartBody.FORM)
  .addFormDataPart("title", "Rex")
  .addFormDataPart("photo", "rex.png", RequestBody.create(null, new File("rex.png")))
  .build();
Request request = new Request.Builder()
  .url("https://api.example.com/v1/upload")
  .post(body)
  .addHeader("X-Trace", "t-1")
  .addHeader("content-type", "multipart/form-data; boundary=---011000010111000001101001")
  .build();

Response response = client.newCall(request).execute();
