CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "POST");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/upload");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "content-type: application/octet-stream");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

FILE *file = fopen("$x 'é` #{y} %s.bin", "rb");
fseek(file, 0, SEEK_END);
curl_easy_setopt(hnd, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) ftell(file));
rewind(file);
curl_easy_setopt(hnd, CURLOPT_POST, 1L);
curl_easy_setopt(hnd, CURLOPT_READDATA, file);

CURLcode ret = curl_easy_perform(hnd);
