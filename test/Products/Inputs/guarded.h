/* guarded.h - The functions of a model called MODEL, and memory between pages
 * which may not be touched. */

#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define TEXT2(text) #text
#define TEXT(text) TEXT2(text)
#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)
#define API(function) JOIN(MODEL, function)

#include TEXT(MODEL.h)

/* `bytes` at the end, or at the beginning, of pages between two forbidden
 * ones. */
static char *guarded(size_t bytes, int at_end) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t size = (bytes + page - 1) / page * page;
  char *memory = (char *)mmap(NULL, size + 2 * page, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, page, PROT_NONE) ||
      mprotect(memory + page + size, page, PROT_NONE)) {
    perror("guard pages");
    exit(2);
  }
  return memory + page + (at_end ? size - bytes : 0);
}
