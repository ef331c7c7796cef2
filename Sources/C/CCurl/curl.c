#define _GNU_SOURCE 1
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>

// Each function of the library that is used, by its own type.
#define FUNCTIONS(F)                                                                                                   \
    F(global_init) F(easy_init) F(easy_cleanup) F(easy_strerror) F(easy_setopt) F(slist_append) F(slist_free_all)      \
    F(multi_init) F(multi_cleanup) F(multi_add_handle) F(multi_remove_handle) F(multi_perform) F(multi_poll)           \
    F(multi_strerror) F(multi_info_read) F(url) F(url_cleanup) F(url_set) F(url_get)

#define DECLARE(name) static __typeof__(&curl_##name) name;
FUNCTIONS(DECLARE)
// Not by its own name, which is the C library's too.
static __typeof__(&curl_free) release;

static int is_open;

static void open_library(void) {
    // By the names Debian, others and macOS give it.
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", "libcurl.dylib"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
    if (!library) return;
#define FIND(name) \
    if (!(name = (__typeof__(name))dlsym(library, "curl_" #name))) return;
    FUNCTIONS(FIND)
    if (!(release = (__typeof__(release))dlsym(library, "curl_free"))) return;
    is_open = global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

int ccurl_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    return is_open;
}

CURL *ccurl_easy_init(void) { return easy_init(); }
void ccurl_easy_cleanup(CURL *handle) { easy_cleanup(handle); }
const char *ccurl_easy_strerror(CURLcode code) { return easy_strerror(code); }

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) { return easy_setopt(handle, option, value); }
CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) { return easy_setopt(handle, option, value); }
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) { return easy_setopt(handle, option, value); }
CURLcode ccurl_set_body(CURL *handle, const void *bytes) { return easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes); }
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *list) { return easy_setopt(handle, option, list); }

void ccurl_on_body(CURL *handle, ccurl_write function, void *owner) {
    easy_setopt(handle, CURLOPT_WRITEFUNCTION, function);
    easy_setopt(handle, CURLOPT_WRITEDATA, owner);
}

void ccurl_on_header(CURL *handle, ccurl_write function, void *owner) {
    easy_setopt(handle, CURLOPT_HEADERFUNCTION, function);
    easy_setopt(handle, CURLOPT_HEADERDATA, owner);
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) { return slist_append(list, line); }
void ccurl_slist_free_all(struct curl_slist *list) { slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return multi_init(); }
CURLMcode ccurl_multi_cleanup(CURLM *multi) { return multi_cleanup(multi); }
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle) { return multi_add_handle(multi, handle); }
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle) { return multi_remove_handle(multi, handle); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return multi_perform(multi, running); }
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) { return multi_poll(multi, NULL, 0, milliseconds, NULL); }
const char *ccurl_multi_strerror(CURLMcode code) { return multi_strerror(code); }

int ccurl_multi_result(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return 1;
        }
    }
    return 0;
}

CURLU *ccurl_url(void) { return url(); }
void ccurl_url_cleanup(CURLU *handle) { url_cleanup(handle); }
CURLUcode ccurl_url_set(CURLU *handle, CURLUPart part, const char *value, unsigned int flags) { return url_set(handle, part, value, flags); }
CURLUcode ccurl_url_get(CURLU *handle, CURLUPart part, char **value, unsigned int flags) { return url_get(handle, part, value, flags); }
void ccurl_free(void *pointer) { release(pointer); }
