// libcurl for Swift, opened when it is first needed: it brings some thirty libraries along, which would cost every
// start of the program a few milliseconds, and most starts send nothing.
//
// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift can't call: one wrapper for each type of argument.
#ifndef LONGHAND_CCURL_H
#define LONGHAND_CCURL_H

// curl's own type check wants constant options, which a wrapper hasn't.
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

typedef size_t (*ccurl_write)(char *bytes, size_t size, size_t count, void *owner);

/// Opens and starts the library; from any thread, as often as one likes. Returns 1, or 0 where it isn't installed or doesn't start.
/// None of the others may be called before.
int ccurl_open(void);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *handle);
const char *ccurl_easy_strerror(CURLcode code);
CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
/// curl copies the string.
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);
/// The body is copied too; set CURLOPT_POSTFIELDSIZE_LARGE first.
CURLcode ccurl_set_body(CURL *handle, const void *bytes);
/// The list must outlive the handle.
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *list);
void ccurl_on_body(CURL *handle, ccurl_write function, void *owner);
void ccurl_on_header(CURL *handle, ccurl_write function, void *owner);

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
void ccurl_slist_free_all(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
/// Waits for something to happen, `milliseconds` at most.
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);
const char *ccurl_multi_strerror(CURLMcode code);
/// 1 and the transfer's result when one has ended, else 0.
int ccurl_multi_result(CURLM *multi, CURLcode *result);

CURLU *ccurl_url(void);
void ccurl_url_cleanup(CURLU *url);
CURLUcode ccurl_url_set(CURLU *url, CURLUPart part, const char *value, unsigned int flags);
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **value, unsigned int flags);
void ccurl_free(void *pointer);

#endif
